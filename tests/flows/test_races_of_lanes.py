"""Joins, countersigns and returns raced by threads with connections of their own: one outcome, nothing lost or doubled."""

import threading

import pytest
from django.db import connection, transaction
from tests.factories import flows as make
from tests.factories import purchase
from tests.factories import work_orders as shops
from tests.flows.test_races import race

from shuniu.flows import actions
from shuniu.flows.models import FlowCommand, FlowEffect, FlowRun, FlowStep, FlowWork
from shuniu.foundation.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
NOW = shops.MORNING


@pytest.fixture
def lanes():
    place = shops.shop()
    purchase.publish()
    run_id = purchase.start(place).run_id
    purchase.answer(place, run_id, "apply", "xiaoli")
    return place, run_id


def voting(place, run_id, who, key=None):
    work, by = purchase.work(place, run_id, "heads", who), place.actor(who)
    return lambda: actions.complete(work_id=work, outcome="approved", by=by, now=NOW, key=key or who)


def checking(place, run_id, who="zhang"):
    work, by = purchase.work(place, run_id, "stock", who), place.actor(who)
    actions.claim(work_id=work, by=by, now=NOW, key=f"claim-{who}")
    return lambda: actions.complete(work_id=work, by=by, now=NOW, key="stock")


def returning(place, run_id, who):
    work, by = purchase.work(place, run_id, "heads", who), place.actor(who)
    return lambda: actions.send_back(
        work_id=work, to="apply", reason="重填", by=by, now=NOW, key=f"back-{who}"
    )


def whole(run_id):
    """Nothing is open twice, and what is closed has nothing open below it."""
    open_nodes = purchase.nodes(run_id)
    assert len(open_nodes) == len(set(open_nodes))
    assert not FlowWork.objects.filter(run_id=run_id, status="open").exclude(step__status="open").exists()
    revs = list(FlowCommand.objects.filter(run_id=run_id).order_by("rev").values_list("rev", flat=True))
    assert revs == list(range(1, len(revs) + 1))
    assert revs[-1] == FlowRun.objects.get(pk=run_id).rev
    return open_nodes


def test_the_last_two_signers_and_the_other_lane_meet_at_the_join_once(lanes):
    place, run_id = lanes
    results = race(voting(place, run_id, "chen"), voting(place, run_id, "zhou"), checking(place, run_id))
    assert not [one for one in results if isinstance(one, Exception)]
    assert whole(run_id) == ["pay"]
    assert FlowStep.objects.filter(run_id=run_id, node="pay").count() == 1
    assert FlowEffect.objects.filter(run_id=run_id, effect="test.pay").count() == 1


def test_of_two_who_approve_one_seat_at_once_one_is_told(lanes):
    place, run_id = lanes
    results = race(voting(place, run_id, "chen", "a"), voting(place, run_id, "chen", "b"))
    lost = [one for one in results if isinstance(one, DomainError)]
    assert [one.code for one in lost] == ["flow.work_taken"]
    assert FlowWork.objects.filter(run_id=run_id, status="done", step__node="heads").count() == 1


def test_a_return_and_the_other_lane_at_once_leave_one_application_open(lanes):
    place, run_id = lanes
    race(returning(place, run_id, "chen"), checking(place, run_id), voting(place, run_id, "zhou"))
    assert whole(run_id) in (["apply"], ["heads", "meet"])
    assert FlowStep.objects.filter(run_id=run_id, node="apply").count() <= 2


def test_two_returns_at_once_are_one(lanes):
    place, run_id = lanes
    results = race(returning(place, run_id, "chen"), returning(place, run_id, "zhou"))
    assert len([one for one in results if isinstance(one, DomainError)]) == 1
    assert whole(run_id) == ["apply"]
    assert FlowStep.objects.filter(run_id=run_id, node="apply").count() == 2


def test_an_answer_whose_connection_was_lost_after_the_commit_is_sent_again_without_harm(lanes):
    place, run_id = lanes
    vote = voting(place, run_id, "chen")
    lost = threading.Thread(target=lambda: (vote(), connection.connection.close(), connection.close()))
    lost.start()
    lost.join(timeout=60)
    assert vote().replayed is True
    assert FlowWork.objects.filter(run_id=run_id, status="done", step__node="heads").count() == 1


def test_a_worker_killed_between_two_effects_leaves_the_second_to_the_next(lanes):
    place, run_id = lanes
    for deed in (voting(place, run_id, "chen"), voting(place, run_id, "zhou"), checking(place, run_id)):
        deed()
    paid = []

    class KilledError(BaseException):
        """As the process going away: nothing handles it, the transaction is gone."""

    def pay(**_):
        paid.append(1)
        if len(paid) == 1:
            raise KilledError
        return {"amount": 5}

    with make.effect("test.pay", pay):
        with pytest.raises(KilledError):
            shops.settle(NOW)
        assert FlowEffect.objects.get(run_id=run_id, effect="test.pay").status == "pending"
        shops.settle(NOW)
        shops.settle(NOW)
    assert whole(run_id) == ["receive"]
    assert FlowRun.objects.get(pk=run_id).facts["金额"] == 5
    assert not transaction.get_connection().in_atomic_block


def test_two_workers_bring_each_event_of_time_once(lanes):
    place, _ = lanes
    for number in range(5):
        purchase.start(place, key=f"late-{number}")
    later = NOW.replace(hour=NOW.hour + 2)
    fired = race(*[lambda: actions.fire_due(now=later)] * 3)
    assert sum(fired) <= 6
    while actions.fire_due(now=later):
        pass
    doubled = FlowCommand.objects.filter(kinds=["fire_timer"]).values_list("run_id", flat=True)
    assert len(doubled) == len(set(doubled)) == 6
