from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from tests.factories.org import House
from tests.factories.org import house as make_house

from shuniu.foundation.clock import now
from shuniu.foundation.live import tickets
from shuniu.foundation.live.contracts import BadTicket

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def test_a_signed_in_person_gets_a_ticket_for_what_they_may_see(house: House) -> None:
    zhang, chen = house.staff["zhang"], house.staff["chen"]
    topics = [f"staff:{chen}", f"staff:{zhang}", "customer@*", "customer:99999"]
    answer = house.client("chen").send("POST", "/api/live/tickets", {"topics": topics})
    assert answer.status_code == 200, answer.content
    told = answer.json()
    grant = tickets.read(told["ticket"], now())
    assert grant.topics == {
        f"staff:{chen}": (f"staff:{chen}",),
        f"customer@{house.units['WHGG']}": ("customer@*",),
    }
    assert timedelta(minutes=9) < grant.expires_at - now() <= timedelta(minutes=10)
    assert urlsplit(told["url"]).path == "/stream"


def test_an_administrator_follows_all_units_by_one_topic(house: House) -> None:
    told = house.client("admin").send("POST", "/api/live/tickets", {"topics": ["customer@*"]}).json()
    assert tickets.read(told["ticket"], now()).topics == {"customer@*": ("customer@*",)}


def test_nobody_else_gets_a_ticket(house: House) -> None:
    client = house.client("chen")
    client.cookies.clear()
    assert client.send("POST", "/api/live/tickets", {"topics": ["customer@*"]}).status_code == 401


@pytest.mark.parametrize("topics", [[], ["nonsense"], ["customer:0"]])
def test_a_wish_that_is_none_is_refused(house: House, topics: list[str]) -> None:
    answer = house.client("chen").send("POST", "/api/live/tickets", {"topics": topics})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "topics"


def test_a_ticket_is_good_for_ten_minutes_and_not_to_be_changed(house: House) -> None:
    text = (
        house.client("admin").send("POST", "/api/live/tickets", {"topics": ["customer@*"]}).json()["ticket"]
    )
    with pytest.raises(BadTicket):
        tickets.read(text, now() + timedelta(minutes=10))
    for forged in (text[:-1] + ("a" if text[-1] != "a" else "b"), "x" + text, text.partition(":")[0]):
        with pytest.raises(BadTicket):
            tickets.read(forged, now())
