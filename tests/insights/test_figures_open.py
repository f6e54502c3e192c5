"""Every figure of the day opens the list of exactly the orders it counts."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from tests.factories import work_orders as make
from tests.factories.hub import hear
from tests.factories.org import client_of

from shuniu.foundation.hub import Ref
from shuniu.org import actions as org
from shuniu.work_orders import actions
from shuniu.work_orders.links import order_of, token_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
# Saturday 00:30 in Wuhan, still Friday in UTC
AFTER_MIDNIGHT = make.MORNING + timedelta(hours=14, minutes=30)


def finish(made, now):
    """Confirmed, rated 4 and closed."""
    for act, key, more in (
        (actions.confirm, "confirm", {}),
        (actions.rate, "rate", {"answers": {"rating": 4, "solved": True}}),
    ):
        order = order_of(token_of(made.id, 1), now=now)
        act(order=order, now=now, key=f"{key}-{made.id}", **more)
        make.settle(now)


@pytest.fixture
def place():
    """Friday: one order open, one completed, one closed, one called off; Saturday: one closed."""
    place = make.shop()
    make.offered(place)
    make.completed(place)
    finish(make.completed(place), make.MORNING + make.MINUTE)
    called_off = make.offered(place)
    actions.cancel(
        order_id=called_off.id, reason="不装了", by=place.actor("chen"), now=make.MORNING, key="off"
    )
    finish(make.completed(place, now=AFTER_MIDNIGHT - make.MINUTE), AFTER_MIDNIGHT)
    hear("insights.daily")
    return place


def opened(client, link):
    """What the list answers behind a link of the console."""
    parts = urlsplit(link)
    assert parts.path == "/console/work-orders"
    return client.get(f"/api/work-orders?{parts.query}&limit=100").json()


@pytest.mark.parametrize("who", ["chen", "zhou", "sun", "admin"])
def test_every_figure_opens_as_many_orders_as_it_says(place, who):
    client = client_of(place.staff[who])
    friday = client.get("/api/insights/figures?day=2026-11-20").json()
    assert {row["key"]: row["count"] for row in friday} == {
        "opened": 4, "accepted": 2, "completed": 2, "closed": 1, "rated": 1,
    }  # fmt: skip
    saturday = client.get("/api/insights/figures?day=2026-11-21").json()
    assert {row["key"]: row["count"] for row in saturday} == {
        "opened": 1, "accepted": 1, "completed": 1, "closed": 1, "rated": 1,
    }  # fmt: skip
    for row in friday + saturday:
        assert opened(client, row["link"])["total"] == row["count"], row


def test_the_base_opens_the_orders_of_the_seven_days_before(place):
    client = client_of(place.staff["chen"])
    rows = {row["key"]: row for row in client.get("/api/insights/figures?day=2026-11-21").json()}
    assert (rows["opened"]["base_count"], rows["rated"]["base_total"]) == ("0.6", "0.57")
    assert opened(client, rows["opened"]["base_link"])["total"] == 4
    assert opened(client, rows["rated"]["base_link"])["total"] == 1


def test_an_order_of_another_unit_one_takes_part_in_is_not_among_them(place):
    elsewhere = make.order(place, by="sun", unit_id=place.sister)
    org.take_part(
        subject=Ref("work_order", elsewhere.id), staff_ids=[place.staff["chen"]], why="asked",
        by=make.HOUSE, now=make.MORNING,
    )  # fmt: skip
    client = client_of(place.staff["chen"])
    query = "moment=opened&day_from=2026-11-20&day_to=2026-11-20"
    assert client.get(f"/api/work-orders?{query}").json()["total"] == 5
    assert client.get(f"/api/work-orders?{query}&in_units=true").json()["total"] == 4


def test_called_off_orders_have_a_moment_of_their_own(place):
    client = client_of(place.staff["chen"])
    day = "day_from=2026-11-20&day_to=2026-11-20"
    rows = client.get(f"/api/work-orders?moment=cancelled&{day}").json()["items"]
    assert [row["status"] for row in rows] == ["cancelled"]
    assert client.get(f"/api/work-orders?moment=confirmed&{day}").json()["total"] == 1


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "yesterday"])
def test_a_day_that_is_none_is_refused(place, day):
    client = client_of(place.staff["chen"])
    assert client.get(f"/api/work-orders?day_to={day}").status_code == 422
    assert client.get(f"/api/insights/figures?day={day}").status_code == 422
    assert client.get(f"/api/insights/nodes?first={day}&last={day}").status_code == 422
