"""Reads of working calendars."""

from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from shuniu.core.calendar import Hours, WorkingCalendar, parse_hours
from shuniu.foundation.errors import NotFound
from shuniu.org.contracts import CalendarDayCard, CalendarDetail, DaySource
from shuniu.org.contracts.calendars import Spans
from shuniu.org.models import Calendar, CalendarDay
from shuniu.org.queries.settings import settings_for

CALENDAR_SETTING = "org.calendar"


def calendar(unit_id: int) -> WorkingCalendar:
    """The working calendar of a unit."""
    return calendars([unit_id])[unit_id]


def calendars(unit_ids: Iterable[int]) -> dict[int, WorkingCalendar]:
    """Working calendars of several units; units that share one share the object. Two queries when nothing changed."""
    chosen = {
        unit_id: values[CALENDAR_SETTING]
        for unit_id, values in settings_for([CALENDAR_SETTING], unit_ids).items()
    }
    found = {
        row.key: row
        for row in Calendar.objects.filter(key__in=set(chosen.values())).only("id", "key", "revision")
    }
    built = {key: _built(row.pk, row.revision) for key, row in found.items()}
    missing = set(chosen.values()) - set(built)
    if missing:
        raise LookupError(f"no calendar {', '.join(sorted(missing))}; run `shuniu migrate`")
    return {unit_id: built[key] for unit_id, key in chosen.items()}


def calendar_details(*, archived: bool = False) -> list[CalendarDetail]:
    """All calendars by name."""
    rows: QuerySet[Calendar] = Calendar.objects.order_by("id")
    return [_detail(row) for row in (rows if archived else rows.filter(archived_at__isnull=True))]


def calendar_detail(calendar_id: int) -> CalendarDetail:
    """One calendar; NotFound."""
    row = Calendar.objects.filter(pk=calendar_id).first()
    if row is None:
        raise NotFound()
    return _detail(row)


def calendar_days(calendar_id: int, *, year: int) -> list[CalendarDayCard]:
    """The days of a year that differ from their weekday."""
    rows = CalendarDay.objects.filter(calendar_id=calendar_id, day__year=year).order_by("day")
    return [CalendarDayCard(row.day, _spans(row.hours), row.name, DaySource(row.source)) for row in rows]


# The revision is part of the key: an edit makes a new entry, and no process needs to be told.
@lru_cache(maxsize=256)
def _built(calendar_id: int, revision: int) -> WorkingCalendar:
    row = Calendar.objects.get(pk=calendar_id)
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (_hours(day) for day in row.week)
    return WorkingCalendar(
        zone=ZoneInfo(row.zone),
        week=(monday, tuesday, wednesday, thursday, friday, saturday, sunday),
        exceptions={day.day: _hours(day.hours) for day in row.days.all()},
        known_until=row.known_until,
    )


def _hours(spans: list[list[str]]) -> Hours:
    return parse_hours(spans)


def _spans(stored: list[list[str]]) -> Spans:
    return tuple((start, end) for start, end in stored)


def _detail(row: Calendar) -> CalendarDetail:
    return CalendarDetail(
        id=row.pk,
        key=row.key,
        name=row.name,
        name_en=row.name_en,
        zone=row.zone,
        week=tuple(_spans(day) for day in row.week),
        follows_holidays=row.follows_holidays,
        known_until=row.known_until,
        revision=row.revision,
        archived=row.archived_at is not None,
    )
