"""What each command does to a run."""

from datetime import UTC, datetime

import pytest
from tests.core.flow.documents import document, edge, node, offer_document, outcomes

from shuniu.core.flow.commands import Assign, Cancel, Complete, FireTimer, Start
from shuniu.core.flow.effects import (
    CallWanted,
    PeopleWanted,
    RunEnded,
    StepClosed,
    StepEnd,
    StepOpened,
    TimerArmed,
    WorkClosed,
    WorkEnd,
    WorkOpened,
)
from shuniu.core.flow.errors import AlreadyStarted, NotAsked, RunIsOver, StepNotOpen, UnknownOutcome
from shuniu.core.flow.state import NEW, SYSTEM, RunState, RunStatus
from shuniu.core.flow.step import step

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
OFFERS = offer_document()


def moved(state: RunState, *commands, doc=OFFERS):
    effects = []
    for command in commands:
        result = step(doc, state, command, NOW)
        state = result.state
        effects = list(result.effects)
    return state, effects


def at_offer() -> RunState:
    found = Complete(visit=2, party="system", outcome="found", facts={"工单.师傅": 7})
    return moved(NEW, Start(), found, Assign(visit=3, parties=("staff:7",)))[0]


def test_a_start_runs_until_something_waits():
    state, effects = moved(NEW, Start(facts={"工单.城市": "武汉"}))
    assert [here.node for here in state.steps] == ["find"]
    assert state.facts == {"工单.城市": "武汉"}
    assert [type(effect) for effect in effects[:3]] == [StepOpened, StepClosed, StepOpened]
    assert effects[-1] == CallWanted(2, 1, "test.find", {"far": 3}, awaited=True)


def test_visits_are_numbered_and_the_path_is_remembered():
    state = at_offer()
    (offer,) = state.steps
    assert (offer.visit, offer.origin, offer.via) == (3, 2, {"begin": 1, "find": 2, "offer": 3})


def test_people_are_wanted_and_limits_armed_when_a_task_opens():
    _, effects = moved(NEW, Start(), Complete(visit=2, party="system", outcome="found"))
    assert [effect.rule.fact for effect in effects if isinstance(effect, PeopleWanted)] == ["工单.师傅"]
    assert [(t.rung, t.amount, t.before) for t in effects if isinstance(t, TimerArmed)] == [
        ("due", 30, 0),
        ("before_10", 30, 10),
    ]


def test_those_newly_asked_are_told_once():
    state = at_offer()
    again, effects = moved(state, Assign(visit=3, parties=("staff:7",)))
    assert effects == []
    assert again == state
    other, effects = moved(state, Assign(visit=3, parties=("staff:8",)))
    assert effects[0] == WorkClosed(3, 1, WorkEnd.REPLACED)
    assert [e.params["to"] for e in effects if isinstance(e, CallWanted)] == [{"by": "ids", "staff_ids": [8]}]
    assert [work.number for work in other.steps[0].works] == [2]


def test_at_a_quiet_node_whoever_chose_them_tells_them():
    doc = document(
        [
            node("start", "begin"),
            node("task", "work", people={"by": "role", "role": "agent"}, quiet=True),
            node("end", "finish"),
        ],
        [edge("begin", "work"), edge("work", "finish")],
    )
    _, effects = moved(NEW, Start(), Assign(visit=2, parties=("staff:7",)), doc=doc)
    assert [type(effect) for effect in effects] == [WorkOpened]


def test_the_first_of_several_asked_wins_and_the_others_are_taken():
    state = moved(at_offer(), Assign(visit=3, parties=("staff:7", "staff:8")))[0]
    state, effects = moved(state, Complete(visit=3, party="staff:8", outcome="accepted"))
    assert WorkClosed(3, 2, WorkEnd.DONE, "accepted") in effects
    assert WorkClosed(3, 1, WorkEnd.TAKEN) in effects
    with pytest.raises(StepNotOpen):
        moved(state, Complete(visit=3, party="staff:7", outcome="accepted"))


def test_only_who_is_asked_may_answer():
    with pytest.raises(NotAsked):
        moved(at_offer(), Complete(visit=3, party="staff:9", outcome="accepted"))


def test_an_outcome_must_be_one_of_those_offered():
    for outcome in (None, "perhaps", "unanswered"):
        with pytest.raises(UnknownOutcome):
            moved(at_offer(), Complete(visit=3, party="staff:7", outcome=outcome))


def test_accepting_settles_and_asks_the_customer():
    state, effects = moved(at_offer(), Complete(visit=3, party="staff:7", outcome="accepted"))
    assert [here.node for here in state.steps] == ["rate"]
    assert [e.params for e in effects if isinstance(e, CallWanted)] == [{"measure": "thing.done"}]
    assert state.facts["步骤.offer.结果"] == "accepted"


def test_declining_goes_back_and_finds_another():
    state, _ = moved(at_offer(), Complete(visit=3, party="staff:7", outcome="declined"))
    (find,) = state.steps
    assert (find.node, find.visit) == ("find", 5)
    assert find.via == {"begin": 1, "find": 5, "offer": 3, "taken": 4}


def test_a_reminder_tells_and_changes_nothing_else():
    state, effects = moved(at_offer(), FireTimer(visit=3, rung="before_10"))
    assert [here.node for here in state.steps] == ["offer"]
    assert [e.params["reason"] for e in effects if isinstance(e, CallWanted)] == ["reminder"]


def test_the_limit_escalates_and_closes_with_its_outcome():
    state, effects = moved(at_offer(), FireTimer(visit=3, rung="due"))
    assert [here.node for here in state.steps] == ["find"]
    calls = [effect for effect in effects if isinstance(effect, CallWanted)]
    assert [call.effect for call in calls] == ["flow.notice", "test.find"]
    assert calls[0].params["to"]["role"] == "store_manager"
    assert StepClosed(3, "offer", StepEnd.CLOSED, "unanswered", SYSTEM) in effects


def test_the_house_may_answer_for_whoever_is_asked():
    state, effects = moved(at_offer(), Complete(visit=3, party="system", outcome="unanswered"))
    assert [here.node for here in state.steps] == ["find"]
    assert WorkClosed(3, 1, WorkEnd.CANCELLED) in effects


@pytest.mark.parametrize(("rating", "told"), [(1, True), (2, True), (3, False), (5, False)])
def test_a_bad_rating_takes_the_other_branch(rating, told):
    state = moved(at_offer(), Complete(visit=3, party="staff:7", outcome="accepted"))[0]
    visit = state.steps[0].visit
    state, effects = moved(state, Complete(visit=visit, party="customer", answers={"rating": rating}))
    assert (state.status, state.steps) == (RunStatus.ENDED, ())
    assert effects[-1] == RunEnded(RunStatus.ENDED)
    assert any(isinstance(e, CallWanted) and e.params.get("reason") == "notify" for e in effects) is told


def test_cancelling_closes_every_step_and_the_run_is_over():
    state, effects = moved(at_offer(), Cancel(reason="客户取消"))
    assert (state.status, state.steps) == (RunStatus.CANCELLED, ())
    assert WorkClosed(3, 1, WorkEnd.CANCELLED) in effects
    with pytest.raises(RunIsOver):
        moved(state, Cancel())


def test_a_run_starts_once():
    with pytest.raises(AlreadyStarted):
        moved(NEW, Start(), Start())


def test_effects_of_a_node_run_in_order_when_it_opens_and_closes():
    doc = document(
        [
            node("start", "begin"),
            node(
                "task",
                "work",
                people={"by": "customer"},
                outcomes=outcomes("yes", "no"),
                effects=[
                    {"at": "opened", "effect": "a"},
                    {"at": "closed", "effect": "b", "outcomes": ["yes"]},
                    {"at": "closed", "effect": "c", "outcomes": ["no"]},
                ],
            ),
            node("end", "finish"),
        ],
        [edge("begin", "work"), edge("work", "finish")],
    )
    state, opened = moved(NEW, Start(), doc=doc)
    _, closed = moved(state, Complete(visit=2, party="customer", outcome="yes"), doc=doc)
    calls = [(e.number, e.effect) for e in [*opened, *closed] if isinstance(e, CallWanted)]
    assert calls == [(1, "a"), (2, "b")]
