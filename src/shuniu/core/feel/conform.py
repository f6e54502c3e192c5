"""Whether values are of a type, and the implicit conversions to one."""

from __future__ import annotations

from shuniu.core.feel.run import Run
from shuniu.core.feel.temporal.values import Date, DateTime, Time
from shuniu.core.feel.types import (
    ANY,
    DATE_TIME,
    NULL,
    AnyType,
    ContextType,
    FunctionType,
    ListType,
    RangeType,
    Scalar,
    Type,
)
from shuniu.core.feel.values import Function, Range, Value, type_of


def is_instance(run: Run, value: Value, asked: Type) -> bool:
    """`value instance of asked`: null is of type Null only."""
    if value is None:
        return asked == NULL
    return conforms(run, value, asked)


def conforms(run: Run, value: Value, asked: Type) -> bool:
    """Whether a value is of a type; null is of every type."""
    run.spend(1)
    if value is None or isinstance(asked, AnyType):
        return True
    if isinstance(asked, Scalar):
        return type_of(value) == asked
    if isinstance(asked, ListType):
        return type(value) is list and all(conforms(run, item, asked.of) for item in value)
    if isinstance(asked, ContextType):
        return type(value) is dict and all(
            name in value and conforms(run, value[name], below) for name, below in asked.fields
        )
    if isinstance(asked, RangeType):
        return (
            type(value) is Range
            and conforms(run, value.low, asked.of)
            and conforms(run, value.high, asked.of)
        )
    return isinstance(asked, FunctionType) and _function_conforms(value, asked)


def _function_conforms(value: Value, asked: FunctionType) -> bool:
    if not isinstance(value, Function):
        return False
    if asked.params is None:
        return True
    have = value.type.params or ()
    return (
        len(have) == len(asked.params)
        and all(_type_conforms(wanted, given) for wanted, given in zip(asked.params, have, strict=True))
        and _type_conforms(value.type.result, asked.result)
    )


def _type_conforms(given: Type, wanted: Type) -> bool:
    if wanted == ANY or given in (wanted, NULL):
        return True
    if isinstance(given, ListType) and isinstance(wanted, ListType):
        return _type_conforms(given.of, wanted.of)
    if isinstance(given, RangeType) and isinstance(wanted, RangeType):
        return _type_conforms(given.of, wanted.of)
    if isinstance(given, ContextType) and isinstance(wanted, ContextType):
        have = dict(given.fields)
        return all(name in have and _type_conforms(have[name], below) for name, below in wanted.fields)
    return False


def fitted(run: Run, value: Value, asked: Type) -> Value:
    """The value as the type wants it: a list of one for its item and back, a date as its midnight UTC; null
    when it does not fit.
    """
    if value is None or conforms(run, value, asked):
        return value
    if asked == DATE_TIME and type(value) is Date:
        return DateTime(value, Time(0, 0))
    if isinstance(asked, ListType):
        return [value] if type(value) is not list and conforms(run, value, asked.of) else None
    if type(value) is list and len(value) == 1:
        return fitted(run, value[0], asked)
    return None
