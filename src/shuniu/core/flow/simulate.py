"""A trial run 试跑: a document played through in memory, with answers given or chosen, on a clock of its own.

`Script.of` reads answers as JSON: `{"facts": {…}, "answers": {node: answer or [answers by visit]}, "people": {node: [ids]},
"events": [{"event", "correlation", "data"}]}`, or flat: a key that is a node's id is its answer, any other a fact. An
answer is an outcome, or `{"outcome", "fields", "facts", "after": minutes, "fail": true}`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shuniu.core.calendar import WorkingCalendar
from shuniu.core.flow.commands import Command, Complete, Deliver, Fail
from shuniu.core.flow.document import FlowDocument, ForEvent, LeavingNode, Node, StartNode, WaitNode
from shuniu.core.flow.effects import CallWanted, StepEnd
from shuniu.core.flow.errors import FlowRefused
from shuniu.core.flow.kinds.seats import speaks
from shuniu.core.flow.memory import MemoryRun, MemoryStore, plain_people
from shuniu.core.flow.people import People
from shuniu.core.flow.state import OpenStep, RunStatus

MOVES_MAX = 10_000
Choose = Callable[[int], int]
"""Which of so many: 0 is the first."""


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    after: int = 0
    fail: bool = False

    @classmethod
    def of(cls, given: Any) -> "Answer":
        if isinstance(given, Mapping):
            return cls(
                outcome=given.get("outcome"),
                fields=dict(given.get("fields") or {}),
                facts=dict(given.get("facts") or {}),
                after=int(given.get("after") or 0),
                fail=bool(given.get("fail")),
            )
        return cls(outcome=None if given is None else str(given))


@dataclass(frozen=True, slots=True)
class Script:
    """What a trial run is told beforehand."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    people: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    events: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, document: FlowDocument, given: Mapping[str, Any]) -> "Script":
        """A script from JSON, in either of its forms."""
        known = {"facts", "answers", "people", "events"}
        if set(given) <= known and all(key not in document.by_id for key in given):
            facts, answers = dict(given.get("facts") or {}), dict(given.get("answers") or {})
        else:
            answers = {key: value for key, value in given.items() if key in document.by_id}
            facts = {key: value for key, value in given.items() if key not in document.by_id}
        listed = {node: one if isinstance(one, list) else [one] for node, one in answers.items()}
        return cls(
            facts=facts,
            answers={node: tuple(Answer.of(one) for one in given) for node, given in listed.items()},
            people={node: tuple(ids) for node, ids in (given.get("people") or {}).items()},
            events=tuple(given.get("events") or ()),
        )


@dataclass(frozen=True, slots=True)
class Played:
    """A trial run that came to its end, or to where it stands still (`stuck` says why)."""

    run: MemoryRun
    store: MemoryStore
    stuck: str | None

    def lines(self) -> list[dict[str, Any]]:
        """One line per visited node in order; lanes that went on as another's at a join are that one's visit."""
        found = []
        for stay in sorted(self.run.stays.values(), key=lambda one: one.visit):
            if stay.end is StepEnd.JOINED:
                continue
            found.append(
                {
                    "visit": stay.visit,
                    "node": stay.node,
                    "type": stay.kind,
                    "name": self.run.document.by_id[stay.node].name.zh,
                    "opened": stay.opened_at.isoformat(),
                    "closed": stay.closed_at.isoformat() if stay.closed_at else None,
                    "end": stay.end.value if stay.end else "open",
                    "outcome": stay.outcome,
                    "by": stay.party,
                }
            )
        return found

    def end(self) -> dict[str, Any]:
        state = self.run.state
        return {
            "status": state.status.value,
            "result": state.result,
            "open": [step.node for step in state.steps],
            "facts": dict(state.facts),
            "stuck": self.stuck,
            "clock": self.store.now.isoformat(),
        }


def simulate(
    document: FlowDocument,
    script: Script,
    *,
    now: datetime,
    calendar: WorkingCalendar,
    choose: Choose = lambda _: 0,
    flows: Mapping[str, FlowDocument] | None = None,
    starter: str = "staff:1",
) -> Played:
    """Play a document through. What the script leaves open is chosen: outcomes, times or events."""
    player = _Player(document, script, choose, now, calendar, flows or {})
    return player.play(starter)


class _Player:
    def __init__(
        self,
        document: FlowDocument,
        script: Script,
        choose: Choose,
        now: datetime,
        calendar: WorkingCalendar,
        flows: Mapping[str, FlowDocument],
    ) -> None:
        self._script = script
        self._choose = choose
        self._document = document
        self._used: dict[str, int] = {}
        self._answers: dict[tuple[int, int], Answer] = {}
        self._store = MemoryStore(now=now, calendar=calendar, flows=flows, find=self._find)

    def play(self, starter: str) -> Played:
        run = self._store.start(self._document, flow="", facts=self._script.facts, starter=starter)
        for event in self._script.events:
            self._settle(run)
            self._try(
                run,
                Deliver(
                    event=event["event"], correlation=event.get("correlation"), data=event.get("data") or {}
                ),
            )
        stuck = self._settle(run)
        return Played(run, self._store, stuck if run.state.status is RunStatus.RUNNING else None)

    def _settle(self, run: MemoryRun) -> str | None:
        """Answer and fire until the run is over or nothing moves; why it stands still."""
        for _ in range(MOVES_MAX):
            if run.state.status is not RunStatus.RUNNING:
                return None
            if not (self._results() or self._people() or self._wait() or self._store.fire_next()):
                incident = next((s.incident for s in run.state.steps if s.incident), None)
                return incident.zh if incident else "没有可以继续的步骤"
        return "步数太多"

    def _results(self) -> bool:
        """Run the effects that were wanted; a trial sends nothing."""
        for run in list(self._store.runs.values()):
            while run.calls and run.state.status is RunStatus.RUNNING:
                call = run.calls.pop(0)
                here = run.state.step(call.visit)
                if call.awaited and here is not None and here.awaiting == call.number:
                    self._result(run, here, call)
                    return True
        return False

    def _result(self, run: MemoryRun, here: OpenStep, call: CallWanted) -> None:
        node = run.document.by_id[here.node]
        answer = self._answer(run, here)
        if answer.fail:
            self._try(
                run,
                Fail(visit=here.visit, call=call.number, zh="试跑中设为失败", en="Set to fail in the trial."),
            )
            return
        outcome = answer.outcome or _pick(node, self._choose, automatic=True)
        done = Complete(
            visit=here.visit,
            party="system",
            call=call.number,
            outcome=outcome,
            answers=dict(answer.fields),
            facts=dict(answer.facts),
        )
        self._try(run, done)

    def _people(self) -> bool:
        """The oldest open work of all runs is answered."""
        for run in list(self._store.runs.values()):
            for here in run.state.steps if run.state.status is RunStatus.RUNNING else ():
                node = run.document.by_id[here.node]
                work = next((w for w in here.works if speaks(here, w) and w.party.key != "system"), None)
                if work is None or here.incident is not None:
                    continue
                answer = self._answer(run, here)
                if answer.after and not self._let_pass(run, here, answer.after):
                    return True
                outcome = answer.outcome or _pick(node, self._choose, automatic=False)
                command = Complete(
                    visit=here.visit,
                    party=work.party.key,
                    outcome=outcome,
                    answers=dict(answer.fields),
                    facts=dict(answer.facts),
                )
                if self._try(run, command):
                    return True
        return False

    def _let_pass(self, run: MemoryRun, here: OpenStep, minutes: int) -> bool:
        """Time passes before an answer; whether the step is still open then."""
        stay = run.stays[here.visit]
        until = stay.opened_at + timedelta(minutes=minutes)
        if until > self._store.now:
            self._store.advance(until - self._store.now)
        return run.state.step(here.visit) is not None

    def _wait(self) -> bool:
        """A wait is met: by what the script says, else by what is chosen among its events and times."""
        for run in list(self._store.runs.values()):
            for here in run.state.steps if run.state.status is RunStatus.RUNNING else ():
                node = run.document.by_id[here.node]
                if not isinstance(node, WaitNode) or not here.waits:
                    continue
                keys = [one.key for one in node.until]
                said = self._answer(run, here).outcome
                key = said if said in keys else keys[self._choose(len(keys))]
                wait = next((one for one in here.waits if one.key == key), None)
                if wait is not None and self._deliver(run, here, node, wait.key, wait.correlation):
                    return True
        return False

    def _deliver(
        self, run: MemoryRun, here: OpenStep, node: WaitNode, key: str, correlation: str | None
    ) -> bool:
        one = next(one for one in node.until if one.key == key)
        if not isinstance(one, ForEvent):
            return False
        data = dict(self._answer(run, here).fields)
        return self._try(
            run, Deliver(event=one.event, correlation=correlation, data=data, visit=here.visit)
        ) and (run.state.step(here.visit) is None)

    def _answer(self, run: MemoryRun, here: OpenStep) -> Answer:
        """The script's answer for this visit; the last one is repeated."""
        place = (run.id, here.visit)
        if place not in self._answers:
            given = self._script.answers.get(here.node, ())
            turn = self._used.get(here.node, 0)
            self._used[here.node] = turn + 1
            self._answers[place] = given[min(turn, len(given) - 1)] if given else Answer()
        return self._answers[place]

    def _find(self, run: MemoryRun, visit: int, rule: People) -> tuple[str, ...]:
        here = run.state.step(visit)
        named = self._script.people.get(here.node) if here else None
        if named is not None:
            return tuple(f"staff:{staff_id}" for staff_id in named)
        return plain_people(run, visit, rule)

    def _try(self, run: MemoryRun, command: Command) -> bool:
        try:
            self._store.do(run, command)
        except FlowRefused:
            return False
        return True


def _pick(node: Node, choose: Choose, *, automatic: bool) -> str | None:
    """An outcome for an answer the script does not give."""
    if isinstance(node, StartNode) or not isinstance(node, LeavingNode):
        return None
    offered = [outcome.key for outcome in node.outcomes if automatic or not outcome.automatic]
    return offered[choose(len(offered))] if offered else None
