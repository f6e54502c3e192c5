"""Laws that hold for every calendar, checked against a count minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from shuniu.core.calendar import Hours, WorkingCalendar

MINUTE = timedelta(minutes=1)
FIRST = datetime(2025, 12, 20, tzinfo=UTC)

moments = st.integers(0, 60 * 24 * 60).map(lambda minutes: FIRST + minutes * MINUTE)
hours = st.lists(st.integers(0, 24 * 60), max_size=6, unique=True).map(
    lambda edges: Hours(tuple(zip(*[iter(sorted(edges))] * 2, strict=False)))
)
days = st.dates(date(2025, 12, 18), date(2026, 2, 25))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    week = tuple(draw(hours) for _ in range(7))
    assume(any(day.spans for day in week))
    zone = ZoneInfo(draw(st.sampled_from(["Asia/Shanghai", "UTC", "America/Caracas"])))
    return WorkingCalendar(zone=zone, week=week, exceptions=draw(st.dictionaries(days, hours, max_size=12)))  # type: ignore[arg-type]


work = st.integers(1, 200 * 60).map(lambda minutes: minutes * MINUTE)


@given(calendars(), moments, work)
def test_what_is_added_lies_between(calendar: WorkingCalendar, start: datetime, work: timedelta) -> None:
    assert calendar.between(start, calendar.add(start, work)) == work
    assert calendar.between(calendar.add(start, -work), start) == work


@given(calendars(), moments, work)
def test_the_end_is_the_earliest_and_the_beginning_the_latest(
    calendar: WorkingCalendar, start: datetime, work: timedelta
) -> None:
    assert calendar.is_open(calendar.add(start, work) - MINUTE)
    assert calendar.is_open(calendar.add(start, -work))


@given(calendars(), moments, work, work)
def test_adding_twice_is_adding_the_sum(
    calendar: WorkingCalendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)


@given(calendars(), moments, st.integers(0, 12 * 60))
def test_between_agrees_with_a_count_of_minutes(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    counted = sum(calendar.is_open(start + step * MINUTE) for step in range(minutes))
    assert calendar.between(start, start + minutes * MINUTE) == counted * MINUTE


@given(calendars(), moments, st.integers(0, 90), st.integers(0, 90))
def test_days_between_agrees_with_a_count_of_days(
    calendar: WorkingCalendar, start: datetime, first: int, more: int
) -> None:
    begin = start + timedelta(days=first)
    end = begin + timedelta(days=more)
    day = begin.astimezone(calendar.zone).date()
    counted = 0
    while day < end.astimezone(calendar.zone).date():
        day += timedelta(days=1)
        counted += bool(calendar.hours_on(day).spans)
    assert calendar.days_between(begin, end) == counted


@given(calendars(), moments)
def test_next_open_is_open_and_loses_no_work(calendar: WorkingCalendar, at: datetime) -> None:
    opening = calendar.next_open(at)
    assert calendar.is_open(opening)
    assert calendar.between(at, opening) == timedelta()
