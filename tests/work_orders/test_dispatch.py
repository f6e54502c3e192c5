"""Who is sent, and what happens when they do not come."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import work_orders as make

from shuniu.flows import actions as flows
from shuniu.foundation.errors import Forbidden
from shuniu.org import queries as org
from shuniu.org.models import Notice
from shuniu.work_orders import actions, queries
from shuniu.work_orders.contracts import NotAFieldWorker, NotDispatchable, OrderNotFound
from shuniu.work_orders.dispatching import window
from shuniu.work_orders.models import WorkOrder, WorkOrderOffer

pytestmark = pytest.mark.django_db


def offers(order_id):
    rows = WorkOrderOffer.objects.filter(order_id=order_id).order_by("id")
    return list(rows.values_list("staff__name", "outcome"))


def test_city_and_skills_come_first_and_everyone_is_explained():
    place = make.shop()
    made = make.offered(place)
    (offer,) = queries.detail(made.id, actor=place.actor("chen"), now=make.MORNING).offers
    assert [(c.name, c.rank, c.why.zh) for c in offer.candidates] == [
        ("张师傅", 1, "空闲率 100%（近三个工作日已约 0 / 1440 分钟）"),
        ("王师傅", 2, "空闲率 100%（近三个工作日已约 0 / 1440 分钟）"),
        ("刘师傅", None, "缺少技能：高空作业"),
    ]
    assert offer.staff_name == "张师傅"


def test_free_capacity_decides_before_the_turn():
    place = make.shop()
    first = make.offered(place)
    actions.accept(order_id=first.id, by=place.actor("zhang"), now=make.MORNING, key="a")
    second = make.offered(place)
    assert offers(second.id) == [("王师傅", None)]
    # 150 of 1440 minutes are booked
    detail = queries.detail(second.id, actor=place.actor("chen"), now=make.MORNING)
    assert [(c.name, c.booked_minutes, c.free) for c in detail.offers[0].candidates[:2]] == [
        ("王师傅", 0, 1.0),
        ("张师傅", 150, 0.8958),
    ]


def test_who_was_offered_longest_ago_is_next_when_all_are_equally_free():
    place = make.shop()
    orders = [make.offered(place, now=make.MORNING + n * make.MINUTE) for n in range(4)]
    assert [offers(order.id)[0][0] for order in orders] == ["张师傅", "王师傅", "张师傅", "王师傅"]


def test_who_is_fully_booked_is_not_sent():
    place = make.shop()
    made = make.offered(place)
    WorkOrder.objects.filter(pk=made.id).update(worker_id=place.staff["zhang"], accepted_at=make.MORNING)
    WorkOrder._meta.get_field("kind").related_model.objects.update(service_minutes=1440)
    second = make.offered(place)
    detail = queries.detail(second.id, actor=place.actor("chen"), now=make.MORNING)
    zhang = next(c for c in detail.offers[0].candidates if c.name == "张师傅")
    assert (zhang.rank, zhang.why.zh) == (None, "已排满，空闲率 0%（近三个工作日已约 1440 / 1440 分钟）")


def test_the_last_three_working_days_skip_the_weekend():
    place = make.shop()
    monday = datetime(2026, 11, 23, 2, tzinfo=UTC)
    since, minutes = window(org.calendar(place.store), monday)
    assert (since, minutes) == (datetime(2026, 11, 18, 16, tzinfo=UTC), 3 * 8 * 60)


def test_a_declined_order_goes_to_the_next_candidate():
    place = make.shop()
    made = make.offered(place)
    actions.decline(order_id=made.id, reason="今天已满", by=place.actor("zhang"), now=make.MORNING, key="d")
    make.settle(make.MORNING)
    assert offers(made.id) == [("张师傅", "declined"), ("王师傅", None)]
    reason = WorkOrderOffer.objects.get(order_id=made.id, outcome="declined").reason
    assert reason == "今天已满"


def test_no_answer_in_30_working_minutes_goes_to_the_next_and_the_store_is_told():
    place = make.shop()
    made = make.offered(place)
    later = make.MORNING + timedelta(minutes=30)
    assert flows.fire_due(now=later - make.MINUTE) == 1
    make.settle(later - make.MINUTE)
    assert flows.fire_due(now=later) == 1
    make.settle(later)
    assert offers(made.id) == [("张师傅", "no_answer"), ("王师傅", None)]
    told = Notice.objects.filter(kind="flow.overdue").values_list("staff__name", flat=True)
    assert list(told) == ["陈店长"]
    reminded = Notice.objects.filter(kind="flow.reminder").values_list("staff__name", flat=True)
    assert list(reminded) == ["张师傅"]


def test_when_nobody_is_left_the_store_chooses():
    place = make.shop()
    made = make.offered(place)
    for who in ("zhang", "wang"):
        actions.decline(order_id=made.id, reason="太远", by=place.actor(who), now=make.MORNING, key=who)
        make.settle(make.MORNING)
    assert make.open_nodes(made.id) == ["by_hand"]
    actions.dispatch_by_hand(
        order_id=made.id, staff_id=place.staff["liu"], by=place.actor("chen"), now=make.MORNING, key="h"
    )
    assert make.open_nodes(made.id) == ["accept"]
    assert offers(made.id)[-1] == ("刘师傅", None)
    actions.accept(order_id=made.id, by=place.actor("liu"), now=make.MORNING, key="a")
    assert queries.card(made.id).worker_id == place.staff["liu"]


def test_the_store_may_replace_who_was_offered_and_the_limit_begins_anew():
    place = make.shop()
    made = make.offered(place)
    later = make.MORNING + 20 * make.MINUTE
    chen = place.actor("chen")
    actions.dispatch_by_hand(order_id=made.id, staff_id=place.staff["liu"], by=chen, now=later, key="h")
    actions.dispatch_by_hand(order_id=made.id, staff_id=place.staff["liu"], by=chen, now=later, key="h")
    assert offers(made.id) == [("张师傅", "withdrawn"), ("刘师傅", None)]
    step = make.run_of(made.id, later).open_at("accept")
    assert step.due_at == later + 30 * make.MINUTE
    assert [work.staff_name for work in step.works] == ["刘师傅"]


def test_choosing_by_hand_is_for_those_who_may_and_for_field_workers():
    place = make.shop()
    made = make.offered(place)
    liu = place.staff["liu"]

    def choose(who, staff_id=liu):
        actions.dispatch_by_hand(
            order_id=made.id, staff_id=staff_id, by=place.actor(who), now=make.MORNING, key="h"
        )

    with pytest.raises(Forbidden):
        choose("xiaoli")
    with pytest.raises(OrderNotFound):
        choose("he")
    with pytest.raises(NotAFieldWorker):
        choose("chen", place.staff["xiaoli"])
    actions.accept(order_id=made.id, by=place.actor("zhang"), now=make.MORNING, key="a")
    with pytest.raises(NotDispatchable):
        choose("chen")
