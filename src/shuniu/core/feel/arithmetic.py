"""+ - * / ** and negation on any two values: None where the standard's tables have no entry."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from typing import Any

from shuniu.core.feel.compare import as_date_times, time_instant
from shuniu.core.feel.numbers import CONTEXT
from shuniu.core.feel.run import Run
from shuniu.core.feel.temporal.values import (
    DAY_NANOS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    date_of_day,
    date_or_none,
    day_number,
    instant,
    later,
    local_nanos,
    month_days,
)
from shuniu.core.feel.values import Value

_ONE = Decimal(1)
_MAX_POWER = 999_999_999
_MAX_MONTHS = 12 * 10**10
_MAX_NANOS = 366 * 10**10 * DAY_NANOS


def _months(count: int) -> MonthsDuration | None:
    return MonthsDuration(count) if abs(count) <= _MAX_MONTHS else None


def _days(nanos: int) -> DaysDuration | None:
    return DaysDuration(nanos) if abs(nanos) <= _MAX_NANOS else None


def shift_months(date: Date, months: int) -> Date | None:
    """The same day `months` later, or the last day of a shorter month."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return date_or_none(year, month + 1, min(date.day, month_days(year, month + 1)))


def _shift_date(date: Date, by: MonthsDuration | DaysDuration, sign: int) -> Date | None:
    if isinstance(by, MonthsDuration):
        return shift_months(date, sign * by.months)
    return date_of_day((day_number(date) * DAY_NANOS + sign * by.nanos) // DAY_NANOS)


def _shift_date_time(value: DateTime, by: MonthsDuration | DaysDuration, sign: int) -> DateTime | None:
    if isinstance(by, MonthsDuration):
        date = shift_months(value.date, sign * by.months)
        return None if date is None else DateTime(date, value.time)
    return later(value, sign * by.nanos)


def _shift(point: Value, by: MonthsDuration | DaysDuration, sign: int) -> Value:
    if type(point) is Date:
        return _shift_date(point, by, sign)
    if type(point) is DateTime:
        return _shift_date_time(point, by, sign)
    if isinstance(by, MonthsDuration):
        return None
    return Time((point.nanos + sign * by.nanos) % DAY_NANOS, point.offset, point.zone)


_POINTS = frozenset([Date, Time, DateTime])
_DURATIONS = frozenset([DaysDuration, MonthsDuration])


def add(run: Run, left: Value, right: Value) -> Value:
    kind, other = type(left), type(right)
    if kind is Decimal and other is Decimal:
        return _number(CONTEXT.add, left, right)
    if kind is str and other is str:
        run.string(len(left) + len(right))
        return left + right
    if kind in _POINTS and other in _DURATIONS:
        return _shift(left, right, 1)
    if kind in _DURATIONS and other in _POINTS:
        return _shift(right, left, 1)
    if kind is DaysDuration and other is DaysDuration:
        return _days(left.nanos + right.nanos)
    if kind is MonthsDuration and other is MonthsDuration:
        return _months(left.months + right.months)
    return None


def subtract(run: Run, left: Value, right: Value) -> Value:
    kind, other = type(left), type(right)
    if kind is Decimal and other is Decimal:
        return _number(CONTEXT.subtract, left, right)
    if kind in _POINTS and other in _DURATIONS:
        return _shift(left, right, -1)
    if kind is DaysDuration and other is DaysDuration:
        return _days(left.nanos - right.nanos)
    if kind is MonthsDuration and other is MonthsDuration:
        return _months(left.months - right.months)
    if kind in _POINTS and other in _POINTS:
        return _distance(left, right)
    return None


def _distance(left: Value, right: Value) -> DaysDuration | None:
    """Between two points of one kind, or a date (its midnight) and a date and time."""
    if type(left) is Time and type(right) is Time:
        first, second = time_instant(left), time_instant(right)
        if first is None and second is None:
            return DaysDuration(left.nanos - right.nanos)
    elif type(left) is Time or type(right) is Time:
        return None
    elif type(left) is Date and type(right) is Date:
        return DaysDuration((day_number(left) - day_number(right)) * DAY_NANOS)
    else:
        left, right = as_date_times(left, right) or (left, right)
        first, second = instant(left), instant(right)
        if first is None and second is None:
            return DaysDuration(local_nanos(left) - local_nanos(right))
    return None if first is None or second is None else DaysDuration(first - second)


def _number(compute: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal) -> Decimal | None:
    try:
        result = compute(left, right)
    except ArithmeticError:
        return None
    return result if result.is_finite() else None


def _whole(amount: Decimal) -> int | None:
    """The whole part, None for numbers no duration can hold."""
    return int(amount.to_integral_value(ROUND_DOWN)) if amount.adjusted() < 34 else None


def _scaled(duration: Value, factor: Decimal, compute: Callable[[Decimal, Decimal], Decimal]) -> Value:
    amount = _number(compute, Decimal(duration[0]), factor)
    whole = None if amount is None else _whole(amount)
    if whole is None:
        return None
    return _months(whole) if type(duration) is MonthsDuration else _days(whole)


def multiply(run: Run, left: Value, right: Value) -> Value:
    kind, other = type(left), type(right)
    if kind is Decimal and other is Decimal:
        return _number(CONTEXT.multiply, left, right)
    if kind in _DURATIONS and other is Decimal:
        return _scaled(left, right, CONTEXT.multiply)
    if kind is Decimal and other in _DURATIONS:
        return _scaled(right, left, CONTEXT.multiply)
    return None


def divide(run: Run, left: Value, right: Value) -> Value:
    kind, other = type(left), type(right)
    if kind is Decimal and other is Decimal:
        return _number(CONTEXT.divide, left, right)
    if kind in _DURATIONS and other is Decimal:
        return _scaled(left, right, CONTEXT.divide)
    if kind in _DURATIONS and kind is other:
        return _number(CONTEXT.divide, Decimal(left[0]), Decimal(right[0]))
    return None


def power(run: Run, left: Value, right: Value) -> Value:
    if type(left) is not Decimal or type(right) is not Decimal or abs(right) > _MAX_POWER:
        return None
    return _number(CONTEXT.power, left, right) if right else _ONE


def negate(value: Value) -> Value:
    if type(value) is Decimal:
        return CONTEXT.minus(value)
    if type(value) is DaysDuration:
        return DaysDuration(-value.nanos)
    return MonthsDuration(-value.months) if type(value) is MonthsDuration else None


OPERATIONS: dict[str, Callable[[Run, Any, Any], Any]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}
DECIMAL_OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": CONTEXT.divide,
    "**": CONTEXT.power,
}
