"""Working calendars as people edit them; as engines use them they are `shuniu.core.calendar.WorkingCalendar`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shuniu.foundation.errors import Conflict, Invalid

Spans = tuple[tuple[str, str], ...]


class DaySource(StrEnum):
    """Who says that a day differs: the published holidays, or somebody here."""

    SEED = "seed"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class CalendarDayCard:
    """A day with other hours than its weekday; no spans means closed."""

    day: date
    hours: Spans
    name: str
    source: DaySource


@dataclass(frozen=True, slots=True)
class CalendarDetail:
    """A week of hours, Monday first, and the days that differ. Beyond `known_until` holidays are not published yet."""

    id: int
    key: str
    name: str
    name_en: str
    zone: str
    week: tuple[Spans, ...]
    follows_holidays: bool
    known_until: date | None
    revision: int
    archived: bool


class CalendarKeyTaken(Conflict):
    code = "org.calendar_key_taken"
    zh = "日历标识“{value}”已被使用"
    en = "The calendar key “{value}” is taken."


class InvalidCalendar(Invalid):
    code = "org.invalid_calendar"
    zh = "营业时间有误：{problem}"
    en = "The opening hours are not valid: {problem}."
