"""The whole line of one order, through the actions."""

import pytest
from tests.factories import work_orders as make

from shuniu.foundation.hub import Ref
from shuniu.work_orders import actions, queries
from shuniu.work_orders.links import order_of, token_of

pytestmark = pytest.mark.django_db


def test_an_order_goes_from_the_agent_to_the_customers_thanks():
    place = make.shop()
    made = make.order(place)
    assert make.open_nodes(made.id) == ["dispatch"]
    make.settle(make.MORNING)
    assert make.open_nodes(made.id) == ["accept"]

    zhang = place.actor("zhang")
    actions.accept(order_id=made.id, by=zhang, now=make.MORNING, key="a")
    assert make.open_nodes(made.id) == ["visit"]
    assert queries.card(made.id).worker_id == zhang.staff_id

    done_at = make.MORNING + 90 * make.MINUTE
    actions.complete_visit(
        order_id=made.id, answers=make.visit_answers(zhang), by=zhang, now=done_at, key="b"
    )
    assert queries.card(made.id).completed_at == done_at
    assert make.open_nodes(made.id) == ["confirm"]

    order = order_of(token_of(made.id, 1), now=done_at)
    actions.confirm(order=order, now=done_at, key="c")
    assert make.open_nodes(made.id) == ["survey"]
    order = order_of(token_of(made.id, 1), now=done_at)
    actions.rate(
        order=order, answers={"rating": 5, "solved": True, "comment": "师傅很专业"}, now=done_at, key="d"
    )
    make.settle(done_at)

    over = queries.card(made.id)
    assert (over.status, over.rating, over.closed_at) == ("closed", 5, done_at)
    run = make.run_of(made.id, done_at)
    assert run.status == "ended"
    assert [(step.node, step.outcome) for step in run.steps] == [
        ("start", ""),
        ("dispatch", "found"),
        ("accept", "accepted"),
        ("accepted", "accepted-visit"),
        ("visit", "done"),
        ("settle", ""),
        ("confirm", "confirmed"),
        ("survey", "rated"),
        ("satisfied", "satisfied-close"),
        ("close", ""),
    ]
    assert run.subject == Ref("work_order", made.id)
