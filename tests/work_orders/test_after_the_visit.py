"""Confirming, rating, closing, urging, cancelling."""

from datetime import timedelta

import pytest
from tests.factories import work_orders as make

from shuniu.flows import actions as flows
from shuniu.flows.contracts import AnswersInvalid, WorkTaken
from shuniu.foundation.errors import Forbidden
from shuniu.org.models import Notice
from shuniu.work_orders import actions, queries
from shuniu.work_orders.contracts import NobodyToUrge, OrderOver, UrgedAlready
from shuniu.work_orders.links import order_of, token_of
from shuniu.work_orders.models import WorkOrder

pytestmark = pytest.mark.django_db


def linked(order_id, now=make.MORNING):
    return order_of(token_of(order_id, 1), now=now)


def test_a_visit_needs_two_photos_a_place_and_a_signature():
    place = make.shop()
    made = make.offered(place)
    zhang = place.actor("zhang")
    actions.accept(order_id=made.id, by=zhang, now=make.MORNING, key="a")
    with pytest.raises(AnswersInvalid) as refused:
        actions.complete_visit(
            order_id=made.id, answers={"photos": [make.picture(zhang)]}, by=zhang, now=make.MORNING, key="b"
        )
    assert [(p.field, p.code) for p in refused.value.field_problems()] == [
        ("answers.photos", "too_few"),
        ("answers.location", "required"),
        ("answers.signature", "required"),
    ]


def test_after_72_hours_the_order_is_confirmed_by_itself():
    place = make.shop()
    made = make.completed(place)
    late = make.MORNING + timedelta(hours=72)
    assert flows.fire_due(now=late - timedelta(seconds=1)) == 0
    assert flows.fire_due(now=late) == 1
    make.settle(late)
    order = WorkOrder.objects.get(pk=made.id)
    assert (order.confirmed_at, order.confirmed_how) == (late, "timeout")
    assert make.open_nodes(made.id, late) == ["survey"]


def test_confirming_twice_changes_nothing():
    place = make.shop()
    made = make.completed(place)
    actions.confirm(order=linked(made.id), now=make.MORNING, key="c")
    actions.confirm(order=linked(made.id), now=make.MORNING + make.MINUTE, key="d")
    assert queries.card(made.id).confirmed_at == make.MORNING


@pytest.mark.parametrize(("rating", "told"), [(1, ["周经理"]), (2, ["周经理"]), (3, [])])
def test_a_bad_rating_reaches_the_region_manager(rating, told):
    place = make.shop()
    made = make.completed(place)
    actions.confirm(order=linked(made.id), now=make.MORNING, key="c")
    actions.rate(order=linked(made.id), answers={"rating": rating}, now=make.MORNING, key="r")
    make.settle(make.MORNING)
    assert list(Notice.objects.filter(kind="flow.notify").values_list("staff__name", flat=True)) == told
    assert (queries.card(made.id).status, queries.card(made.id).rating) == ("closed", rating)


def test_a_rating_is_given_once_and_from_1_to_5():
    place = make.shop()
    made = make.completed(place)
    actions.confirm(order=linked(made.id), now=make.MORNING, key="c")
    with pytest.raises(AnswersInvalid):
        actions.rate(order=linked(made.id), answers={"rating": 6}, now=make.MORNING, key="r")
    actions.rate(order=linked(made.id), answers={"rating": 4}, now=make.MORNING, key="s")
    with pytest.raises(WorkTaken):
        actions.rate(order=linked(made.id), answers={"rating": 1}, now=make.MORNING, key="t")
    assert queries.card(made.id).rating == 4


def test_without_a_rating_the_order_closes_after_seven_days():
    place = make.shop()
    made = make.completed(place)
    actions.confirm(order=linked(made.id), now=make.MORNING, key="c")
    late = make.MORNING + timedelta(days=7)
    flows.fire_due(now=late)
    make.settle(late)
    over = queries.card(made.id)
    assert (over.status, over.rating, over.closed_at) == ("closed", None, late)


def test_urging_tells_whoever_is_waited_for_once_in_ten_minutes():
    place = make.shop()
    made = make.offered(place)
    xiaoli = place.actor("xiaoli")
    assert actions.urge(order_id=made.id, by=xiaoli, now=make.MORNING) == [place.staff["zhang"]]
    with pytest.raises(UrgedAlready) as refused:
        actions.urge(order_id=made.id, by=xiaoli, now=make.MORNING + 4 * make.MINUTE)
    assert refused.value.data == {"minutes": 6}
    actions.urge(order_id=made.id, by=xiaoli, now=make.MORNING + 10 * make.MINUTE)
    assert Notice.objects.filter(kind="work_order.urge", staff_id=place.staff["zhang"]).count() == 2


def test_nobody_is_urged_while_the_customer_is_waited_for():
    place = make.shop()
    made = make.completed(place)
    with pytest.raises(NobodyToUrge):
        actions.urge(order_id=made.id, by=place.actor("xiaoli"), now=make.MORNING)


def test_an_open_order_may_be_called_off_with_a_reason():
    place = make.shop()
    made = make.offered(place)
    with pytest.raises(Forbidden):
        actions.cancel(order_id=made.id, reason="x", by=place.actor("zhang"), now=make.MORNING, key="c")
    actions.cancel(order_id=made.id, reason="客户不装了", by=place.actor("chen"), now=make.MORNING, key="c")
    assert queries.card(made.id).status == "cancelled"
    assert make.open_nodes(made.id) == []
    with pytest.raises(OrderOver):
        actions.cancel(order_id=made.id, reason="x", by=place.actor("chen"), now=make.MORNING, key="d")


def test_looking_at_the_number_is_for_the_worker_and_leaves_a_trace():
    place = make.shop()
    made = make.offered(place)
    zhang = place.actor("zhang")
    with pytest.raises(Forbidden):
        actions.phone(order_id=made.id, by=zhang, now=make.MORNING)
    actions.accept(order_id=made.id, by=zhang, now=make.MORNING, key="a")
    assert actions.phone(order_id=made.id, by=zhang, now=make.MORNING) == "13907110001"
