"""Working calendars over HTTP."""

from datetime import date
from typing import Annotated

from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.http import Request
from shuniu.org import actions, queries
from shuniu.org.api.roles import Key, Name
from shuniu.org.api.router import router
from shuniu.org.contracts import CalendarDayCard, CalendarDetail
from shuniu.org.permissions import CALENDAR_READ, CALENDAR_WRITE

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
Spans = Annotated[list[tuple[Clock, Clock]], Field(max_length=6)]
Week = Annotated[list[Spans], Field(min_length=7, max_length=7)]
Year = Annotated[int, Field(ge=2000, le=2100)]


class CalendarFilters(BaseModel):
    """All optional."""

    archived: bool = False


class NewCalendar(BaseModel):
    """A week of hours, Monday first; a day without spans is closed."""

    key: Key
    name: Name
    name_en: Annotated[str, Field(max_length=60)] = ""
    zone: Annotated[str, Field(max_length=40)] = "Asia/Shanghai"
    week: Week
    follows_holidays: bool = True


class ChangeCalendar(BaseModel):
    """What is left out stays."""

    name: Name | None = None
    name_en: Annotated[str, Field(max_length=60)] | None = None
    zone: Annotated[str, Field(max_length=40)] | None = None
    week: Week | None = None
    follows_holidays: bool | None = None


class DayHours(BaseModel):
    """The hours of one day; none means closed."""

    hours: Spans
    name: Annotated[str, Field(max_length=60)] = ""


@router.get("/org/calendars", permission=CALENDAR_READ, response=list[CalendarDetail])
def list_calendars(request: Request, filters: Query[CalendarFilters]) -> list[CalendarDetail]:
    """All calendars."""
    return queries.calendar_details(archived=filters.archived)


@router.get("/org/calendars/{calendar_id}", permission=CALENDAR_READ, response=CalendarDetail)
def get_calendar(request: Request, calendar_id: int) -> CalendarDetail:
    """One calendar."""
    return queries.calendar_detail(calendar_id)


@router.get("/org/calendars/{calendar_id}/days", permission=CALENDAR_READ, response=list[CalendarDayCard])
def list_days(request: Request, calendar_id: int, year: Year) -> list[CalendarDayCard]:
    """The days of a year that differ from their weekday."""
    return queries.calendar_days(queries.calendar_detail(calendar_id).id, year=year)


@router.post("/org/calendars", permission=CALENDAR_WRITE, response=CalendarDetail)
def create_calendar(request: Request, body: NewCalendar) -> CalendarDetail:
    """A new calendar, seeded with the published holidays if it follows them."""
    return actions.create_calendar(**body.model_dump(), by=request.actor, now=request.now)


@router.patch("/org/calendars/{calendar_id}", permission=CALENDAR_WRITE, response=CalendarDetail)
def change_calendar(request: Request, calendar_id: int, body: ChangeCalendar) -> CalendarDetail:
    """Change words, week or holidays."""
    return actions.change_calendar(
        calendar_id=calendar_id, **body.model_dump(), by=request.actor, now=request.now
    )


@router.put(
    "/org/calendars/{calendar_id}/days/{day}", permission=CALENDAR_WRITE, response=list[CalendarDayCard]
)
def set_day(request: Request, calendar_id: int, day: date, body: DayHours) -> list[CalendarDayCard]:
    """Give one day other hours; answers the year."""
    actions.set_day(
        calendar_id=calendar_id, day=day, hours=body.hours, name=body.name, by=request.actor, now=request.now
    )
    return queries.calendar_days(calendar_id, year=day.year)


@router.delete(
    "/org/calendars/{calendar_id}/days/{day}", permission=CALENDAR_WRITE, response=list[CalendarDayCard]
)
def clear_day(request: Request, calendar_id: int, day: date) -> list[CalendarDayCard]:
    """Let a day be as published, or as its weekday; answers the year."""
    actions.clear_day(calendar_id=calendar_id, day=day, by=request.actor, now=request.now)
    return queries.calendar_days(calendar_id, year=day.year)


@router.post("/org/calendars/{calendar_id}/archive", permission=CALENDAR_WRITE)
def archive_calendar(request: Request, calendar_id: int) -> None:
    """Take a calendar out of the choice."""
    actions.archive_calendar(calendar_id=calendar_id, by=request.actor, now=request.now)
