"""Whatever is asked of a run, in whatever order: tokens are conserved, an ended run is empty, the log replays."""

import json
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.core.flow.playing import ALWAYS, MONDAY, draw

from shuniu.core.flow import commands as c
from shuniu.core.flow import effects as e
from shuniu.core.flow.check import check
from shuniu.core.flow.document import FlowDocument, JoinNode
from shuniu.core.flow.errors import FlowRefused
from shuniu.core.flow.memo import STEP_COLUMNS, dump, load, step_memo, step_of
from shuniu.core.flow.memory import MemoryRun, MemoryStore
from shuniu.core.flow.state import NEW, RunStatus
from shuniu.core.flow.step import step

STAFF = ("staff:1", "staff:2", "staff:3")


def level(mode: str, *staff: int, **rest: Any) -> dict[str, Any]:
    return {"people": {"by": "person", "staff_ids": list(staff)}, "mode": mode, **rest}


def approvals() -> FlowDocument:
    """Approvals of every kind in lanes that loop, with limits and a customer who is asked."""
    limit = {"amount": 5, "timeout": "approved", "pauses_for_customer": True}
    return draw(
        {
            "begin": "start", "apply": "task", "split": "parallel",
            "one": {"type": "approval", "on_reject": "return", "reject_to": "apply", "levels": [
                level("all", 1, 2), level("in_turn", 3, 1, deadline=limit), level("any", 2, same_person="skip"),
            ]},
            "two": {"type": "approval", "levels": [level("n_of_m", 1, 2, 3, needed=2)]},
            "ask": {"type": "task", "people": {"by": "customer"}, "ways": ["on", "again"]},
            "meet": "join", "good": {"type": "task", "ways": ["on", "again"]}, "finish": {"type": "end", "terminate": True},
        },
        "begin>apply", "apply>split", "split>one", "split>two", "split>ask", ("one>meet", {"outcome": "approved"}),
        ("two>meet", {"outcome": "approved"}), ("two>ask", {"outcome": "rejected"}), ("ask>meet", {"outcome": "on"}),
        ("ask>two", {"outcome": "again"}), "meet>good", ("good>finish", {"outcome": "on"}), ("good>split", {"outcome": "again"}),
    )  # fmt: skip


def lanes() -> FlowDocument:
    """Nested lanes of every kind of join, an action that may fail, sub-flows, a wait."""
    return draw(
        {
            "begin": "start", "split": "parallel", "some": "inclusive", "a": "task", "b": "task", "both": "join",
            "pay": {"type": "action", "effect": "pay", "undo": {"effect": "refund"}}, "mend": "task",
            "each": {"type": "subflow", "flow": "visit", "count": 2, "needed": 1, "rest": "cancel"},
            "hear": {"type": "wait", "until": [
                {"waits": "event", "event": "paid", "keep": True}, {"waits": "time", "amount": 1, "clock": "wall"},
            ]},
            "two": {"type": "join", "mode": "n_of_m", "needed": 2}, "again": {"type": "task", "ways": ["on", "back"]},
            "finish": "end",
        },
        "begin>split", "split>some", ("some>a", {"condition": "x > 1"}), ("some>b", {"default": True}),
        ("some>pay", {"condition": "x > 2"}), "a>both", "b>both", "pay>both", ("pay>mend", {"on": "error"}), "mend>both",
        "both>two", "split>each", "each>two", "split>hear", "hear>two", "two>again",
        ("again>finish", {"outcome": "on"}), ("again>split", {"outcome": "back"}), facts={"x": "number"},
    )  # fmt: skip


VISIT = draw({"s": "start", "go": "task", "e": "end"}, "s>go", "go>e")


class AnyOrder(RuleBasedStateMachine):
    """Commands in any order over any open step, most of them refused."""

    @initialize(which=st.sampled_from(["approvals", "lanes"]), x=st.integers(1, 3))
    def begin(self, which: str, x: int) -> None:
        document = approvals() if which == "approvals" else lanes()
        self.store = MemoryStore(now=MONDAY, calendar=ALWAYS, flows={"visit": VISIT})
        self.run: MemoryRun = self.store.start(document, facts={"x": x}, starter="staff:1")

    def do(self, command: Any) -> None:
        before = dump(self.run.state)
        try:
            self.store.do(self.run, command)
        except FlowRefused:
            assert dump(self.run.state) == before

    def visit(self, pick: int) -> int:
        steps = self.run.state.steps
        return steps[pick % len(steps)].visit if steps else pick

    @rule(pick=st.integers(0, 9), party=st.sampled_from([*STAFF, "customer", "system"]), outcome=st.sampled_from(
        [None, "on", "again", "back", "approved", "rejected", "done"]))  # fmt: skip
    def complete(self, pick: int, party: str, outcome: str | None) -> None:
        self.do(c.Complete(visit=self.visit(pick), party=party, outcome=outcome))

    @rule(pick=st.integers(0, 9))
    def answer(self, pick: int) -> None:
        """Whoever is asked answers, so that runs come far."""
        for here in self.run.state.steps[pick % 4 :]:
            for work in here.works:
                self.do(c.Complete(visit=here.visit, party=work.party.key, outcome=None))
                self.do(c.Complete(visit=here.visit, party=work.party.key, outcome="on"))
                self.do(c.Approve(visit=here.visit, party=work.party.key))

    @rule(pick=st.integers(0, 9), party=st.sampled_from(STAFF), to=st.sampled_from(STAFF), what=st.sampled_from(
        [c.Transfer, c.Delegate]))  # fmt: skip
    def hand_on(self, pick: int, party: str, to: str, what: Any) -> None:
        self.do(what(visit=self.visit(pick), party=party, to=to))

    @rule(pick=st.integers(0, 9), party=st.sampled_from(STAFF), who=st.sampled_from(["staff:8", "staff:9"]),
          where=st.sampled_from(["before", "after"]))  # fmt: skip
    def add_sign(self, pick: int, party: str, who: str, where: Any) -> None:
        self.do(c.AddSign(visit=self.visit(pick), party=party, who=(who,), where=where))

    @rule(pick=st.integers(0, 9), party=st.sampled_from([*STAFF, "system"]), what=st.sampled_from(
        [c.Claim, c.Release, c.Hold, c.Unhold, c.Urge, c.Reject]))  # fmt: skip
    def by_one(self, pick: int, party: str, what: Any) -> None:
        self.do(what(visit=self.visit(pick), party=party))

    @rule(pick=st.integers(0, 9), party=st.sampled_from([*STAFF, "system"]), to=st.sampled_from(
        ["begin", "apply", "split", "one", "two", "ask", "meet", "a", "both", "each", "pay"]))  # fmt: skip
    def send_back(self, pick: int, party: str, to: str) -> None:
        self.do(c.Return(visit=self.visit(pick), party=party, to=to))

    @rule(visit=st.integers(1, 12), party=st.sampled_from(STAFF))
    def withdraw(self, visit: int, party: str) -> None:
        self.do(c.Withdraw(visit=visit, party=party))

    @rule(pick=st.integers(0, 9), what=st.sampled_from([c.Fail, c.Retry, c.AddChild, c.FinishChildren]))
    def mend(self, pick: int, what: Any) -> None:
        self.do(what(visit=self.visit(pick)))

    @rule(pick=st.integers(0, 9), outcome=st.sampled_from([None, "on", "approved"]))
    def skip(self, pick: int, outcome: str | None) -> None:
        self.do(c.Skip(visit=self.visit(pick), outcome=outcome, reason="测试"))

    @rule(pick=st.integers(0, 9), ok=st.booleans())
    def child(self, *, pick: int, ok: bool) -> None:
        """A sub-flow comes to its end, well or not."""
        open_runs = [run for run in self.store.runs.values() if run is not self.run and run.state.steps]
        if open_runs and self.run.state.status is RunStatus.RUNNING:
            run = open_runs[pick % len(open_runs)]
            visit = run.state.steps[0].visit
            self.store.do(run, c.Complete(visit=visit, party="system") if ok else c.Cancel())

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.store.advance(timedelta(hours=hours))

    @rule()
    def hear(self) -> None:
        self.do(c.Deliver(event="paid"))

    @rule(pick=st.integers(0, 9))
    def cancel_step(self, pick: int) -> None:
        if len(self.run.state.steps) > 2:
            self.do(c.Cancel(visit=self.visit(pick)))

    @rule(going=st.booleans())
    def suspend(self, *, going: bool) -> None:
        self.do(c.Resume() if going else c.Suspend())

    @invariant()
    def tokens_are_conserved(self) -> None:
        opened = [x.visit for x in self.run.effects if isinstance(x, e.StepOpened)]
        closed = [x.visit for x in self.run.effects if isinstance(x, e.StepClosed)]
        assert sorted(opened) == list(range(1, self.run.state.visits_made + 1))
        assert len(set(closed)) == len(closed)
        assert {here.visit for here in self.run.state.steps} == set(opened) - set(closed)

    @invariant()
    def works_and_waits_are_conserved(self) -> None:
        works = [(x.visit, x.number) for x in self.run.effects if isinstance(x, e.WorkOpened)]
        over = [(x.visit, x.number) for x in self.run.effects if isinstance(x, e.WorkClosed)]
        assert len(set(works)) == len(works)
        assert len(set(over)) == len(over)
        steps = self.run.state.steps
        assert {(s.visit, w.number) for s in steps for w in s.works} == set(works) - set(over)
        waits = [(x.visit, x.number) for x in self.run.effects if isinstance(x, e.WaitOpened)]
        met = [(x.visit, x.number) for x in self.run.effects if isinstance(x, e.WaitClosed)]
        assert {(s.visit, w.number) for s in steps for w in s.waits} == set(waits) - set(met)

    @invariant()
    def a_run_that_is_over_is_empty(self) -> None:
        over = self.run.state.status in {RunStatus.ENDED, RunStatus.CANCELLED}
        assert over == (not self.run.state.steps)
        if over:
            assert self.run.timers == {}
            assert all(run.state.steps == () for run in self.store.runs.values())

    @invariant()
    def the_path_of_a_step_is_bounded_and_true(self) -> None:
        for here in self.run.state.steps:
            assert set(here.via) <= set(self.run.document.by_id)
            assert here.via[here.node] == here.visit == max(here.via.values())

    @invariant()
    def somebody_or_something_can_always_move_it(self) -> None:
        if self.run.state.status is not RunStatus.RUNNING:
            return
        for here in self.run.state.steps:
            if isinstance(self.run.document.by_id[here.node], JoinNode):
                continue
            assert here.works or here.waits or here.awaiting or here.children or here.incident, here
        if all(isinstance(self.run.document.by_id[s.node], JoinNode) for s in self.run.state.steps):
            assert any(here.incident for here in self.run.state.steps)

    @invariant()
    def a_store_keeps_all_of_it(self) -> None:
        state = self.run.state
        assert load(json.loads(json.dumps(dump(state)))) == state
        for here in state.steps:
            columns = {name: getattr(here, name) for name in STEP_COLUMNS}
            assert step_of(columns, json.loads(json.dumps(step_memo(here)))) == here

    def teardown(self) -> None:
        """The log, as JSON, replays to the state."""
        if not hasattr(self, "run"):
            return
        again = NEW
        log = c.COMMANDS.validate_json(c.COMMANDS.dump_json([command for command, _ in self.run.log]))
        for command, (_, at) in zip(log, self.run.log, strict=True):
            again = step(self.run.document, again, command, at).state
        assert again == self.run.state


AnyOrder.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestAnyOrder = AnyOrder.TestCase


def test_the_flows_tried_pass_the_check():
    assert [
        problem for one in (approvals(), lanes(), VISIT) for problem in check(one) if not problem.warning
    ] == []
