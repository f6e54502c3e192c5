"""What people may do at a step besides answering, with what it leaves in the tables and in the audit log."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.factories import flows as make
from tests.factories import purchase
from tests.factories import work_orders as shops

from shuniu.flows import actions, queries
from shuniu.flows.contracts import (
    ActedSince,
    ClaimedByOther,
    ClaimFirst,
    NotYourTurn,
    ReasonMissing,
    RunNotFound,
    RunSuspended,
    UrgedLately,
    WorkNotFound,
)
from shuniu.flows.models import FlowEffect, FlowStep, FlowTimer, FlowWork
from shuniu.foundation.hub import Ref
from shuniu.org import queries as org
from shuniu.org.models import Notice

pytestmark = pytest.mark.django_db
NOW = shops.MORNING
MINUTE = timedelta(minutes=1)


@pytest.fixture
def place():
    found = shops.shop()
    purchase.publish()
    return found


@pytest.fixture
def lanes(place):
    """A run whose two lanes are open."""
    run_id = purchase.start(place).run_id
    purchase.answer(place, run_id, "apply", "xiaoli")
    return run_id


def audited():
    with connection.cursor() as cursor:
        cursor.execute("select action, by_name from audit_entry where action like 'flow.%%' order by id")
        return cursor.fetchall()


def test_a_claim_puts_the_others_aside_until_it_is_released(place, lanes):
    zhang, wang = (purchase.work(place, lanes, "stock", who) for who in ("zhang", "wang"))
    with pytest.raises(ClaimFirst):
        purchase.answer(place, lanes, "stock", "zhang")
    actions.claim(work_id=zhang, by=place.actor("zhang"), now=NOW, key="c")
    with pytest.raises(ClaimedByOther):
        actions.claim(work_id=wang, by=place.actor("wang"), now=NOW, key="w")
    assert purchase.open_at(lanes, "stock").claimed_by == f"staff:{place.staff['zhang']}"
    actions.release(work_id=zhang, by=place.actor("zhang"), now=NOW, key="r")
    actions.claim(work_id=wang, by=place.actor("wang"), now=NOW, key="w2")
    assert [action for action, who in audited() if who in ("张师傅", "王师傅")] == [
        "flow.claim",
        "flow.release",
        "flow.claim",
    ]


def test_a_countersign_needs_everybody_and_a_rejection_returns(place, lanes):
    purchase.answer(place, lanes, "heads", "chen", outcome="approved")
    assert purchase.nodes(lanes) == ["heads", "stock"]
    actions.reject(
        work_id=purchase.work(place, lanes, "heads", "zhou"),
        reason="超预算",
        by=place.actor("zhou"),
        now=NOW,
        key="no",
    )
    # both lanes descend from the application: the stock check is cancelled with the countersign
    assert purchase.nodes(lanes) == ["apply"]
    ends = dict(FlowStep.objects.filter(run_id=lanes).values_list("node", "ending").order_by("visit"))
    assert (ends["heads"], ends["stock"]) == ("returned", "cancelled")
    assert purchase.open_at(lanes, "apply").returned_from == 4


def test_returning_names_the_node_and_the_reason(place, lanes):
    seen = purchase.open_at(lanes, "heads", actor=place.actor("chen"))
    offer = next(one for one in seen.offers if one.act == "return")
    assert [choice.node for choice in offer.nodes] == ["apply"]
    actions.send_back(
        work_id=offer.work_id, to="apply", reason="缺报价", by=place.actor("chen"), now=NOW, key="b"
    )
    assert purchase.nodes(lanes) == ["apply"]
    assert FlowWork.objects.get(pk=offer.work_id).comment == "缺报价"


def test_an_answer_is_withdrawn_until_somebody_acts_on_it(place, lanes):
    step = FlowStep.objects.get(run_id=lanes, node="apply")
    xiaoli = place.actor("xiaoli")
    offers = [s.offers for s in purchase.see(lanes, actor=xiaoli).steps if s.node == "apply"]
    assert [one.act for one in offers[0]] == ["withdraw"]
    actions.withdraw(step_id=step.pk, reason="填错了", by=xiaoli, now=NOW, key="u")
    assert purchase.nodes(lanes) == ["apply"]
    purchase.answer(place, lanes, "apply", "xiaoli", key="again")
    purchase.answer(place, lanes, "heads", "chen", outcome="approved")
    again = FlowStep.objects.filter(run_id=lanes, node="apply").latest("visit")
    with pytest.raises(ActedSince):
        actions.withdraw(step_id=again.pk, by=xiaoli, now=NOW, key="u2")


def test_a_transfer_moves_the_seat_and_the_right_to_see(place, lanes):
    number = purchase.work(place, lanes, "heads", "chen")
    actions.transfer(
        work_id=number, to=place.staff["he"], reason="出差", by=place.actor("chen"), now=NOW, key="t"
    )
    assert FlowWork.objects.get(pk=number).how == "transfer"
    assert "asked" in org.participants(Ref("customer", place.customer))[place.staff["he"]]
    purchase.answer(place, lanes, "heads", "he", outcome="approved")
    purchase.answer(place, lanes, "heads", "zhou", outcome="approved")
    assert purchase.nodes(lanes) == ["meet", "stock"]


def test_added_signers_come_first_and_a_delegate_hands_back(place, lanes):
    chen = purchase.work(place, lanes, "heads", "chen")
    actions.add_sign(work_id=chen, who=[place.staff["sun"]], by=place.actor("chen"), now=NOW, key="s")
    with pytest.raises(NotYourTurn):
        purchase.answer(place, lanes, "heads", "chen", outcome="approved")
    purchase.answer(place, lanes, "heads", "sun", outcome="approved")
    actions.delegate(work_id=chen, to=place.staff["he"], by=place.actor("chen"), now=NOW, key="d")
    purchase.answer(place, lanes, "heads", "he", outcome="approved")
    purchase.answer(place, lanes, "heads", "zhou", outcome="approved")
    assert "heads" in purchase.nodes(lanes)
    purchase.answer(place, lanes, "heads", "chen", outcome="approved", key="chen")
    assert purchase.nodes(lanes) == ["meet", "stock"]


def test_copying_tells_and_lets_see_and_urging_works_once_in_ten_minutes(place, lanes):
    step = purchase.open_at(lanes, "heads")
    chen = place.actor("chen")
    actions.copy(step_id=step.id, to=[place.staff["he"]], text="请知悉", by=chen, now=NOW, key="c")
    actions.urge(step_id=step.id, by=chen, now=NOW, key="u")
    with pytest.raises(UrgedLately):
        actions.urge(step_id=step.id, by=chen, now=NOW + 9 * MINUTE, key="u2")
    actions.urge(step_id=step.id, by=chen, now=NOW + 10 * MINUTE, key="u3")
    shops.settle(NOW + 10 * MINUTE)
    told = Notice.objects.values_list("kind", "staff__name").order_by("id")
    assert [row for row in told if row[0] == "flow.copied"] == [("flow.copied", "何店长")]
    assert sorted(row[1] for row in told if row[0] == "flow.urged") == [
        "周经理",
        "周经理",
        "陈店长",
        "陈店长",
    ]
    assert "copied" in org.participants(Ref("customer", place.customer))[place.staff["he"]]


def test_who_may_not_see_the_subject_may_not_urge(place, lanes):
    step = purchase.open_at(lanes, "heads")
    with pytest.raises(RunNotFound):
        actions.urge(step_id=step.id, by=place.actor("he"), now=NOW, key="u")
    with pytest.raises(WorkNotFound):
        actions.claim(
            work_id=purchase.work(place, lanes, "stock", "zhang"), by=place.actor("he"), now=NOW, key="c"
        )


def test_a_suspended_run_stands_still_with_its_limits(place):
    run_id = purchase.start(place).run_id
    before = purchase.open_at(run_id, "apply").due_at
    zhou = place.actor("zhou")
    actions.suspend(run_id=run_id, reason="等总部", by=zhou, now=NOW + 20 * MINUTE, key="s")
    with pytest.raises(RunSuspended):
        purchase.answer(place, run_id, "apply", "xiaoli")
    assert FlowTimer.objects.get(run_id=run_id).status == "paused"
    assert actions.fire_due(now=NOW + 600 * MINUTE) == 0
    actions.resume(run_id=run_id, by=zhou, now=NOW + 620 * MINUTE, key="r")
    assert purchase.open_at(run_id, "apply").due_at == before + 600 * MINUTE
    assert FlowTimer.objects.get(run_id=run_id).fire_at == NOW + 660 * MINUTE


def test_a_hold_lets_one_limit_stand_still(place, lanes):
    number = purchase.work(place, lanes, "heads", "chen")
    due = purchase.open_at(lanes, "heads").due_at
    actions.hold(work_id=number, reason="等客户回电", by=place.actor("chen"), now=NOW, key="h")
    assert purchase.open_at(lanes, "heads").due_at is None
    actions.unhold(work_id=number, by=place.actor("chen"), now=NOW + 30 * MINUTE, key="u")
    assert purchase.open_at(lanes, "heads").due_at == due + 30 * MINUTE


def test_skipping_needs_the_right_and_a_reason(place, lanes):
    step = purchase.open_at(lanes, "stock")
    with pytest.raises(ReasonMissing):
        actions.skip(step_id=step.id, reason=" ", by=place.actor("zhou"), now=NOW, key="s")
    with pytest.raises(RunNotFound):
        actions.skip(step_id=step.id, reason="不需要", by=place.actor("he"), now=NOW, key="s")
    actions.skip(step_id=step.id, reason="不需要", by=place.actor("zhou"), now=NOW, key="s")
    assert FlowStep.objects.get(pk=step.id).ending == "skipped"
    assert purchase.nodes(lanes) == ["heads", "meet"]


def test_an_action_that_fails_for_good_waits_for_a_person_who_retries_it(place, lanes):
    broken = [True]

    def pay(**_):
        if broken[0]:
            raise RuntimeError("银行没有应答")
        return {"amount": 12}

    purchase.claimed(place, lanes)
    for who in ("chen", "zhou"):
        purchase.answer(place, lanes, "heads", who, outcome="approved")
    with make.effect("test.pay", pay), make.effect("test.refund", lambda **_: None):
        for hour in range(8):
            shops.settle(NOW + timedelta(hours=hour))
        step = purchase.open_at(lanes, "pay", actor=place.actor("zhou"))
        assert "银行没有应答" in step.incident.zh
        assert [one.act for one in step.offers if one.act == "retry"] == ["retry"]
        broken[0] = False
        actions.retry(step_id=step.id, by=place.actor("zhou"), now=NOW + timedelta(hours=9), key="r")
        shops.settle(NOW + timedelta(hours=9))
    assert purchase.nodes(lanes) == ["receive"]
    assert queries.run(lanes, now=NOW).open_at("pay") is None


def test_a_return_takes_back_what_actions_did(place, lanes):
    done = []
    purchase.claimed(place, lanes)
    for who in ("chen", "zhou"):
        purchase.answer(place, lanes, "heads", who, outcome="approved")
    refund = make.effect("test.refund", lambda **_: done.append("refund"))
    with make.effect("test.pay", lambda **_: done.append("pay")), refund:
        shops.settle(NOW)
        number = purchase.work(place, lanes, "receive", "xiaoli")
        actions.send_back(
            work_id=number, to="apply", reason="货不对", by=place.actor("xiaoli"), now=NOW, key="b"
        )
        shops.settle(NOW)
    assert done == ["pay", "refund"]
    assert FlowStep.objects.get(run_id=lanes, node="pay").undone
    assert FlowEffect.objects.filter(run_id=lanes, status="incident").count() == 0


def test_a_deputy_answers_new_work_and_old_while_somebody_is_away(place):
    old = purchase.start(place, key="old").run_id
    until = NOW + timedelta(days=3)
    actions.deputise(
        staff_id=place.staff["xiaoli"],
        deputy_id=place.staff["chen"],
        since=NOW,
        until=until,
        by=place.actor("xiaoli"),
        now=NOW,
    )
    fresh = purchase.start(place, key="new").run_id
    rows = queries.inbox(place.staff["chen"], now=NOW)
    assert sorted(row.run_id for row in rows if row.node == "apply") == sorted([old, fresh])
    chen = place.actor("chen")
    for row in rows:
        actions.complete(work_id=row.work_id, by=chen, now=NOW, key=f"d{row.work_id}")
    assert purchase.nodes(old) == purchase.nodes(fresh) == ["heads", "stock"]
    assert queries.inbox(place.staff["xiaoli"], now=NOW) == []
    late = purchase.start(place, key="late", now=until + MINUTE).run_id
    with pytest.raises(WorkNotFound):
        actions.complete(
            work_id=purchase.work(place, late, "apply", "xiaoli"), by=chen, now=until + MINUTE, key="x"
        )


def test_offers_are_what_each_person_may_do(place, lanes):
    def acts(who, node):
        return [one.act for one in purchase.open_at(lanes, node, actor=place.actor(who)).offers]

    assert acts("zhang", "stock")[:2] == ["claim", "return"]
    assert "claim" not in acts("chen", "stock")
    chen = purchase.open_at(lanes, "heads", actor=place.actor("chen")).offers
    assert [(one.outcome, one.reason) for one in chen if one.act == "complete"] == [
        ("approved", False),
        ("rejected", True),
    ]
    assert {"assign", "skip"} <= set(acts("zhou", "stock"))
    assert {"assign", "skip"}.isdisjoint(acts("zhang", "stock"))
    assert [one.act for one in purchase.see(lanes, actor=place.actor("zhou")).offers] == ["suspend", "cancel"]
