"""Python values into FEEL values and back: what callers hold in their contexts and what they get."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.numbers import read_number
from shuniu.core.feel.temporal.values import (
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    instant,
)
from shuniu.core.feel.values import Function, Range, Value

MAX_NESTING = 100
ATOMS = frozenset(
    [Decimal, str, bool, type(None), Date, Time, DateTime, DaysDuration, MonthsDuration, Range, Function]
)


def adopt(value: Any) -> Value:
    """A Python value as a FEEL value: int and float as numbers, datetime's classes, sequences and mappings.

    A float counts with the digits Python shows for it; NaN and infinities are null. FeelError for anything
    that has no meaning in FEEL.
    """
    if type(value) is Decimal:
        return value if value.is_finite() else None
    if type(value) in ATOMS:
        return value
    return _adopt(value, 0)


def _adopt(value: Any, depth: int) -> Value:
    if type(value) in ATOMS:
        return value
    if depth > MAX_NESTING:
        raise FeelError("数据嵌套太深", "the data is nested too deeply", code="too_deep")
    if isinstance(value, Mapping):
        return {str(key): _adopt(below, depth + 1) for key, below in value.items()}
    if isinstance(value, list | tuple | set | frozenset) and not hasattr(value, "_fields"):
        return [_adopt(below, depth + 1) for below in value]
    return _adopt_scalar(value)


def _adopt_scalar(value: Any) -> Value:
    if isinstance(value, bool | str):
        return str(value) if isinstance(value, str) else bool(value)
    if isinstance(value, int | float):
        return read_number(repr(value)) if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return Decimal(value) if value.is_finite() else None
    if isinstance(value, dt.datetime):
        return DateTime(Date(value.year, value.month, value.day), _time(value.timetz(), value.utcoffset()))
    if isinstance(value, dt.date):
        return Date(value.year, value.month, value.day)
    if isinstance(value, dt.time):
        return _time(value, value.utcoffset())
    if isinstance(value, dt.timedelta):
        return DaysDuration((value.days * 86_400 + value.seconds) * NANOS + value.microseconds * 1000)
    kind = type(value).__name__
    raise FeelError(f"{kind} 不是 FEEL 的值", f"{kind} is not a FEEL value", code="value")


def _time(value: dt.time, offset: dt.timedelta | None) -> Time:
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    shift = None if offset is None else int(offset.total_seconds())
    return Time(seconds * NANOS + value.microsecond * 1000, shift)


def python_value(value: Value) -> Any:
    """A FEEL value as Python has it: date, time, datetime (aware where it has an offset or zone), timedelta.

    Years outside 1–9999, years and months durations, ranges and functions stay FEEL values; nanoseconds are
    cut to microseconds.
    """
    if isinstance(value, list):
        return [python_value(item) for item in value]
    if isinstance(value, dict):
        return {key: python_value(item) for key, item in value.items()}
    if isinstance(value, Date) and 1 <= value.year <= 9999:
        return dt.date(value.year, value.month, value.day)
    if isinstance(value, Time):
        return _python_time(value)
    if isinstance(value, DateTime) and 1 <= value.date.year <= 9999:
        return _python_datetime(value)
    if isinstance(value, DaysDuration):
        return dt.timedelta(microseconds=value.nanos // 1000)
    return value


def _python_time(value: Time) -> dt.time:
    seconds, nanos = divmod(value.nanos, NANOS)
    zone = None if value.offset is None else dt.timezone(dt.timedelta(seconds=value.offset))
    return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60, nanos // 1000, tzinfo=zone)


def _python_datetime(value: DateTime) -> dt.datetime:
    date, local = value.date, _python_time(Time(value.time.nanos))
    naive = dt.datetime.combine(dt.date(*date), local)
    at = instant(value)
    if at is None:
        return naive
    offset = value.time.nanos + (dt.date(*date).toordinal() - 719_163) * 86_400 * NANOS - at
    return naive.replace(tzinfo=dt.timezone(dt.timedelta(seconds=offset // NANOS)))
