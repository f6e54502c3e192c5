"""Real races: threads with connections of their own on a real PostgreSQL."""

import threading
import time

import pytest
from django.db import connection
from tests.factories import flows as make
from tests.factories import work_orders as shops

from shuniu.flows import actions
from shuniu.flows.contracts import WorkTaken
from shuniu.flows.models import FlowCommand, FlowEffect, FlowStep

pytestmark = pytest.mark.django_db(transaction=True)


def race(*deeds):
    """Run deeds at the same moment; what each gave back or raised."""
    gate = threading.Barrier(len(deeds))
    results = [None] * len(deeds)

    def run(place, deed):
        try:
            gate.wait(timeout=30)
            results[place] = deed()
        except Exception as failure:  # noqa: BLE001 - handed back to the test
            results[place] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def asked_two(place):
    run = make.start(place)
    both = [place.staff["chen"], place.staff["sun"]]
    actions.assign(
        run_id=run.run_id, node="review", staff_ids=both, by=shops.HOUSE, now=shops.MORNING, key="both"
    )
    return run.run_id


def refusing(place, run_id, who, key):
    by = place.actor(who)
    work = make.work_of(run_id, by.staff_id)
    return lambda: actions.complete(
        work_id=work, outcome="refused", answers={"reason": "不符"}, by=by, now=shops.MORNING, key=key
    )


def test_of_two_people_who_answer_at_once_one_is_told_it_is_taken():
    place = shops.shop()
    make.publish()
    run_id = asked_two(place)
    results = race(refusing(place, run_id, "chen", "a"), refusing(place, run_id, "sun", "b"))
    lost = [r for r in results if isinstance(r, Exception)]
    assert len(lost) == 1
    assert lost[0].text().zh in {"已被他人处理", "流程已结束，不能再操作"}
    assert FlowStep.objects.filter(run_id=run_id, node="review").count() == 1
    assert make.see(run_id).status == "ended"


def test_a_double_click_at_the_same_moment_is_one_answer():
    place = shops.shop()
    make.publish()
    run_id = make.start(place).run_id
    results = race(*[refusing(place, run_id, "chen", "same")] * 3)
    assert sorted(result.replayed for result in results) == [False, True, True]
    assert FlowCommand.objects.filter(run_id=run_id).count() == 2


def test_two_starts_with_one_key_make_one_run():
    place = shops.shop()
    make.publish()
    results = race(*[lambda: make.start(place)] * 3)
    assert len({result.run_id for result in results}) == 1
    assert sorted(result.replayed for result in results) == [False, True, True]


def test_two_workers_run_each_effect_once():
    place = shops.shop()
    make.publish()
    for number in range(6):
        make.start(place, key=f"run-{number}")
    waiting = FlowEffect.objects.filter(status="pending").count()
    tried = race(*[lambda: actions.run_pending(now=shops.MORNING)] * 2)
    assert sum(tried) == waiting
    assert set(FlowEffect.objects.values_list("status", "attempts")) == {("done", 1)}


def test_an_effect_whose_worker_died_is_run_by_the_next_one():
    place = shops.shop()
    make.publish()
    run = make.start(place)
    began, died = threading.Event(), threading.Event()

    def doomed():
        """Claims the effect, writes, and loses its connection before the commit, as a killed process does."""
        with connection.cursor() as cursor:
            cursor.execute("begin")
            cursor.execute("select id from flow_effect where status = 'pending' for update")
            cursor.execute("update flow_effect set status = 'done'")
        began.set()
        died.wait(timeout=30)
        connection.connection.close()

    worker = threading.Thread(target=doomed)
    worker.start()
    assert began.wait(timeout=30)
    assert actions.run_pending(now=shops.MORNING) == 0
    died.set()
    worker.join(timeout=30)
    deadline = time.monotonic() + 30
    while not actions.run_pending(now=shops.MORNING):
        assert time.monotonic() < deadline, "the server never let go of the dead worker's row"
    assert set(FlowEffect.objects.filter(run_id=run.run_id).values_list("status", flat=True)) == {"done"}


def test_a_limit_that_comes_while_someone_answers_closes_the_step_once():
    place = shops.shop()
    made = shops.order(place)
    shops.settle(shops.MORNING)
    later = shops.MORNING + 31 * shops.MINUTE
    zhang = place.actor("zhang")
    work = make.queries.work_at(run_id=made.run_id, node="accept", staff_id=zhang.staff_id)
    results = race(
        lambda: actions.complete(work_id=work, outcome="accepted", by=zhang, now=later, key="a"),
        lambda: actions.fire_due(now=later),
    )
    closed = FlowStep.objects.get(run_id=made.run_id, node="accept", visit=3)
    assert closed.outcome in {"accepted", "no_answer"}
    assert isinstance(results[0], WorkTaken) is (closed.outcome == "no_answer")
