"""Temporal values as text, both ways: ISO 8601 with FEEL's `@Zone/Name`."""

from __future__ import annotations

import re

from shuniu.core.feel.temporal.values import (
    DAY_NANOS,
    MAX_OFFSET,
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Temporal,
    Time,
    date_or_none,
    zone_of,
)

_DATE = re.compile(r"(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,18}))?(?:([Zz])|([+-])(\d\d):(\d\d)(?::(\d\d))?|@([A-Za-z][\w+\-/]{0,63}))?",
    re.ASCII,
)
_DAYS = re.compile(
    r"(-?)P(?=[\dT])(?:(\d{1,15})D)?(?:T(?=\d)(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15})(?:\.(\d{1,18}))?S)?)?",
    re.ASCII,
)
_MONTHS = re.compile(r"(-?)P(?=\d)(?:(\d{1,15})Y)?(?:(\d{1,15})M)?", re.ASCII)


def read_date(text: str) -> Date | None:
    found = _DATE.fullmatch(text)
    if found is None or found[1] == "-0000":
        return None
    return date_or_none(int(found[1]), int(found[2]), int(found[3]))


def _fraction(digits: str | None) -> int:
    return int((digits or "").ljust(9, "0")[:9])


def read_time(text: str) -> Time | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3])
    if hour > 23 or minute > 59 or second > 59:
        return None
    nanos = (hour * 3600 + minute * 60 + second) * NANOS + _fraction(found[4])
    if found[5]:
        return Time(nanos, 0)
    if found[6]:
        return _with_offset(nanos, found)
    if found[10]:
        return Time(nanos, None, found[10]) if zone_of(found[10]) else None
    return Time(nanos)


def _with_offset(nanos: int, found: re.Match[str]) -> Time | None:
    hours, minutes, seconds = int(found[7]), int(found[8]), int(found[9] or 0)
    offset = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or offset > MAX_OFFSET:
        return None
    return Time(nanos, -offset if found[6] == "-" else offset)


def read_date_time(text: str) -> DateTime | None:
    """A date and time; a date alone is its midnight."""
    day, separator, clock = text.partition("T")
    date = read_date(day)
    time = read_time(clock) if separator else Time(0)
    return DateTime(date, time) if date is not None and time is not None else None


def read_duration(text: str) -> DaysDuration | MonthsDuration | None:
    months = _MONTHS.fullmatch(text)
    if months:
        count = int(months[2] or 0) * 12 + int(months[3] or 0)
        return MonthsDuration(-count if months[1] else count)
    days = _DAYS.fullmatch(text)
    if days is None:
        return None
    seconds = (
        int(days[2] or 0) * 86_400 + int(days[3] or 0) * 3600 + int(days[4] or 0) * 60 + int(days[5] or 0)
    )
    nanos = seconds * NANOS + _fraction(days[6])
    return DaysDuration(-nanos if days[1] else nanos)


def read_temporal(text: str) -> Temporal | None:
    """What @"text" stands for, or None when it is none of the kinds."""
    if text.startswith(("P", "-P")):
        return read_duration(text)
    if "T" in text.partition("@")[0]:
        return read_date_time(text)
    return read_time(text) if text[2:3] == ":" else read_date(text)


def date_text(date: Date) -> str:
    year = f"{date.year:04d}" if date.year >= 0 else f"-{-date.year:04d}"
    return f"{year}-{date.month:02d}-{date.day:02d}"


def _decimals(nanos: int) -> str:
    return f".{nanos:09d}".rstrip("0") if nanos else ""


def offset_text(seconds: int) -> str:
    if seconds == 0:
        return "Z"
    minutes, rest = divmod(abs(seconds), 60)
    text = f"{'-' if seconds < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{rest:02d}" if rest else text


def time_text(time: Time) -> str:
    seconds, nanos = divmod(time.nanos, NANOS)
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{_decimals(nanos)}"
    if time.zone:
        return f"{text}@{time.zone}"
    return text if time.offset is None else text + offset_text(time.offset)


def months_text(value: MonthsDuration) -> str:
    years, months = divmod(abs(value.months), 12)
    sign = "-" if value.months < 0 else ""
    parts = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return f"{sign}P{parts or '0M'}"


def days_text(value: DaysDuration) -> str:
    days, rest = divmod(abs(value.nanos), DAY_NANOS)
    seconds, nanos = divmod(rest, NANOS)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or nanos:
        clock += f"{seconds}{_decimals(nanos)}S"
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if value.nanos < 0 else ''}P{text or 'T0S'}"


def temporal_text(value: Temporal) -> str:
    """The canonical text, as `string()` gives it."""
    if isinstance(value, Date):
        return date_text(value)
    if isinstance(value, Time):
        return time_text(value)
    if isinstance(value, DateTime):
        return f"{date_text(value.date)}T{time_text(value.time)}"
    return months_text(value) if isinstance(value, MonthsDuration) else days_text(value)
