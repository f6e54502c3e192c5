"""A work order on its flow earns money: offered with its income, settled when done, confirmed by the customer."""

import pytest
from tests.factories import work_orders as make
from tests.factories.plans import field_work_document

from shuniu.foundation.hub import Event, Ref, read_facts, registry
from shuniu.foundation.hub.models import EventRow
from shuniu.ledger import queries as ledger
from shuniu.org import actions as org
from shuniu.settlement import actions, queries
from shuniu.settlement.measures import EXPECTED_INCOME
from shuniu.settlement.models import Earning
from shuniu.work_orders import actions as work_orders
from shuniu.work_orders.links import order_of, token_of

pytestmark = pytest.mark.django_db


def hear(name: str) -> None:
    """Hand everything published so far to the subscriber of that name, as delivery would."""
    subscriber = registry.subscribers[name]
    rows = EventRow.objects.filter(name__in=subscriber.events).order_by("id")
    subscriber.handle(
        [
            Event(
                id=row.pk,
                at=row.at,
                name=row.name,
                subject=Ref(row.subject_kind, row.subject_id),
                unit_id=row.unit_id,
                customer_id=row.customer_id or None,
                by=row.by,
                data=row.data,
            )
            for row in rows
        ]
    )


def balances(staff_id: int) -> dict[str, str]:
    found = ledger.balances(Ref("staff", staff_id))
    return {purpose: str(amount) for purpose, amount in found.items() if amount}


def test_the_order_of_the_story_pays_380_yuan() -> None:
    place = make.shop()
    actions.publish_plan(
        document=field_work_document(), effective_from=make.EARLY, by=make.HOUSE, now=make.EARLY
    )
    org.set_setting(
        key="work_orders.hot_weather", unit_id=place.store, value=True, by=make.HOUSE, now=make.MORNING
    )
    made = make.offered(place)
    hear("settlement.expectations")
    assert read_facts([EXPECTED_INCOME], "work_order", [made.id], make.MORNING)[made.id] == {
        EXPECTED_INCOME: 380
    }
    offer = queries.preview_orders([made.id], make.MORNING)[made.id]
    assert [(line.text.zh, line.formula.zh, str(line.amount)) for line in offer.lines] == [
        ("高空空调安装", "基础费 300.00 × 难度系数 1.2 = 360.00", "360.00"),
        ("高温补贴", "+20.00", "20.00"),
        ("平台扣款", "−0.00", "0.00"),
    ]

    worker = make.worker_of(place, made.id)
    work_orders.accept(order_id=made.id, by=worker, now=make.MORNING, key="accept")
    work_orders.complete_visit(
        order_id=made.id, answers=make.visit_answers(worker), by=worker, now=make.MORNING, key="done"
    )
    make.settle(make.MORNING)
    assert worker.staff_id is not None
    assert balances(worker.staff_id) == {"earned": "380.00"}
    assert [str(line.amount) for line in Earning.objects.all()] == ["380.00"]

    order = order_of(token_of(made.id, 1), now=make.MORNING)
    work_orders.confirm(order=order, now=make.MORNING, key="confirm")
    hear("settlement.confirmations")
    assert balances(worker.staff_id) == {"confirmed": "380.00"}
    hear("settlement.confirmations")
    actions.release_due(by=make.HOUSE, now=make.MORNING)
    assert balances(worker.staff_id) == {"withdrawable": "380.00"}
    assert read_facts(["师傅.可提现"], "staff", [worker.staff_id], make.MORNING)[worker.staff_id] == {
        "师傅.可提现": 380
    }
