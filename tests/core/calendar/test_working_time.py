"""Working time on an office week of 9-12 and 13-18, with a National Day week, in Shanghai."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shuniu.core.calendar import CalendarHasNoHours, Hours, InvalidHours, WorkingCalendar, parse_hours

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = parse_hours([["09:00", "12:00"], ["13:00", "18:00"]])
CLOSED = Hours()
HOLIDAYS = {date(2026, 10, day): CLOSED for day in (1, 2, 5, 6, 7)}
CALENDAR = WorkingCalendar(
    zone=SHANGHAI,
    week=(OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, CLOSED, CLOSED),
    exceptions={**HOLIDAYS, date(2026, 10, 10): OFFICE},
    known_until=date(2026, 12, 31),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "work", "end"),
    [
        ("2026-03-02 09:00", timedelta(hours=1), "2026-03-02 10:00"),
        ("2026-03-02 11:30", timedelta(hours=1), "2026-03-02 13:30"),  # over lunch
        ("2026-03-02 07:15", timedelta(minutes=30), "2026-03-02 09:30"),
        ("2026-03-02 09:00", timedelta(hours=8), "2026-03-02 18:00"),  # the close, not the next opening
        ("2026-03-06 17:00", timedelta(hours=2), "2026-03-09 10:00"),  # over the weekend
        ("2026-09-30 17:30", timedelta(hours=1), "2026-10-08 09:30"),  # over National Day
        ("2026-10-09 17:00", timedelta(hours=2), "2026-10-10 10:00"),  # a Saturday worked in exchange
        ("2026-03-02 10:00", timedelta(), "2026-03-02 10:00"),
        ("2026-03-02 10:00", timedelta(hours=-2), "2026-02-27 17:00"),
        ("2026-03-02 09:00", timedelta(hours=-8), "2026-02-27 09:00"),
    ],
)
def test_work_is_added_inside_opening_hours(start: str, work: timedelta, end: str) -> None:
    assert CALENDAR.add(at(start), work) == at(end)


def test_the_answer_is_in_utc() -> None:
    assert CALENDAR.add(at("2026-03-02 09:00"), timedelta(hours=1)) == datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    assert CALENDAR.add(at("2026-03-02 09:00"), timedelta(hours=1)).tzinfo is UTC


@pytest.mark.parametrize(
    ("start", "end", "work"),
    [
        ("2026-03-02 09:00", "2026-03-02 18:00", timedelta(hours=8)),
        ("2026-03-07 09:00", "2026-03-08 18:00", timedelta()),
        ("2026-09-30 09:00", "2026-10-08 18:00", timedelta(hours=16)),
        ("2026-03-02 18:00", "2026-03-02 09:00", timedelta(hours=-8)),
        ("2026-01-01 00:00", "2027-01-01 00:00", timedelta(hours=8 * (261 - 5 + 1))),
    ],
)
def test_work_between_two_moments_leaves_out_closed_hours(start: str, end: str, work: timedelta) -> None:
    assert CALENDAR.between(at(start), at(end)) == work


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-02 15:00", 2, "2026-03-04 15:00"),
        ("2026-03-06 15:00", 1, "2026-03-09 15:00"),
        ("2026-03-07 15:00", 1, "2026-03-10 09:00"),  # a Saturday counts from Monday's opening
        ("2026-09-30 10:00", 3, "2026-10-10 10:00"),
        ("2026-03-02 15:00", 0, "2026-03-02 15:00"),
    ],
)
def test_working_days_keep_the_time_of_day(start: str, days: int, end: str) -> None:
    assert CALENDAR.add_days(at(start), days) == at(end)


def test_a_time_the_last_day_does_not_have_moves_to_its_close() -> None:
    morning = parse_hours([["09:00", "12:00"]])
    half = WorkingCalendar(zone=SHANGHAI, week=CALENDAR.week, exceptions={date(2026, 3, 3): morning})
    assert half.add_days(at("2026-03-02 17:00"), 1) == at("2026-03-03 12:00")


def test_days_between_counts_working_days_only() -> None:
    assert CALENDAR.days_between(at("2026-03-02 09:00"), at("2026-03-09 09:00")) == 5
    assert CALENDAR.days_between(at("2026-09-30 23:00"), at("2026-10-10 01:00")) == 3
    assert CALENDAR.days_between(at("2026-03-09 09:00"), at("2026-03-02 09:00")) == -5


def test_next_open_is_now_when_open_and_the_opening_otherwise() -> None:
    assert CALENDAR.next_open(at("2026-03-02 10:00")) == at("2026-03-02 10:00")
    assert CALENDAR.next_open(at("2026-03-02 12:30")) == at("2026-03-02 13:00")
    assert CALENDAR.next_open(at("2026-03-06 18:00")) == at("2026-03-09 09:00")


def test_days_beyond_the_published_holidays_are_provisional() -> None:
    assert not CALENDAR.is_provisional(at("2026-12-31 23:59"))
    assert CALENDAR.is_provisional(at("2027-01-01 00:00"))


def test_a_shift_over_midnight_is_two_spans() -> None:
    night = parse_hours([["00:00", "06:00"], ["22:00", "24:00"]])
    calendar = WorkingCalendar(zone=SHANGHAI, week=(night,) * 7)
    assert calendar.add(at("2026-03-02 23:00"), timedelta(hours=3)) == at("2026-03-03 02:00")


def test_a_calendar_without_any_hour_is_refused() -> None:
    with pytest.raises(CalendarHasNoHours):
        WorkingCalendar(zone=SHANGHAI, week=(CLOSED,) * 7)


@pytest.mark.parametrize(
    "spans",
    [
        [["09:00", "08:00"]],
        [["09:00", "12:00"], ["11:00", "13:00"]],
        [["9", "10:00"]],
        [["09:00", "24:30"]],
        [["09:00"]],
    ],
)
def test_hours_that_make_no_sense_are_refused(spans: list[list[str]]) -> None:
    with pytest.raises(InvalidHours):
        parse_hours(spans)
