"""What goes wrong and how it is mended: rules in and out, failures, incidents, compensation, sub-flows."""

import pytest
from tests.core.flow.documents import words
from tests.core.flow.playing import Play, draw

from shuniu.core.flow.commands import (
    Cancel,
    ChildEnded,
    Complete,
    DoneAction,
    Fail,
    FireTimer,
    Resume,
    Retry,
    Skip,
    Suspend,
)
from shuniu.core.flow.effects import CallWanted, StepEnd
from shuniu.core.flow.errors import NoIncident, RuleBroken, RunIsOver, StepNotOpen

PAY = {"type": "action", "effect": "pay", "inputs": {"amount": "amount * 2"}, "keeps": {"receipt": "no"}}


def paying(**more: object) -> Play:
    drawn = draw(
        {"s": "start", "pay": {**PAY, **more}, "branch": "task", "plain": "task", "e": "end"},
        "s>pay", "pay>plain", *([("pay>branch", {"on": "error"})] if more.get("milestone") else []),
        "branch>e", "plain>e", facts={"amount": "number"},
    )  # fmt: skip
    return Play(drawn, {"amount": 21})


def calls(play: Play) -> list[CallWanted]:
    return [e for e in play.run.effects if isinstance(e, CallWanted) and e.awaited]


def test_an_action_waits_for_its_result_and_keeps_what_it_says():
    play = paying()
    assert (calls(play)[0].params, play.open) == ({"amount": 42}, ["pay"])
    play.do(Complete(visit=2, party="system", call=1, answers={"no": "R1"}))
    assert (play.open, play.run.state.facts["receipt"]) == (["plain"], "R1")


def test_a_failure_without_an_error_path_stands_until_it_is_retried():
    play = paying()
    play.do(Fail(visit=2, call=1, zh="余额不足", en="No funds"))
    incident = play.at("pay").incident
    assert incident is not None
    assert incident.zh == "余额不足"
    play.do(Retry(visit=2))
    assert [call.number for call in calls(play)] == [1, 2]
    with pytest.raises(StepNotOpen):
        play.do(Complete(visit=2, party="system", call=1))
    with pytest.raises(NoIncident):
        play.do(Retry(visit=2))
    play.do(Complete(visit=2, party="system", call=2))
    assert play.open == ["plain"]


def test_a_failure_takes_the_error_path():
    play = paying(milestone=words("付款"))
    play.do(Fail(visit=2, call=1))
    assert play.open == ["branch"]
    assert play.run.stays[2].end is StepEnd.FAILED


def test_entry_rules_refuse_a_person_and_stop_a_timer():
    rule = {"condition": "amount > 0", "text": words("请先填写金额")}
    drawn = draw(
        {
            "s": "start", "a": {"type": "task", "deadline": {"amount": 5, "timeout": "done"}},
            "b": {"type": "task", "entry": [rule]}, "e": "end",
        },
        "s>a", "a>b", "b>e", facts={"amount": "number"},
    )  # fmt: skip
    play = Play(drawn)
    with pytest.raises(RuleBroken) as broken:
        play.done("a")
    assert broken.value.text.zh == "请先填写金额"
    assert play.open == ["a"]
    play.do(FireTimer(visit=2, rung="due"))
    incident = play.at("b").incident
    assert incident is not None
    assert (incident.code, play.at("b").works) == ("entry", ())
    with pytest.raises(RuleBroken):
        play.do(Retry(visit=3))
    play.do(Retry(visit=3, observed={"amount": 1}))
    assert [work.party.key for work in play.at("b").works] == ["staff:1"]


def test_exit_rules_hold_people_up_and_not_limits():
    rule = {"condition": "amount < 100", "text": words("超过权限"), "outcomes": ["done"]}
    drawn = draw(
        {"s": "start", "a": {"type": "task", "exit": [rule], "ways": ["done", "up"]}, "e": "end"},
        "s>a", "a>e", facts={"amount": "number"},
    )  # fmt: skip
    play = Play(drawn, {"amount": 100})
    with pytest.raises(RuleBroken):
        play.done("a", "done")
    assert Play(drawn, {"amount": 100}).done("a", "up").status == "ended"
    assert play.done("a", "done", by="system").status == "ended"


def test_a_step_shows_the_form_of_the_customers_stage():
    form = {"name": words("f"), "fields": [{"type": "text", "key": "t", "name": words("t"), "fact": "说明"}]}
    drawn = draw(
        {"s": "start", "a": {"type": "task", "form": "plain", "forms_when": [{"when": '客户.阶段 = "试听"', "form": "trial"}]}, "e": "end"},
        "s>a", "a>e", facts={"客户.阶段": "string"}, forms=[{"key": "plain", **form}, {"key": "trial", **form}],
    )  # fmt: skip
    assert Play(drawn, {"客户.阶段": "试听"}).at("a").form == "trial"
    play = Play(drawn, {"客户.阶段": "签约"})
    assert play.at("a").form == "plain"
    assert play.done("a", answers={"t": "好"}).run.state.facts["说明"] == "好"


BOOK = {
    "type": "action",
    "effect": "book",
    "awaited": False,
    "undo": {"effect": "unbook", "params": {"x": 1}},
}


def test_compensation_takes_back_what_was_done_the_last_first_and_once():
    drawn = draw(
        {"s": "start", "one": BOOK, "two": BOOK, "a": {"type": "task", "ways": ["on", "off"]}, "back": "undo", "e": "end"},
        "s>one", "one>two", "two>a", ("a>e", {"outcome": "on"}), ("a>back", {"outcome": "off"}), "back>e",
    )  # fmt: skip
    play = Play(drawn).done("a", "off")
    undone = [
        e.params["undoes"] for e in play.run.effects if isinstance(e, CallWanted) and e.effect == "unbook"
    ]
    assert (undone, play.status) == ([3, 2], "ended")
    cancelled = Play(drawn)
    cancelled.do(Cancel(done=(DoneAction(visit=2, node="one"),)))
    undone = [
        e.params["undoes"]
        for e in cancelled.run.effects
        if isinstance(e, CallWanted) and e.effect == "unbook"
    ]
    assert (undone, cancelled.status) == ([2], "cancelled")


EACH = {"type": "subflow", "flow": "visit", "rows": "rows"}


def test_sub_flows_run_one_after_another_and_a_failed_one_is_retried():
    drawn = draw(
        {"s": "start", "each": {**EACH, "in_turn": True}, "e": "end"},
        "s>each",
        "each>e",
        facts={"rows": "Any"},
    )
    visit = draw({"s": "start", "go": "task", "e": "end"}, "s>go", "go>e")
    play = Play(drawn, {"rows": [1, 2]}, flows={"visit": visit})
    assert len(play.children()) == 1
    play.do(ChildEnded(visit=2, number=1, ok=False))
    assert play.at("each").incident is not None
    play.do(Retry(visit=2))
    play.child("each", 2)
    assert len(play.children()) == 3
    assert play.child("each", 3).status == "ended"


def test_cancelling_the_parent_cancels_the_sub_flows():
    drawn = draw({"s": "start", "each": {**EACH, "rows": None, "count": 2}, "e": "end"}, "s>each", "each>e")
    visit = draw({"s": "start", "go": "task", "e": "end"}, "s>go", "go>e")
    play = Play(drawn, flows={"visit": visit})
    play.do(Cancel(reason=""))
    assert [run.state.status.value for run in play.store.runs.values()] == ["cancelled"] * 3
    with pytest.raises(RunIsOver):
        play.do(Skip(visit=2, reason="x"))


def test_an_event_is_correlated():
    wait = {"type": "wait", "until": [
        {"waits": "event", "event": "parcel.arrived", "correlation": "单号", "where": "event.ok", "facts": {"签收人": "by"}},
    ]}  # fmt: skip
    drawn = draw({"s": "start", "w": wait, "e": "end"}, "s>w", "w>e", facts={"单号": "string"})
    play = Play(drawn, {"单号": "SF1"})
    play.hear("parcel.arrived", correlation="SF2", data={"ok": True})
    play.hear("parcel.arrived", correlation="SF1", data={"ok": False})
    assert play.open == ["w"]
    play.hear("parcel.arrived", correlation="SF1", data={"ok": True, "by": "门卫"})
    assert (play.status, play.run.state.facts["签收人"]) == ("ended", "门卫")


def test_a_sub_flow_that_ends_while_its_parent_is_suspended_is_heard_of_afterwards():
    drawn = draw({"s": "start", "each": {**EACH, "rows": None}, "e": "end"}, "s>each", "each>e")
    visit = draw({"s": "start", "go": "task", "e": "end"}, "s>go", "go>e")
    play = Play(drawn, flows={"visit": visit})
    play.do(Suspend())
    play.store.do(play.store.runs[2], Complete(visit=2, party="staff:1"))
    assert play.open == ["each"]
    play.do(Resume())
    assert play.status == "ended"
