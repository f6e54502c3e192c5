"""Working calendars are shaped and seeded with published holidays."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.db.models import F

from shuniu.core.calendar import CalendarHasNoHours, InvalidHours, WorkingCalendar, parse_hours
from shuniu.foundation.access import Actor, scope_of
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import Forbidden, NotFound
from shuniu.foundation.hub import Ref, publish
from shuniu.org.contracts import CalendarDetail, CalendarKeyTaken, DaySource, InvalidCalendar, NameMissing
from shuniu.org.holidays import published_days, published_until
from shuniu.org.models import Calendar, CalendarDay
from shuniu.org.permissions import CALENDAR_WRITE
from shuniu.org.queries.calendars import calendar_detail

Week = Sequence[Sequence[Sequence[str]]]
# Older deadlines are closed; a few years back lets durations of past orders be counted.
SEEDED_SINCE = date(2024, 1, 1)


@transaction.atomic
def create_calendar(
    *,
    key: str,
    name: str,
    zone: str,
    week: Week,
    follows_holidays: bool,
    by: Actor,
    now: datetime,
    name_en: str = "",
) -> CalendarDetail:
    """A new calendar; one that follows the holidays is seeded with the published ones."""
    _require_everywhere(by)
    if not key.strip() or not name.strip():
        raise NameMissing(field="name" if key.strip() else "key")
    if Calendar.objects.filter(key=key.strip()).exists():
        raise CalendarKeyTaken(field="key", value=key.strip())
    row = Calendar.objects.create(
        key=key.strip(),
        name=name.strip(),
        name_en=name_en.strip(),
        zone=_zone(zone),
        week=_week(week, zone),
        follows_holidays=follows_holidays,
    )
    if follows_holidays:
        _seed(row)
    _tell(row, "created", by=by, now=now, after={"key": row.key, "name": row.name, "week": row.week})
    return calendar_detail(row.pk)


@transaction.atomic
def change_calendar(
    *,
    calendar_id: int,
    by: Actor,
    now: datetime,
    name: str | None = None,
    name_en: str | None = None,
    zone: str | None = None,
    week: Week | None = None,
    follows_holidays: bool | None = None,
) -> CalendarDetail:
    """Change a calendar's words, week or holidays; whoever measures time is told and derives it anew."""
    _require_everywhere(by)
    row = _required(calendar_id)
    given: dict[str, Any] = {
        "name": name,
        "name_en": name_en,
        "zone": None if zone is None else _zone(zone),
        "week": None if week is None else _week(week, zone or row.zone),
        "follows_holidays": follows_holidays,
    }
    after = {
        field: value for field, value in given.items() if value is not None and value != getattr(row, field)
    }
    if not after:
        return calendar_detail(calendar_id)
    before = {field: getattr(row, field) for field in after}
    for field, value in after.items():
        setattr(row, field, value)
    row.save(update_fields=list(after))
    if {"week", "follows_holidays"} & set(after):
        _seed(row)
    _tell(row, "changed", by=by, now=now, before=before, after=after)
    return calendar_detail(calendar_id)


@transaction.atomic
def set_day(
    *, calendar_id: int, day: date, hours: Sequence[Sequence[str]], by: Actor, now: datetime, name: str = ""
) -> None:
    """Give one day other hours than its weekday; no hours means closed. Stays when holidays are seeded again."""
    _require_everywhere(by)
    row = _required(calendar_id)
    clean = _spans(hours)
    CalendarDay.objects.update_or_create(
        calendar=row,
        day=day,
        defaults={"hours": clean, "name": name.strip(), "source": DaySource.PERSON.value},
    )
    _tell(row, "changed", by=by, now=now, after={"day": day, "hours": clean, "name": name.strip()})


@transaction.atomic
def clear_day(*, calendar_id: int, day: date, by: Actor, now: datetime) -> None:
    """Let a day be as published, or as its weekday."""
    _require_everywhere(by)
    row = _required(calendar_id)
    if CalendarDay.objects.filter(calendar=row, day=day, source=DaySource.PERSON).delete()[0]:
        _seed(row)
        _tell(row, "changed", by=by, now=now, before={"day": day})


@transaction.atomic
def archive_calendar(*, calendar_id: int, by: Actor, now: datetime) -> None:
    """Take a calendar out of the choice; units that use it keep it."""
    _require_everywhere(by)
    row = _required(calendar_id)
    row.archived_at = now
    row.save(update_fields=["archived_at"])
    _tell(row, "archived", by=by, now=now)


@transaction.atomic
def seed_holidays(*, by: Actor, now: datetime) -> int:
    """Bring every calendar that follows the holidays up to the published ones; how many changed."""
    changed = 0
    for row in Calendar.objects.select_for_update().filter(follows_holidays=True).order_by("id"):
        if row.known_until != published_until():
            _seed(row)
            _tell(row, "changed", by=by, now=now, after={"known_until": row.known_until})
            changed += 1
    return changed


def _seed(row: Calendar) -> None:
    """Published days as they bear on this week; days somebody edited here are left alone."""
    CalendarDay.objects.filter(calendar=row, source=DaySource.SEED).delete()
    row.known_until = None
    if row.follows_holidays:
        row.known_until = published_until()
        CalendarDay.objects.bulk_create(_published_rows(row), ignore_conflicts=True)
    row.save(update_fields=["known_until"])


def _published_rows(row: Calendar) -> list[CalendarDay]:
    usual = next(day for day in row.week if day)
    rows = []
    for published in published_days(since=SEEDED_SINCE):
        hours = row.week[published.day.weekday()]
        wanted = (hours or usual) if published.works else []
        if wanted != hours:
            source = DaySource.SEED.value
            rows.append(
                CalendarDay(calendar=row, day=published.day, hours=wanted, name=published.name, source=source)
            )
    return rows


def _require_everywhere(by: Actor) -> None:
    """Calendars belong to the whole enterprise."""
    if not scope_of(by, CALENDAR_WRITE).everything:
        raise Forbidden()


def _required(calendar_id: int) -> Calendar:
    row = Calendar.objects.select_for_update().filter(pk=calendar_id).first()
    if row is None:
        raise NotFound()
    return row


def _zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise InvalidCalendar(field="zone", problem=zone) from unknown
    return zone


def _week(week: Week, zone: str) -> list[list[list[str]]]:
    if len(week) != 7:
        raise InvalidCalendar(field="week", problem="7")
    clean = [_spans(day) for day in week]
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (parse_hours(day) for day in clean)
    try:
        WorkingCalendar(
            zone=ZoneInfo(zone), week=(monday, tuesday, wednesday, thursday, friday, saturday, sunday)
        )
    except CalendarHasNoHours as empty:
        raise InvalidCalendar(field="week", problem=str(empty)) from empty
    return clean


def _spans(hours: Sequence[Sequence[str]]) -> list[list[str]]:
    try:
        parse_hours(hours)
    except InvalidHours as wrong:
        raise InvalidCalendar(field="hours", problem=str(wrong)) from wrong
    return [list(span) for span in hours]


def _tell(
    row: Calendar,
    verb: str,
    *,
    by: Actor,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    Calendar.objects.filter(pk=row.pk).update(revision=F("revision") + 1)
    subject = Ref("calendar", row.pk)
    audit.record(by=by, now=now, action=f"org.calendar_{verb}", subject=subject, before=before, after=after)
    publish(name=f"calendar.{verb}", subject=subject, unit_id=None, by=by, now=now)
