"""The outbox of effects: order, retries, incidents, results."""

from datetime import timedelta

import pytest
from tests.factories import flows as make
from tests.factories import work_orders as shops

from shuniu.flows import actions, queries
from shuniu.flows.contracts import EffectNotStuck
from shuniu.flows.models import FlowEffect

pytestmark = pytest.mark.django_db


def paying(place):
    """A run that waits for the effect `test.pay`."""
    make.publish()
    run = make.start(place)
    shops.settle(shops.MORNING)
    chen = place.actor("chen")
    answers = {"amount": "9", "papers": [shops.picture(chen)]}
    actions.complete(
        work_id=make.work_of(run.run_id, chen.staff_id),
        outcome="passed",
        answers=answers,
        by=chen,
        now=shops.MORNING,
        key="k",
    )
    return run.run_id


def test_the_result_of_an_awaited_effect_completes_its_step():
    place = shops.shop()
    run_id = paying(place)
    calls = []

    def pay(*, params, subject, by, now, key):
        calls.append((subject.id, key))
        return {"outcome": "done", "facts": {"流水号": "P1"}}

    with make.effect("test.pay", pay):
        assert actions.run_pending(now=shops.MORNING) == 1
        assert actions.run_pending(now=shops.MORNING) == 0
    view = make.see(run_id)
    assert (view.status, view.steps[-1].node) == ("ended", "end")
    (row,) = FlowEffect.objects.filter(effect="test.pay")
    assert calls == [(place.customer, f"flow:{row.step_id}:1")]
    assert (row.status, row.result) == ("done", {"outcome": "done", "facts": {"流水号": "P1"}})


def test_a_failing_effect_waits_longer_each_time_and_then_for_a_person():
    run_id = paying(shops.shop())
    now = shops.MORNING

    def broken(**_):
        raise RuntimeError("银行接口超时")

    waits = []
    with make.effect("test.pay", broken):
        for _ in range(6):
            assert actions.run_pending(now=now) == 1
            row = FlowEffect.objects.get(effect="test.pay")
            waits.append(int((row.next_at - now).total_seconds()))
            assert actions.run_pending(now=now) == 0
            now = row.next_at
    assert waits == [2, 4, 8, 16, 32, 64]
    assert (row.status, row.attempts, row.error) == ("incident", 6, "RuntimeError: 银行接口超时")
    assert [s.node for s in make.see(run_id).steps if s.status == "open"] == ["pay"]


def test_a_person_retries_an_incident():
    place = shops.shop()
    run_id = paying(place)
    row = FlowEffect.objects.get(effect="test.pay")
    admin = place.actor("admin")
    with pytest.raises(EffectNotStuck):
        actions.retry_effect(effect_id=row.pk, by=admin, now=shops.MORNING)
    FlowEffect.objects.filter(pk=row.pk).update(status="incident")
    assert [r.pk for r in queries.incidents(actor=admin)] == [row.pk]
    actions.retry_effect(effect_id=row.pk, by=admin, now=shops.MORNING)
    with make.effect("test.pay", lambda **_: {"outcome": "done"}):
        actions.run_pending(now=shops.MORNING)
    assert make.see(run_id).status == "ended"


def test_what_an_effect_wrote_before_it_failed_is_gone():
    place = shops.shop()
    paying(place)

    def half(*, params, subject, by, now, key):
        make.start(place, key="inside")
        raise RuntimeError("then it broke")

    with make.effect("test.pay", half):
        actions.run_pending(now=shops.MORNING)
    assert make.start(place, key="inside", now=shops.MORNING + timedelta(1)).replayed is False


def test_an_awaited_effect_of_a_cancelled_run_is_skipped():
    run_id = paying(shops.shop())
    actions.cancel(run_id=run_id, by=shops.HOUSE, now=shops.MORNING, key="c")
    actions.run_pending(now=shops.MORNING)
    assert FlowEffect.objects.get(effect="test.pay").status == "skipped"
