"""Conversion functions."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from shuniu.core.feel.compare import compare
from shuniu.core.feel.functions.table import builtin
from shuniu.core.feel.numbers import CONTEXT, read_number
from shuniu.core.feel.run import Run
from shuniu.core.feel.show import text_of
from shuniu.core.feel.temporal.text import read_date, read_date_time, read_duration, read_temporal, read_time
from shuniu.core.feel.temporal.values import (
    MAX_OFFSET,
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    date_or_none,
)
from shuniu.core.feel.types import ANY, DATE, DATE_TIME, MONTHS_DURATION, NUMBER, RANGE, STRING, TIME
from shuniu.core.feel.values import Range, Value

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,6})?", re.ASCII)


def to_number(value: Any, grouping: Any = None, decimal: Any = None) -> Decimal | None:
    """The number of a text with these separators (null: none, and a point); of a number, itself."""
    if type(value) is Decimal:
        return value if grouping is None and decimal is None else None
    text: str = value
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", ".") or len(text) > 1_000:
        return None
    if grouping is not None and grouping == decimal:
        return None
    if grouping:
        text = text.replace(grouping, "")
    if decimal:
        text = text.replace(decimal, ".")
    return read_number(text) if _NUMBER.fullmatch(text) else None


def to_string(run: Run, value: Value) -> str:
    return text_of(run, value)


def to_date(value: Value) -> Date | None:
    if type(value) is str:
        return read_date(value)
    return value.date if type(value) is DateTime else value


def date_of(year: Decimal, month: Decimal, day: Decimal) -> Date | None:
    parts = [_small(part) for part in (year, month, day)]
    return None if None in parts else date_or_none(*parts)  # type: ignore[arg-type]


def _small(number: Decimal) -> int | None:
    """A whole number of at most ten digits."""
    return int(number) if abs(number) < 10**10 and number == int(number) else None


def date_function(first: Value, *rest: Decimal) -> Date | None:
    return date_of(first, *rest) if rest else to_date(first)


def date_time_function(first: Value, time: Time | None = None) -> DateTime | None:
    if time is not None:
        return DateTime(first.date if type(first) is DateTime else first, time)
    if type(first) is str:
        return read_date_time(first)
    return DateTime(first, Time(0, 0)) if type(first) is Date else first


def time_function(first: Value, *rest: Value) -> Time | None:
    if rest:
        return _time_of(first, *rest)
    if type(first) is str:
        return read_time(first)
    if type(first) is DateTime:
        return first.time
    return Time(0, 0) if type(first) is Date else first


def _time_of(hour: Decimal, minute: Decimal, second: Decimal, offset: Any = None) -> Time | None:
    hours, minutes = _small(hour), _small(minute)
    if hours is None or minutes is None or not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= second < 60):
        return None
    nanos = (hours * 3600 + minutes * 60) * NANOS + int(CONTEXT.multiply(second, Decimal(NANOS)))
    if offset is None:
        return Time(nanos)
    if type(offset) is not DaysDuration or offset.nanos % NANOS or abs(offset.nanos) > MAX_OFFSET * NANOS:
        return None
    return Time(nanos, offset.nanos // NANOS)


def to_duration(text: Value) -> Value:
    return read_duration(text) if type(text) is str else text


def day_of(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


def months_between(start: Date | DateTime, end: Date | DateTime) -> MonthsDuration:
    """Whole months from one day to another, towards zero."""
    first, last = day_of(start), day_of(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return MonthsDuration(months)


_RANGE = re.compile(r"\s*([\[(\]])(.*)([\])\[])\s*", re.DOTALL)
_ENDS = re.compile(r'((?:"(?:[^"\\]|\\.)*"|[^"])*?)\.\.((?:"(?:[^"\\]|\\.)*"|[^"])*)', re.DOTALL)
_QUOTED = re.compile(
    r'(@|date|time|date and time|duration)?\s*(\(?)\s*"((?:[^"\\]|\\.)*)"\s*(\)?)', re.DOTALL
)
_READERS: dict[str, Any] = {
    "@": read_temporal,
    "date": read_date,
    "time": read_time,
    "date and time": read_date_time,
    "duration": read_duration,
}
_NOT_READ = object()


def _end_value(text: str) -> Any:
    """The constant an end of a range is written as; `_NOT_READ` where it is none."""
    text = text.strip()
    if text == "":
        return None
    if _NUMBER.fullmatch(text):
        return read_number(text)
    found = _QUOTED.fullmatch(text)
    if found is None or bool(found[2]) != bool(found[4]):
        return _NOT_READ
    if not found[1]:
        return _NOT_READ if found[2] else found[3].replace('\\"', '"')
    value = _READERS[found[1]](found[3])
    return _NOT_READ if value is None or (found[1] == "@") == bool(found[2]) else value


def to_range(text: str) -> Range | None:
    """The range of a text such as `[18..21)`; its ends are constants of one kind, the lower first."""
    found = _RANGE.fullmatch(text)
    ends = _ENDS.fullmatch(found[2]) if found else None
    if found is None or ends is None:
        return None
    low, high = _end_value(ends[1]), _end_value(ends[2])
    if low is _NOT_READ or high is _NOT_READ or (low is None and high is None):
        return None
    if (low is None and found[1] == "[") or (high is None and found[3] == "]"):
        return None
    return make_range(low, high, low_closed=found[1] == "[", high_closed=found[3] == "]")


def make_range(low: Value, high: Value, *, low_closed: bool, high_closed: bool) -> Range | None:
    if low is not None and high is not None and compare("<=", low, high) is not True:
        return None
    return Range(low, high, low_closed, high_closed, is_half=low is None or high is None)


_G = "conversion"
FUNCTIONS = (
    builtin(_G, "number(from: digits, grouping separator?: Any, decimal separator?: Any)", NUMBER, to_number,
            "文字转数;可给千分位和小数点符号。", "The number of a text, with its separators.",
            'number("1 000,0", " ", ",") => 1000.0', 'number("12.5") => 12.5'),
    builtin(_G, "string(from: value)", STRING, to_string,
            "转成文字。", "The text of a value.",
            'string(1.1) => "1.1"', 'string(@"2026-11-22") => "2026-11-22"', needs_run=True),
    builtin(_G, "date(from: temporal) | date(year: number, month: number, day: number)", DATE, date_function,
            "日期:由文字、日期时间,或年月日。", "A date from a text, a date and time, or its parts.",
            'date("2026-11-22") => @"2026-11-22"', 'date(2026, 11, 22) => @"2026-11-22"'),
    builtin(_G, "time(from: clock) | time(hour: number, minute: number, second: number, offset?: Any)", TIME,
            time_function, "时刻:由文字、日期时间,或时分秒与时差。",
            "A time from a text, a date and time, or its parts.",
            'time("23:59:00Z") => @"23:59:00Z"', 'time(14, 30, 0, @"PT8H") => @"14:30:00+08:00"'),
    builtin(_G, "date and time(from: temporal) | date and time(date: day, time: time)", DATE_TIME,
            date_time_function, "日期时间:由文字,或日期与时刻。",
            "A date and time from a text, or from a date and a time.",
            'date and time("2026-11-22T08:00:00+08:00") => @"2026-11-22T08:00:00+08:00"',
            'date and time(@"2026-11-22", @"08:00:00") => @"2026-11-22T08:00:00"'),
    builtin(_G, "duration(from: string)", ANY, to_duration,
            "时长:天时分秒,或年月。", "A duration: days and time, or years and months.",
            'duration("P1DT2H") => @"P1DT2H"', 'duration("P14M") => @"P1Y2M"'),
    builtin(_G, "years and months duration(from: day, to: day)", MONTHS_DURATION, months_between,
            "两天之间的整月。", "The whole months between two days.",
            'years and months duration(@"2024-08-11", @"2026-11-22") => @"P2Y3M"'),
    builtin(_G, "range(from: string)", RANGE, to_range,
            "由文字得到区间。", "The range that a text spells.", 'range("[18..21)").end => 21'),
)  # fmt: skip
