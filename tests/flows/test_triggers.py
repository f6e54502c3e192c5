"""The three triggers that come ready made, each by the clock."""

from datetime import timedelta

import pytest
from tests.factories import purchase
from tests.factories import work_orders as shops

from shuniu.commerce.models import Coupon
from shuniu.customers import actions as customers
from shuniu.customers.actions import Changes
from shuniu.customers.contracts import Stage
from shuniu.flows import actions, queries
from shuniu.flows.models import FlowRun
from shuniu.flows.queries.choices import template
from shuniu.foundation.hub import Event, Ref, read_facts
from shuniu.org import actions as org
from shuniu.org.models import Notice, Position

pytestmark = pytest.mark.django_db
NOW = shops.MORNING
DAYS = timedelta(days=3)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def place():
    return shops.shop()


def install(key):
    purchase.publish(dict(template(key).document), key)


def spoke(place, number, at=NOW):
    return Event(
        number, at, "customer.spoke", Ref("customer", place.customer), place.store, place.customer, "", {}
    )


def pass_time(until):
    fired = actions.fire_due(now=until)
    shops.settle(until)
    return fired


def test_a_customer_who_is_silent_for_three_days_gets_one_coupon(place):
    install("silent_coupon")
    actions.deliver([spoke(place, 1)])
    actions.deliver([spoke(place, 2, NOW + MINUTE)])
    first, second = FlowRun.objects.order_by("pk").values_list("pk", flat=True)
    assert purchase.see(first).status == "ended"
    assert pass_time(NOW + DAYS) == 0
    assert Coupon.objects.count() == 0
    assert pass_time(NOW + DAYS + MINUTE) == 1
    assert [(c.customer_id, str(c.amount)) for c in Coupon.objects.all()] == [(place.customer, "20.00")]
    assert purchase.see(second).status == "ended"
    at_hand = read_facts(["客户.可用优惠券"], "customer", [place.customer], NOW + DAYS + MINUTE)
    assert at_hand[place.customer]["客户.可用优惠券"] == 1
    assert pass_time(NOW + 2 * DAYS) == 0
    assert Coupon.objects.count() == 1


def test_a_contract_unsigned_at_its_limit_goes_to_the_owners_supervisor(place):
    install("contract_supervisor")
    customers.update(
        customer_id=place.customer,
        changes=Changes(owner_id=place.staff["xiaoli"]),
        by=place.actor("chen"),
        now=NOW,
    )
    run_id = purchase.start(place, flow="contract_supervisor").run_id
    step = purchase.open_at(run_id, "sign")
    assert [work.staff_name for work in step.works] == ["小李"]
    assert pass_time(step.due_at - 61 * MINUTE) == 0
    pass_time(step.due_at - MINUTE)
    assert queries.inbox(place.staff["chen"], now=NOW) == []
    pass_time(step.due_at)
    assert [row.node for row in queries.inbox(place.staff["chen"], now=step.due_at)] == ["sign"]
    assert queries.inbox(place.staff["xiaoli"], now=step.due_at) == []
    overdue = Notice.objects.filter(kind="flow.overdue").values_list("staff__name", flat=True)
    assert list(overdue) == ["陈店长"]


def test_a_trial_not_renewed_for_three_days_reminds_the_class_teacher(place):
    install("trial_renewal")
    teacher = Position.objects.get(key="class_teacher")
    org.assign(
        staff_id=place.staff["xiaoli"],
        unit_id=place.store,
        position_id=teacher.pk,
        by=shops.HOUSE,
        now=shops.EARLY,
    )
    late = purchase.start(place, flow="trial_renewal").run_id
    assert pass_time(NOW + DAYS - MINUTE) == 0
    assert pass_time(NOW + DAYS) == 1
    assert purchase.see(late).status == "ended"
    told = Notice.objects.filter(kind="flow.notify").values_list("staff__name", flat=True)
    assert list(told) == ["小李"]


def test_a_renewal_in_time_reminds_nobody(place):
    install("trial_renewal")
    run_id = purchase.start(place, flow="trial_renewal").run_id
    customers.update(
        customer_id=place.customer, changes=Changes(stage=Stage.ACTIVE), by=place.actor("xiaoli"), now=NOW
    )
    subject = Ref("customer", place.customer)
    data = {"stage": "active", "before": "lead"}
    actions.deliver([Event(7, NOW, "customer.stage_changed", subject, place.store, place.customer, "", data)])
    assert purchase.see(run_id).status == "ended"
    assert pass_time(NOW + DAYS) == 0
    assert not Notice.objects.filter(kind="flow.notify").exists()
