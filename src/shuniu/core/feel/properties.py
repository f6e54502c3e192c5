"""Properties of values that are no contexts: temporal parts, ends of ranges, the items of a list."""

from __future__ import annotations

from decimal import Decimal

from shuniu.core.feel.functions.temporal import weekday
from shuniu.core.feel.numbers import CONTEXT
from shuniu.core.feel.run import Run
from shuniu.core.feel.temporal.values import (
    DAY_NANOS,
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    offset_of,
)
from shuniu.core.feel.values import Range, Value

_NO_DAY = Date(2000, 1, 1)


def property_of(run: Run, value: Value, name: str) -> Value:
    """`value.name`; null where there is no such property. Of a list: of every item."""
    if type(value) is list:
        run.items(len(value))
        return [item.get(name) if type(item) is dict else property_of(run, item, name) for item in value]
    if type(value) is dict:
        return value.get(name)
    if type(value) is Date:
        return _date_part(value, name)
    if type(value) is DateTime:
        part = _date_part(value.date, name)
        return _time_part(value.time, name, value.date) if part is None else part
    if type(value) is Time:
        return _time_part(value, name, None)
    if type(value) is MonthsDuration:
        return _months_part(value.months, name)
    if type(value) is DaysDuration:
        return _days_part(value.nanos, name)
    return _range_part(value, name) if type(value) is Range else None


def _date_part(date: Date, name: str) -> Decimal | None:
    if name == "weekday":
        return Decimal(weekday(date))
    return Decimal(getattr(date, name)) if name in ("year", "month", "day") else None


def _time_part(time: Time, name: str, date: Date | None) -> Value:
    seconds, nanos = divmod(time.nanos, NANOS)
    if name == "hour":
        return Decimal(seconds // 3600)
    if name == "minute":
        return Decimal(seconds // 60 % 60)
    if name == "second":
        return seconds_of(seconds % 60, nanos)
    if name == "timezone":
        return time.zone
    if name == "time offset":
        if date is None and time.offset is None:
            return None
        offset = offset_of(date or _NO_DAY, time)
        return None if offset is None else DaysDuration(offset * NANOS)
    return None


def seconds_of(seconds: int, nanos: int) -> Decimal:
    if not nanos:
        return Decimal(seconds)
    return CONTEXT.divide(Decimal(seconds * NANOS + nanos), Decimal(NANOS))


def _months_part(months: int, name: str) -> Decimal | None:
    sign = -1 if months < 0 else 1
    if name == "years":
        return Decimal(sign * (abs(months) // 12))
    return Decimal(sign * (abs(months) % 12)) if name == "months" else None


def _days_part(nanos: int, name: str) -> Decimal | None:
    sign = -1 if nanos < 0 else 1
    days, rest = divmod(abs(nanos), DAY_NANOS)
    seconds, fraction = divmod(rest, NANOS)
    if name == "days":
        return Decimal(sign * days)
    if name == "hours":
        return Decimal(sign * (seconds // 3600))
    if name == "minutes":
        return Decimal(sign * (seconds // 60 % 60))
    return sign * seconds_of(seconds % 60, fraction) if name == "seconds" else None


def _range_part(span: Range, name: str) -> Value:
    if name == "start":
        return span.low
    if name == "end":
        return span.high
    if name == "start included":
        return span.low_closed
    return span.high_closed if name == "end included" else None
