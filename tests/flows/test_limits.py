"""Limits of steps: lights, reminders, escalation, each rung once."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import flows as make
from tests.factories import work_orders as shops

from shuniu.flows import actions
from shuniu.flows.models import FlowStep, FlowTimer
from shuniu.org.models import Notice

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def place():
    found = shops.shop()
    make.publish()
    return found


def notices(kind):
    return list(Notice.objects.filter(kind=kind).order_by("id").values_list("staff__name", flat=True))


def fire(now):
    fired = actions.fire_due(now=now)
    shops.settle(now)
    return fired


def test_the_limit_counts_working_time(place):
    # 17:30 in Wuhan on a Friday: half an hour is left of the day, the rest falls on Monday morning
    late = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    run = make.start(place, now=late)
    step = FlowStep.objects.get(run_id=run.run_id, status="open")
    assert step.due_at == datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def test_the_light_turns_yellow_and_red_by_itself(place):
    run = make.start(place)
    lights = [
        make.see(run.run_id, shops.MORNING + minutes * MINUTE).steps[-1].light
        for minutes in (0, 44, 45, 60, 61)
    ]
    assert lights == ["green", "green", "yellow", "yellow", "red"]


def test_reminders_go_to_whoever_is_asked_and_the_escalation_to_the_region(place):
    make.start(place)
    shops.settle(shops.MORNING)
    assert fire(shops.MORNING + 29 * MINUTE) == 0
    assert fire(shops.MORNING + 30 * MINUTE) == 1
    assert fire(shops.MORNING + 50 * MINUTE) == 1
    assert notices("flow.reminder") == ["陈店长", "陈店长"]
    assert fire(shops.MORNING + 60 * MINUTE) == 1
    assert notices("flow.overdue") == ["周经理"]
    assert fire(shops.MORNING + 90 * MINUTE) == 0


def test_after_an_outage_only_the_last_rung_is_told(place):
    run = make.start(place)
    shops.settle(shops.MORNING)
    assert fire(shops.MORNING + 120 * MINUTE) == 3
    assert (notices("flow.reminder"), notices("flow.overdue")) == ([], ["周经理"])
    states = FlowTimer.objects.filter(run_id=run.run_id).order_by("fire_at").values_list("rung", "status")
    assert list(states) == [("before_30", "missed"), ("before_10", "missed"), ("due", "fired")]


def test_a_closed_step_rings_no_more(place):
    run = make.start(place)
    actions.cancel(run_id=run.run_id, by=shops.HOUSE, now=shops.MORNING, key="k")
    assert fire(shops.MORNING + 120 * MINUTE) == 0
    assert set(FlowTimer.objects.values_list("status", flat=True)) == {"cancelled"}
