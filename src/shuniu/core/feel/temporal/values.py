"""The temporal values. They are tuples, so they are cheap, immutable and hashable.

Compare them only with `compare`: two times or two date and times are ordered by their instant.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

MAX_YEAR = 999_999_999
NANOS = 1_000_000_000
DAY_NANOS = 86_400 * NANOS
MAX_OFFSET = 18 * 3600
"""The widest offset from UTC, in seconds."""


class Date(NamedTuple):
    year: int
    month: int
    day: int

    def as_python(self) -> dt.date:
        """For years 1–9999 only."""
        return dt.date(*self)


class Time(NamedTuple):
    """Nanoseconds since midnight; `offset` from UTC in seconds or `zone` by name, or neither."""

    nanos: int
    offset: int | None = None
    zone: str | None = None


class DateTime(NamedTuple):
    date: Date
    time: Time


class DaysDuration(NamedTuple):
    """A days and time duration, in nanoseconds."""

    nanos: int


class MonthsDuration(NamedTuple):
    """A years and months duration, in months."""

    months: int


Temporal = Date | Time | DateTime | DaysDuration | MonthsDuration


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_days(year: int, month: int) -> int:
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def date_or_none(year: int, month: int, day: int) -> Date | None:
    """The date, or None when there is no such day."""
    if -MAX_YEAR <= year <= MAX_YEAR and 1 <= month <= 12 and 1 <= day <= month_days(year, month):
        return Date(year, month, day)
    return None


def day_number(date: Date) -> int:
    """Days from 1970-01-01, in the proleptic Gregorian calendar."""
    year, month, day = date
    year -= month <= 2
    era, in_era = divmod(year, 400)
    in_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * 146_097 + in_era * 365 + in_era // 4 - in_era // 100 + in_year - 719_468


def date_of_day(number: int) -> Date | None:
    """The date of a day number; None beyond the years FEEL knows."""
    era, in_era = divmod(number + 719_468, 146_097)
    of_era = (in_era - in_era // 1_460 + in_era // 36_524 - in_era // 146_096) // 365
    in_year = in_era - (365 * of_era + of_era // 4 - of_era // 100)
    shifted = (5 * in_year + 2) // 153
    day = in_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9
    year = of_era + era * 400 + (month <= 2)
    return date_or_none(year, month, day)


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, or None."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def offset_of(date: Date, time: Time) -> int | None:
    """Seconds from UTC of a local date and time, None where it has neither offset nor zone."""
    if time.offset is not None:
        return time.offset
    zone = zone_of(time.zone) if time.zone else None
    if zone is None:
        return None
    local = _python_midnight(date, zone) + dt.timedelta(seconds=time.nanos // NANOS)
    shift = local.utcoffset()
    return None if shift is None else int(shift.total_seconds())


def _python_midnight(date: Date, zone: dt.tzinfo) -> dt.datetime:
    """A year Python does not reach stands at the same place of another cycle of 400 years."""
    near = date.year if 2 <= date.year <= 9998 else 2000 + date.year % 400
    return dt.datetime(near, date.month, date.day, tzinfo=zone)


def local_nanos(value: DateTime) -> int:
    """Nanoseconds from 1970-01-01T00:00:00 on the value's own clock."""
    return day_number(value.date) * DAY_NANOS + value.time.nanos


def instant(value: DateTime) -> int | None:
    """Nanoseconds from 1970-01-01T00:00:00Z, None for a local date and time."""
    offset = offset_of(value.date, value.time)
    return None if offset is None else local_nanos(value) - offset * NANOS


def date_time_at(nanos: int, like: Time) -> DateTime | None:
    """The date and time `nanos` after 1970-01-01T00:00:00 on its own clock, with the offset or zone of `like`."""
    days, rest = divmod(nanos, DAY_NANOS)
    date = date_of_day(days)
    return None if date is None else DateTime(date, Time(rest, like.offset, like.zone))


def later(value: DateTime, nanos: int) -> DateTime | None:
    """The date and time `nanos` later; in a named zone by the time that passes, whatever its clocks do."""
    zone, at = zone_of(value.time.zone) if value.time.zone else None, instant(value)
    if zone is None or at is None:
        return date_time_at(local_nanos(value) + nanos, value.time)
    days, rest = divmod(at + nanos, DAY_NANOS)
    date = date_of_day(days)
    if date is None:
        return None
    moment = _python_midnight(date, dt.UTC) + dt.timedelta(seconds=rest // NANOS)
    shift = moment.astimezone(zone).utcoffset() or dt.timedelta()
    return date_time_at(at + nanos + int(shift.total_seconds()) * NANOS, value.time)
