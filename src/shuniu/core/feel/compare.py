"""Equality and order of values, in three-valued logic: None where the standard says null."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shuniu.core.feel.run import Run
from shuniu.core.feel.temporal.values import (
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    instant,
    local_nanos,
    offset_of,
)
from shuniu.core.feel.values import Function, Range, Value

Answer = bool | None
"""A truth of three values."""
_PLAIN = frozenset([Decimal, str, bool, Date, DaysDuration, MonthsDuration])
_ORDERED = frozenset([Decimal, str, Date, DaysDuration, MonthsDuration])
_ZONE_DAY = Date(2000, 1, 1)
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _points(left: Time | DateTime, right: Time | DateTime) -> tuple[int, int] | None:
    """Two times, or two date and times, as comparable numbers; None when only one of them has an offset."""
    if isinstance(left, DateTime) and isinstance(right, DateTime):
        first, second = instant(left), instant(right)
        if first is None and second is None:
            return local_nanos(left), local_nanos(right)
    elif isinstance(left, Time) and isinstance(right, Time):
        first, second = time_instant(left), time_instant(right)
        if first is None and second is None:
            return left.nanos, right.nanos
    else:
        return None
    return None if first is None or second is None else (first, second)


def time_instant(value: Time) -> int | None:
    """Nanoseconds since midnight UTC, None for a local time; a zone counts with its offset in January 2000."""
    offset = offset_of(_ZONE_DAY, value)
    return None if offset is None else value.nanos - offset * NANOS


def equal(run: Run, left: Value, right: Value) -> bool | None:
    """`left = right`: null when the kinds differ, except that nothing but null equals null."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        days = as_date_times(left, right)
        return None if days is None else equal(run, *days)
    if kind in _PLAIN:
        return bool(left == right)
    if kind is list:
        return _equal_lists(run, left, right)
    if kind is dict:
        return _equal_contexts(run, left, right)
    if kind is Range:
        return _equal_ranges(run, left, right)
    if kind is Function:
        return left is right
    points = _points(left, right)
    return points is not None and points[0] == points[1]


def as_date_times(left: Value, right: Value) -> tuple[DateTime, DateTime] | None:
    """A date and a date and time, the date as its midnight in UTC; None for other pairs."""
    if type(left) is Date and type(right) is DateTime:
        return DateTime(left, Time(0, 0)), right
    if type(left) is DateTime and type(right) is Date:
        return left, DateTime(right, Time(0, 0))
    return None


def _equal_lists(run: Run, left: list[Value], right: list[Value]) -> bool | None:
    run.spend(4 * len(left) + 4)
    if len(left) != len(right):
        return False
    return _all_equal(run, zip(left, right, strict=True))


def _equal_contexts(run: Run, left: dict[str, Value], right: dict[str, Value]) -> bool | None:
    run.spend(4 * len(left) + 4)
    if left.keys() != right.keys():
        return False
    return _all_equal(run, ((value, right[key]) for key, value in left.items()))


def _all_equal(run: Run, pairs: Any) -> bool | None:
    answer: bool | None = True
    for a, b in pairs:
        same = equal(run, a, b)
        if same is False:
            return False
        if same is None:
            answer = None
    return answer


def _equal_ranges(run: Run, left: Range, right: Range) -> bool | None:
    if (left.low_closed, left.high_closed, left.is_half) != (
        right.low_closed,
        right.high_closed,
        right.is_half,
    ):
        return False
    return _all_equal(run, ((left.low, right.low), (left.high, right.high)))


def compare(op: str, left: Value, right: Value) -> bool | None:
    """`left op right` for < <= > >=: null unless both are of one ordered kind."""
    kind = type(left)
    if kind is not type(right):
        days = as_date_times(left, right)
        return None if days is None else compare(op, *days)
    if kind in _ORDERED:
        return _OPERATORS[op](left, right)
    if kind is Time or kind is DateTime:
        return _OPERATORS[op](*(_points(left, right) or (_local(left), _local(right))))
    return None


def _local(point: Time | DateTime) -> int:
    """On its own clock: beside a point with an offset, one without counts as of that offset."""
    return point.nanos if isinstance(point, Time) else local_nanos(point)


def both(left: Answer, right: Answer) -> Answer:
    """Three-valued `and`."""
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def in_range(value: Value, span: Range) -> bool | None:
    """Whether a range holds a value: false or null where one of its ends is null."""
    low = _within(">=" if span.low_closed else ">", value, span.low, span)
    return (
        low if low is False else both(low, _within("<=" if span.high_closed else "<", value, span.high, span))
    )


def _within(op: str, value: Value, end: Value, span: Range) -> Answer:
    return True if end is None and span.is_half else compare(op, value, end)


def holds(run: Run, value: Value, test: Value) -> bool | None:
    """Whether `value` passes a test that evaluated to `test`: equal to it, in it, or within it."""
    if isinstance(test, Range) and not isinstance(value, Range):
        return in_range(value, test)
    if type(test) is list:
        return _in_list(run, value, test)
    return equal(run, value, test)


def _in_list(run: Run, value: Value, tests: list[Value]) -> bool:
    run.spend(len(tests))
    if type(value) is list and equal(run, value, tests) is True:
        return True
    for test in tests:
        if type(test) is Range and type(value) is not Range:
            if in_range(value, test) is True:
                return True
        elif equal(run, value, test) is True:
            return True
    return False


def sort_key(value: Value) -> Any:
    """A key that orders values of one ordered kind; None where there is no order."""
    if type(value) in _ORDERED:
        return value
    if type(value) is DateTime:
        at = instant(value)
        return local_nanos(value) if at is None else at
    if type(value) is Time:
        at = time_instant(value)
        return value.nanos if at is None else at
    return None
