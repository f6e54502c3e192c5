"""Past orders are loaded whole, in few statements."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.factories import work_orders as make
from tests.factories.org import client_of

from shuniu.flows.contracts import PastStep
from shuniu.work_orders import actions, queries
from shuniu.work_orders.contracts import KindUnknown, OfferOutcome, PastOffer, PastOrder, Priority

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def past(place, number, **rest):
    opened = make.MORNING - number * DAY
    zhang, done = place.staff["zhang"], opened + 3 * make.MINUTE
    steps = (
        PastStep(node="start", kind="start", opened_at=opened, closed_at=opened),
        PastStep(
            node="accept",
            kind="task",
            opened_at=opened,
            closed_at=opened + make.MINUTE,
            outcome="accepted",
            staff_id=zhang,
            working_seconds=60,
        ),
        PastStep(
            node="visit",
            kind="task",
            opened_at=opened + make.MINUTE,
            closed_at=done,
            outcome="done",
            staff_id=zhang,
            working_seconds=120,
        ),
        PastStep(node="close", kind="end", opened_at=done, closed_at=done),
    )
    given = {
        "kind_key": "ac_install",
        "title": "装空调",
        "customer_id": place.customer,
        "unit_id": place.store,
        "priority": Priority.NORMAL,
        "contact_name": "王女士",
        "phone": "13907110001",
        "address": "光谷大道 77 号",
        "city": "武汉",
        "floor": 2,
        "opened_at": opened,
        "completed_at": done,
        "confirmed_at": done,
        "closed_at": done,
        "worker_id": zhang,
        "rating": 5,
        "solved": True,
        "created_by": "staff:1",
        "steps": steps,
        "offers": (
            PastOffer(staff_id=zhang, offered_at=opened, answered_at=opened, outcome=OfferOutcome.ACCEPTED),
        ),
    }
    return PastOrder(**{**given, **rest})


def test_a_past_order_looks_like_any_other():
    place = make.shop()
    (order_id,) = actions.load_history(orders=[past(place, 1)], by=make.HOUSE, now=make.MORNING)
    seen = queries.detail(order_id, actor=place.actor("chen"), now=make.MORNING)
    assert seen.run is not None
    assert [(s.node, s.working_seconds) for s in seen.run.steps if s.kind == "task"] == [
        ("accept", 60),
        ("visit", 120),
    ]
    assert (seen.worker_name, seen.rating, seen.status, seen.run.status) == ("张师傅", 5, "closed", "ended")
    assert seen.offers[0].outcome == "accepted"
    assert [
        row["id"] for row in client_of(place.staff["chen"]).get("/api/work-orders?text=0001").json()["items"]
    ] == [order_id]


def test_many_cost_the_same_number_of_statements(django_assert_max_num_queries):
    place = make.shop()
    with django_assert_max_num_queries(20):
        ids = actions.load_history(
            orders=[past(place, 1 + number % 90) for number in range(300)], by=make.HOUSE, now=make.MORNING
        )
    assert ids == list(range(ids[0], ids[0] + 300))
    made = make.order(place)
    assert made.id > ids[-1]
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from flow_step s join work_order o on o.run_id = s.run_id where o.id = any(%s)",
            [ids],
        )
        assert cursor.fetchone() == (1200,)


def test_an_unknown_kind_loads_nothing():
    place = make.shop()
    with pytest.raises(KindUnknown):
        actions.load_history(orders=[past(place, 1, kind_key="nothing")], by=make.HOUSE, now=make.MORNING)
