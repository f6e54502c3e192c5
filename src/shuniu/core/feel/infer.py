"""Static types of operations, from the types of their operands. ANY wherever a rule cannot be sure."""

from __future__ import annotations

from shuniu.core.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    MONTHS_DURATION,
    NUMBER,
    STRING,
    TIME,
    ContextType,
    ListType,
    RangeType,
    Type,
)

_DURATIONS = (DAYS_DURATION, MONTHS_DURATION)
_POINTS = (DATE, TIME, DATE_TIME)

PROPERTY_TYPES: dict[Type, dict[str, Type]] = {
    DATE: {"year": NUMBER, "month": NUMBER, "day": NUMBER, "weekday": NUMBER},
    TIME: {
        "hour": NUMBER, "minute": NUMBER, "second": NUMBER, "time offset": DAYS_DURATION, "timezone": STRING,
    },
    DAYS_DURATION: {"days": NUMBER, "hours": NUMBER, "minutes": NUMBER, "seconds": NUMBER},
    MONTHS_DURATION: {"years": NUMBER, "months": NUMBER},
}  # fmt: skip
PROPERTY_TYPES[DATE_TIME] = {**PROPERTY_TYPES[DATE], **PROPERTY_TYPES[TIME]}


def _sum(left: Type, right: Type) -> Type:
    if left == right and left in (NUMBER, STRING, *_DURATIONS):
        return left
    if left in _POINTS and right in _DURATIONS:
        return left
    if right in _POINTS and left in _DURATIONS:
        return right
    return ANY


def _difference(left: Type, right: Type) -> Type:
    if left in _POINTS and right in _POINTS:
        return DAYS_DURATION
    if left in _POINTS and right in _DURATIONS:
        return left
    return left if left == right and left in (NUMBER, *_DURATIONS) else ANY


def _product(left: Type, right: Type) -> Type:
    if left == NUMBER and right in (NUMBER, *_DURATIONS):
        return right
    return left if right == NUMBER and left in _DURATIONS else ANY


def _quotient(left: Type, right: Type) -> Type:
    if left == right and left in (NUMBER, *_DURATIONS):
        return NUMBER
    return left if right == NUMBER and left in _DURATIONS else ANY


def arithmetic_type(op: str, left: Type, right: Type) -> Type:
    if op == "+":
        return _sum(left, right)
    if op == "-":
        return _difference(left, right)
    if op == "*":
        return _product(left, right)
    if op == "/":
        return _quotient(left, right)
    return NUMBER if left == right == NUMBER else ANY


def negated_type(operand: Type) -> Type:
    return operand if operand in (NUMBER, *_DURATIONS) else ANY


def path_type(base: Type, name: str) -> Type | None:
    """The type of `base.name`; None where the base is known to have no such field."""
    if isinstance(base, ContextType):
        return base.field(name) or (ANY if base.is_open else None)
    if isinstance(base, ListType):
        below = path_type(base.of, name)
        return None if below is None else ListType(below)
    if isinstance(base, RangeType):
        points: dict[str, Type] = {
            "start": base.of, "end": base.of, "start included": BOOLEAN, "end included": BOOLEAN,
        }  # fmt: skip
        return points.get(name)
    if base in PROPERTY_TYPES:
        return PROPERTY_TYPES[base].get(name)
    return None if base in (NUMBER, STRING, BOOLEAN) else ANY


def known_fields(base: Type) -> list[str]:
    """The field names a value of this type is known to have."""
    if isinstance(base, ListType):
        return known_fields(base.of)
    if isinstance(base, ContextType):
        return [name for name, _ in base.fields]
    if isinstance(base, RangeType):
        return ["start", "end", "start included", "end included"]
    return list(PROPERTY_TYPES.get(base, ()))


def filter_type(base: Type, condition: Type, *, is_position: bool) -> Type:
    item = base.of if isinstance(base, ListType) else base
    if is_position:
        return item
    if condition == BOOLEAN:
        return ListType(item)
    return ANY
