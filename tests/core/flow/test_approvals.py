"""Approvals 审批: levels, ways to decide, added signatures, deputies, delegates."""

from datetime import timedelta
from typing import Any

import pytest
from tests.core.flow.documents import words
from tests.core.flow.playing import MONDAY, Play, draw

from shuniu.core.flow.check import check
from shuniu.core.flow.commands import (
    AddSign,
    Approve,
    Ask,
    Claim,
    Complete,
    Delegate,
    Release,
    Skip,
    Start,
    Transfer,
    Urge,
    Withdraw,
)
from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.effects import CallWanted, PeopleWanted, StepOpened, TimerArmed, Urged
from shuniu.core.flow.errors import (
    AskedAlready,
    ClaimedByOther,
    NotAllowed,
    NotAsked,
    NotYourTurn,
    ReasonNeeded,
    UrgedLately,
)
from shuniu.core.flow.state import NEW
from shuniu.core.flow.step import step


def level(*staff: int, **rest: Any) -> dict[str, Any]:
    return {"people": {"by": "person", "staff_ids": list(staff)}, **rest}


def approval(*levels: dict[str, Any], **rest: Any) -> FlowDocument:
    return draw(
        {
            "s": "start", "apply": "task", "sign": {"type": "approval", "levels": list(levels), **rest},
            "yes": "task", "no": "task", "e": "end",
        },
        "s>apply", "apply>sign", ("sign>yes", {"outcome": "approved"}), ("sign>no", {"outcome": "rejected"}),
        "yes>e", "no>e", facts={"amount": "number"},
    )  # fmt: skip


def signing(*levels: dict[str, Any], facts: dict[str, Any] | None = None, **rest: Any) -> Play:
    return Play(approval(*levels, **rest), facts).done("apply")


def asked(play: Play, node: str = "sign") -> list[str]:
    return [work.party.key for work in play.at(node).works]


def test_any_of_them_decides_and_the_others_are_not_asked_any_more():
    assert signing(level(1, 2, mode="any")).approve("sign", "staff:2").open == ["yes"]
    assert signing(level(1, 2, mode="any")).reject("sign", "staff:2").open == ["no"]


def test_all_of_them_must_approve_and_one_rejection_rejects():
    play = signing(level(1, 2, 3, mode="all")).approve("sign", "staff:1").approve("sign", "staff:3")
    assert asked(play) == ["staff:2"]
    assert play.approve("sign", "staff:2").open == ["yes"]
    assert signing(level(1, 2, mode="all")).approve("sign", "staff:1").reject("sign", "staff:2").open == [
        "no"
    ]


def test_in_turn_each_waits_for_the_one_before():
    play = signing(level(3, 1, 2, mode="in_turn"))
    with pytest.raises(NotYourTurn):
        play.approve("sign", "staff:1")
    play.approve("sign", "staff:3").approve("sign", "staff:1")
    told = [
        e.params["to"]["staff_ids"]
        for e in play.run.effects
        if isinstance(e, CallWanted) and e.params["reason"] == "asked"
    ]
    assert told[1:] == [[3], [1], [2]]
    assert play.approve("sign", "staff:2").open == ["yes"]


@pytest.mark.parametrize(("rule", "votes", "outcome"), [
    ({"needed": 2}, ["+1", "-2", "+3"], "yes"),
    ({"needed": 2}, ["-1", "-2"], "no"),
    ({"percent": 60}, ["+1", "+2"], "yes"),
    ({"percent": 60}, ["-1", "+2", "-3"], "no"),
    ({"needed": 9}, ["+1", "+2", "+3"], "yes"),
])  # fmt: skip
def test_n_of_m_counts_votes(rule, votes, outcome):
    play = signing(level(1, 2, 3, mode="n_of_m", **rule))
    for vote in votes:
        assert play.open == ["sign"]
        (play.approve if vote[0] == "+" else play.reject)("sign", f"staff:{vote[1:]}")
    assert play.open == [outcome]


def test_each_level_is_a_step_with_a_limit_of_its_own():
    limits = [{"deadline": {"amount": n, "unit": "hours"}} for n in range(1, 21)]
    play = signing(*(level(n, **limits[n - 1]) for n in range(1, 21)))
    for n in range(1, 21):
        assert play.at("sign").level == n - 1
        play.approve("sign", f"staff:{n}")
    assert play.open == ["yes"]
    assert [e.amount for e in play.run.effects if isinstance(e, TimerArmed)] == list(range(1, 21))
    assert len([e for e in play.run.effects if isinstance(e, StepOpened) and e.node == "sign"]) == 20


def test_a_twenty_first_level_is_refused_in_one_node_or_in_a_row():
    assert [p.code for p in check(approval(*(level(n) for n in range(1, 22))))] == ["too_many_levels"]
    one = {"type": "approval", "on_reject": "end", "levels": [level(n) for n in range(1, 12)]}
    row = draw({"s": "start", "a": one, "b": one, "e": "end"}, "s>a", "a>b", "b>e")
    assert [(p.code, p.node) for p in check(row)] == [("too_many_levels", "a")]
    assert check(approval(*(level(n) for n in range(1, 21)))) == ()


def test_levels_that_do_not_apply_are_passed_over():
    levels = [level(1), level(2, when="amount > 1000"), level(3)]
    play = signing(*levels, facts={"amount": 5}).approve("sign", "staff:1")
    assert asked(play) == ["staff:3"]
    assert signing(level(2, when="amount > 1000"), facts={"amount": 5}).open == ["yes"]


def test_a_rejection_returns_or_ends_the_run():
    play = signing(level(1), on_reject="return", reject_to="apply").reject("sign")
    assert play.open == ["apply"]
    assert play.done("apply").approve("sign").open == ["yes"]
    ended = signing(level(1), on_reject="end").reject("sign")
    assert (ended.status, ended.run.state.result) == ("ended", "rejected")


@pytest.mark.parametrize("where", ["before", "after"])
def test_added_signatures_must_agree(where):
    def added() -> Play:
        play = signing(level(1))
        play.do(
            AddSign(visit=play.at("sign").visit, party="staff:1", who=("staff:8", "staff:9"), where=where)
        )
        return play

    order = ["staff:8", "staff:9", "staff:1"] if where == "before" else ["staff:1", "staff:9", "staff:8"]
    play = added()
    late = "staff:1" if where == "before" else "staff:8"
    with pytest.raises(NotYourTurn):
        play.approve("sign", late)
    for party in order:
        assert play.open == ["sign"]
        play.approve("sign", party)
    assert play.open == ["yes"]
    play = added()
    for party in order[:-1]:
        play.approve("sign", party)
    assert play.reject("sign", order[-1]).open == ["no"]


def test_a_task_waits_for_the_signature_added_after_it():
    play = Play(draw({"s": "start", "a": "task", "e": "end"}, "s>a", "a>e"))
    play.do(AddSign(visit=2, party="staff:1", who=("staff:2",), where="after"))
    assert play.done("a").open == ["a"]
    assert asked(play, "a") == ["staff:2"]
    assert play.done("a", by="staff:2").status == "ended"


def test_a_transferred_seat_is_gone_for_good():
    play = signing(level(1, 2, mode="all"))
    play.do(Transfer(visit=play.at("sign").visit, party="staff:1", to="staff:5", reason="出差"))
    with pytest.raises(NotAsked):
        play.approve("sign", "staff:1")
    with pytest.raises(AskedAlready):
        play.do(Transfer(visit=play.at("sign").visit, party="staff:5", to="staff:2"))
    assert play.approve("sign", "staff:5").approve("sign", "staff:2").open == ["yes"]


def test_a_delegated_work_comes_back_to_its_holder():
    play = signing(level(1))
    play.do(Delegate(visit=play.at("sign").visit, party="staff:1", to="staff:5"))
    with pytest.raises(NotYourTurn):
        play.approve("sign", "staff:1")
    assert play.approve("sign", "staff:5").open == ["sign"]
    assert play.approve("sign", "staff:1").open == ["yes"]


def test_a_deputy_shares_the_seat():
    document = approval(level(1, 2, mode="all"))
    state = step(document, NEW, Start(), MONDAY).state
    state = step(document, state, Complete(visit=2, party="system"), MONDAY).state
    visit = state.steps[0].visit
    ask = Ask(visit=visit, parties=("staff:1", "staff:2"), deputies={"staff:1": "staff:9"})
    state = step(document, state, ask, MONDAY).state
    state = step(document, state, Approve(visit=visit, party="staff:9"), MONDAY).state
    assert [work.party.key for work in state.steps[0].works] == ["staff:2"]


def test_who_claims_keeps_the_others_off_until_released():
    drawn = draw({"s": "start", "a": {"type": "task", "must_claim": True}, "e": "end"}, "s>a", "a>e")
    play = Play(drawn, find=lambda *_: ("staff:1", "staff:2"))
    play.do(Claim(visit=2, party="staff:1"))
    with pytest.raises(ClaimedByOther):
        play.done("a", by="staff:2")
    with pytest.raises(ClaimedByOther):
        play.do(Claim(visit=2, party="staff:2"))
    play.do(Release(visit=2, party="staff:1"))
    play.do(Claim(visit=2, party="staff:2"))
    assert play.done("a", by="staff:2").status == "ended"


def test_nobody_found_passes_stops_or_asks_the_administrators():
    def found(nobody: str, administrators: tuple[str, ...] = ()) -> Play:
        def find(_run: Any, _visit: int, rule: Any) -> tuple[str, ...]:
            return administrators if getattr(rule, "role", None) == "admin" else ()

        one = {"people": {"by": "store_head"}, "nobody": nobody}
        drawn = draw(
            {"s": "start", "sign": {"type": "approval", "levels": [one], "on_reject": "end"}, "e": "end"},
            "s>sign", "sign>e",
        )  # fmt: skip
        return Play(drawn, find=find)

    assert found("pass").status == "ended"
    stopped = found("stop")
    assert stopped.at("sign").incident is not None
    stopped.do(Skip(visit=2, reason="店长空缺"))
    assert stopped.status == "ended"
    asked_admin = found("administrator", ("staff:99",))
    assert asked(asked_admin) == ["staff:99"]
    assert asked_admin.at("sign").incident is None
    nobody = found("administrator")
    assert nobody.at("sign").incident is not None
    assert len([e for e in nobody.run.effects if isinstance(e, PeopleWanted)]) == 2


def test_a_skip_needs_a_reason():
    play = signing(level(1))
    with pytest.raises(ReasonNeeded):
        play.do(Skip(visit=play.at("sign").visit, reason=" "))


def test_the_same_person_twice_in_a_row_is_skipped_if_set():
    skip = {"same_person": "skip"}
    assert signing(level(1), level(1, **skip), level(2)).approve("sign").at("sign").level == 2
    assert signing(level(1), level(1), level(2)).approve("sign").at("sign").level == 1
    assert signing(level(1, 2, **skip)).open == ["sign"]


def test_urging_is_recorded_and_refused_for_ten_minutes():
    play = signing(level(1, 2, mode="in_turn"))
    visit = play.at("sign").visit
    play.do(Urge(visit=visit, party="staff:3"))
    with pytest.raises(UrgedLately):
        play.do(Urge(visit=visit, party="staff:4"))
    play.store.now += timedelta(minutes=10)
    play.do(Urge(visit=visit, party="staff:4"))
    assert [e.by.key for e in play.run.effects if isinstance(e, Urged)] == ["staff:3", "staff:4"]
    told = [
        e.params["to"]
        for e in play.run.effects
        if isinstance(e, CallWanted) and e.params["reason"] == "urged"
    ]
    assert told == [{"by": "ids", "staff_ids": [1]}] * 2


def test_what_the_node_does_not_allow_is_refused():
    play = signing(level(1), acts=["claim"])
    with pytest.raises(NotAllowed):
        play.do(Transfer(visit=play.at("sign").visit, party="staff:1", to="staff:5"))


def test_names_of_the_two_answers_may_be_changed():
    node = approval(level(1), names={"approved": words("同意退款")}).by_id["sign"]
    assert [one.name.zh for one in node.outcomes] == ["同意退款", "驳回"]


def test_an_approval_is_withdrawn_at_its_own_level():
    play = signing(level(1), level(2), level(3)).approve("sign", "staff:1").approve("sign", "staff:2")
    mine = max(visit for visit, stay in play.run.stays.items() if stay.party == "staff:2")
    play.do(Withdraw(visit=mine, party="staff:2", reason="看错金额"))
    assert (play.at("sign").level, asked(play)) == (1, ["staff:2"])
    assert play.approve("sign", "staff:2").approve("sign", "staff:3").open == ["yes"]


def test_a_rejection_returns_even_to_a_node_that_was_not_passed():
    sign = {"type": "approval", "levels": [level(1)], "on_reject": "return", "reject_to": "mend"}
    drawn = draw({"s": "start", "sign": sign, "mend": "task", "e": "end"}, "s>sign", "sign>e", "mend>sign")
    play = Play(drawn).reject("sign")
    assert play.open == ["mend"]
    assert play.done("mend").approve("sign").status == "ended"
