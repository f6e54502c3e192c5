"""Working calendars: shipped, seeded with the published holidays, edited, and chosen per unit."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.factories.org import HOUSE, NOON, House

from shuniu.core.calendar import Hours
from shuniu.foundation.errors import Forbidden
from shuniu.org import actions, queries
from shuniu.org.contracts import CalendarDetail, InvalidCalendar
from shuniu.org.models import Calendar, CalendarDay

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = Hours(((540, 720), (780, 1080)))


def office() -> CalendarDetail:
    return next(detail for detail in queries.calendar_details() if detail.key == "office")


def test_office_hours_hold_unless_a_unit_says_otherwise(house: House) -> None:
    calendar = queries.calendar(house.units["WHGG"])
    assert calendar.hours_on(date(2026, 3, 2)) == OFFICE
    assert calendar.hours_on(date(2026, 3, 7)) == Hours()

    actions.set_setting(key="org.calendar", unit_id=house.units["HZ"], value="service", by=HOUSE, now=NOON)
    assert queries.calendar(house.units["WHGG"]).hours_on(date(2026, 3, 7)) == Hours(((480, 1200),))
    assert queries.calendar(house.units["SHXH"]).hours_on(date(2026, 3, 7)) == Hours()


def test_published_holidays_and_days_worked_in_exchange_are_known(house: House) -> None:
    calendar = queries.calendar(house.units["HQ"])
    assert calendar.hours_on(date(2026, 10, 1)) == Hours()  # National Day, a Thursday
    assert calendar.hours_on(date(2026, 10, 10)) == OFFICE  # a Saturday worked in exchange
    start = datetime(2026, 9, 30, 17, 30, tzinfo=SHANGHAI)
    assert calendar.add(start, timedelta(hours=1)) == datetime(2026, 10, 8, 9, 30, tzinfo=SHANGHAI)


def test_beyond_the_published_years_days_are_provisional(house: House) -> None:
    calendar = queries.calendar(house.units["HQ"])
    detail = office()
    assert detail.known_until is not None
    beyond = datetime(detail.known_until.year + 1, 1, 4, 12, tzinfo=SHANGHAI)
    assert calendar.is_provisional(beyond)
    assert not calendar.is_provisional(beyond - timedelta(days=30))


def test_units_that_share_a_calendar_share_the_object_and_two_queries(
    house: House, django_assert_num_queries: Any
) -> None:
    queries.calendar(house.units["HQ"])
    with django_assert_num_queries(2):
        found = queries.calendars(house.units.values())
    assert len({id(calendar) for calendar in found.values()}) == 1


def test_an_edited_day_holds_at_once_and_outlives_a_new_seed(house: House) -> None:
    assert queries.calendar(house.units["HQ"]).hours_on(date(2026, 10, 3)) == Hours()
    actions.set_day(
        calendar_id=office().id,
        day=date(2026, 10, 3),
        hours=[["10:00", "12:00"]],
        name="值班",
        by=HOUSE,
        now=NOON,
    )
    assert queries.calendar(house.units["HQ"]).hours_on(date(2026, 10, 3)) == Hours(((600, 720),))

    Calendar.objects.filter(key="office").update(known_until=date(2025, 12, 31))
    assert actions.seed_holidays(by=HOUSE, now=NOON) == 1
    assert queries.calendar(house.units["HQ"]).hours_on(date(2026, 10, 3)) == Hours(((600, 720),))

    actions.clear_day(calendar_id=office().id, day=date(2026, 10, 3), by=HOUSE, now=NOON)
    assert queries.calendar(house.units["HQ"]).hours_on(date(2026, 10, 3)) == Hours()


def test_seeding_again_changes_nothing(house: House) -> None:
    before = CalendarDay.objects.count()
    assert actions.seed_holidays(by=HOUSE, now=NOON) == 0
    actions.ensure_shipped(zone="Asia/Shanghai", by=HOUSE, now=NOON)
    assert CalendarDay.objects.count() == before


def test_a_calendar_is_edited_over_http(house: House) -> None:
    admin = house.client("admin")
    week = [[["09:00", "18:00"]]] * 6 + [[]]
    body = {"key": "six_days", "name": "六天制", "week": week, "follows_holidays": True}
    made = admin.send("POST", "/api/org/calendars", body).json()
    assert (made["key"], made["week"][5], made["week"][6]) == ("six_days", [["09:00", "18:00"]], [])

    days = admin.get(f"/api/org/calendars/{made['id']}/days", {"year": 2026}).json()
    assert {"day": "2026-10-01", "hours": [], "name": "国庆节", "source": "seed"} in days
    # the Saturday worked in exchange is a working day of this week anyway
    assert "2026-10-10" not in {day["day"] for day in days}

    changed = admin.send(
        "PUT", f"/api/org/calendars/{made['id']}/days/2026-03-08", {"hours": [["10:00", "16:00"]]}
    )
    assert {
        "day": "2026-03-08",
        "hours": [["10:00", "16:00"]],
        "name": "",
        "source": "person",
    } in changed.json()
    assert admin.send("POST", "/api/org/calendars", body).status_code == 409
    assert admin.send("POST", "/api/org/calendars", {**body, "key": "x", "week": week[:6]}).status_code == 422


@pytest.mark.parametrize(
    ("week", "zone"),
    [
        ([[]] * 7, "Asia/Shanghai"),
        ([[["18:00", "09:00"]]] * 7, "Asia/Shanghai"),
        ([[["09:00", "18:00"]]] * 6, "Asia/Shanghai"),
        ([[["09:00", "18:00"]]] * 7, "Mars/Olympus"),
    ],
)
def test_a_week_that_makes_no_sense_is_refused(house: House, week: Any, zone: str) -> None:
    with pytest.raises(InvalidCalendar):
        actions.create_calendar(
            key="odd", name="怪", zone=zone, week=week, follows_holidays=False, by=HOUSE, now=NOON
        )


def test_calendars_belong_to_the_whole_enterprise(house: House) -> None:
    with pytest.raises(Forbidden):
        actions.set_day(
            calendar_id=office().id, day=date(2026, 3, 3), hours=[], by=house.actor("zhou"), now=NOON
        )
