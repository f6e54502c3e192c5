"""What an expression evaluates to.

null is None, booleans are bool, numbers Decimal, strings str, lists list, contexts dict (str keys); temporal
values are those of `temporal.values`; ranges and functions are here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuniu.core.feel.temporal.values import Date, DateTime, DaysDuration, MonthsDuration, Time
from shuniu.core.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    LIST,
    MONTHS_DURATION,
    NULL,
    NUMBER,
    OPEN_CONTEXT,
    RANGE,
    STRING,
    TIME,
    FunctionType,
    Type,
)

Value = Any


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`. `is_half`: made from one end (`> 5`), and the end that is None is no limit; else an
    end that is None is null, and nothing is known to lie within.
    """

    low: Value
    high: Value
    low_closed: bool
    high_closed: bool
    is_half: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function as a value. `call(run, args)` takes exactly the values of `params`, in order."""

    params: tuple[str, ...]
    call: Callable[[Any, list[Value]], Value]
    type: FunctionType
    is_variadic: bool = False


_TYPES: dict[type, Type] = {
    type(None): NULL,
    bool: BOOLEAN,
    Decimal: NUMBER,
    int: NUMBER,
    str: STRING,
    Date: DATE,
    Time: TIME,
    DateTime: DATE_TIME,
    DaysDuration: DAYS_DURATION,
    MonthsDuration: MONTHS_DURATION,
    list: LIST,
    dict: OPEN_CONTEXT,
    Range: RANGE,
}


def type_of(value: Value) -> Type:
    """The type of a value, without looking inside."""
    if isinstance(value, Function):
        return value.type
    return _TYPES.get(type(value), ANY)
