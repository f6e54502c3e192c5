"""The step function: `(document, state, command, now) → (state', effects)`. Pure; refusals raise FlowRefused.

A run moves until nothing can move: every token then stands at a node that waits for a person, the customer, an effect
or a timer. Nodes that do not wait open and close within one command.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shuniu.core.flow.commands import Assign, Cancel, Command, Complete, FireTimer, Start
from shuniu.core.flow.conditions import holds
from shuniu.core.flow.document import (
    BranchNode,
    Edge,
    EndNode,
    FlowDocument,
    Node,
    NotifyNode,
    SettleNode,
    StartNode,
    WaitingNode,
    When,
    asks_system,
    outcome_fact,
)
from shuniu.core.flow.effects import (
    CallWanted,
    Effect,
    PeopleWanted,
    RunEnded,
    StepClosed,
    StepEnd,
    StepOpened,
    TimerArmed,
    TimerFired,
    WorkClosed,
    WorkEnd,
    WorkOpened,
)
from shuniu.core.flow.errors import (
    AlreadyStarted,
    EndlessLoop,
    NobodyToAsk,
    NotAsked,
    NoWayOut,
    RunIsOver,
    StepNotOpen,
    UnknownOutcome,
)
from shuniu.core.flow.people import ByCustomer
from shuniu.core.flow.state import (
    CUSTOMER,
    SYSTEM,
    OpenStep,
    OpenWork,
    Party,
    PartyKind,
    RunState,
    RunStatus,
)

MOVES_MAX = 1000
DUE = "due"
NOTICE = "flow.notice"


@dataclass(frozen=True, slots=True)
class Moved:
    state: RunState
    effects: tuple[Effect, ...]


def step(document: FlowDocument, state: RunState, command: Command, now: datetime) -> Moved:
    """Apply one command."""
    walk = _Walk(document, state, now)
    if isinstance(command, Start):
        walk.start(command)
    else:
        if state.status is not RunStatus.RUNNING:
            raise RunIsOver
        if isinstance(command, Complete):
            walk.complete(command)
        elif isinstance(command, Assign):
            walk.assign(command)
        elif isinstance(command, FireTimer):
            walk.fire(command)
        else:
            walk.cancel(command)
    return walk.moved()


class _Walk:
    """One command on its way: the open steps while they change, and the effects so far."""

    def __init__(self, document: FlowDocument, state: RunState, now: datetime) -> None:
        self._document = document
        self._now = now
        self._status = state.status
        self._visits = state.visits_made
        self._facts = dict(state.facts)
        self._observed: Mapping[str, Any] = {}
        self._open = {open_step.visit: open_step for open_step in state.steps}
        self._effects: list[Effect] = []
        self._arrivals: deque[tuple[Edge, OpenStep]] = deque()

    def moved(self) -> Moved:
        steps = tuple(self._open[visit] for visit in sorted(self._open))
        state = RunState(status=self._status, visits_made=self._visits, facts=self._facts, steps=steps)
        return Moved(state=state, effects=tuple(self._effects))

    # the commands

    def start(self, command: Start) -> None:
        if self._status is not RunStatus.NEW:
            raise AlreadyStarted
        self._status = RunStatus.RUNNING
        self._facts.update(command.facts)
        self._observed = command.observed
        self._enter(next(node for node in self._document.nodes if isinstance(node, StartNode)), None)
        self._run()

    def complete(self, command: Complete) -> None:
        here = self._step(command.visit)
        node = self._waiting(here)
        party = Party.of(command.party)
        work = next(
            (w for w in here.works if w.party == party and command.work in (None, w.number)),
            None,
        )
        # The house may answer for whoever is asked: a manager who decides, a limit, an effect.
        if work is None and party != SYSTEM:
            raise NotAsked
        outcome = self._outcome(node, command.outcome, by_person=party != SYSTEM)
        self._observed = command.observed
        self._facts.update(command.facts)
        self._keep(node, command.answers)
        self._close(here, outcome=outcome, party=party, work=work, answers=command.answers)
        self._run()

    def assign(self, command: Assign) -> None:
        here = self._step(command.visit)
        parties = tuple(dict.fromkeys(Party.of(key) for key in command.parties))
        if not parties:
            raise NobodyToAsk
        kept = tuple(work for work in here.works if work.party in parties)
        for work in here.works:
            if work not in kept:
                self._effects.append(WorkClosed(here.visit, work.number, WorkEnd.REPLACED))
        here = replace(here, works=kept)
        known = {work.party for work in kept}
        fresh = [party for party in parties if party not in known]
        for party in fresh:
            here = self._ask(here, party)
        told = [party.id for party in fresh if party.kind is PartyKind.STAFF]
        if told and not getattr(self._document.by_id[here.node], "quiet", False):
            here = self._call(here, NOTICE, {"to": {"by": "ids", "staff_ids": told}, "reason": "asked"})
        self._open[here.visit] = here

    def fire(self, command: FireTimer) -> None:
        here = self._step(command.visit)
        deadline = self._waiting(here).deadline
        self._effects.append(TimerFired(here.visit, command.rung))
        if deadline is None:
            return
        if command.rung != DUE:
            reminder = next((r for r in deadline.reminders if rung_of(r.before) == command.rung), None)
            text = reminder.text.model_dump() if reminder and reminder.text else None
            self._open[here.visit] = self._call(
                here, NOTICE, {"to": {"by": "asked"}, "reason": "reminder", "text": text}
            )
            return
        if deadline.escalation is not None and deadline.escalation.to is not None:
            words = deadline.escalation.text
            params = {
                "to": deadline.escalation.to.model_dump(),
                "reason": "overdue",
                "text": words.model_dump() if words else None,
            }
            here = self._open[here.visit] = self._call(here, NOTICE, params)
        if deadline.timeout is not None:
            self._observed = command.observed
            self._close(here, outcome=deadline.timeout, party=SYSTEM)
            self._run()

    def cancel(self, command: Cancel) -> None:
        for here in sorted(self._open.values(), key=lambda open_step: open_step.visit):
            self._close_works(here, WorkEnd.CANCELLED)
            self._effects.append(
                StepClosed(here.visit, here.node, StepEnd.CANCELLED, answers={"reason": command.reason})
            )
        self._open.clear()
        self._end(RunStatus.CANCELLED)

    # moving on

    def _run(self) -> None:
        moves = 0
        while self._arrivals:
            moves += 1
            if moves > MOVES_MAX:
                raise EndlessLoop
            edge, origin = self._arrivals.popleft()
            self._enter(self._document.by_id[edge.target], origin)
        if self._status is RunStatus.RUNNING and not self._open:
            self._end(RunStatus.ENDED)

    def _end(self, status: RunStatus) -> None:
        self._status = status
        self._effects.append(RunEnded(status))

    def _enter(self, node: Node, origin: OpenStep | None) -> None:
        self._visits += 1
        via = {**(origin.via if origin else {}), node.id: self._visits}
        here = OpenStep(self._visits, node.id, origin.visit if origin else None, via)
        self._open[here.visit] = here
        self._effects.append(StepOpened(here.visit, node.id, node.type, here.origin, via))
        here = self._own_effects(here, node, When.OPENED, None)
        if isinstance(node, WaitingNode):
            self._wait(here, node)
            return
        if isinstance(node, NotifyNode):
            here = self._call(here, node.effect, _notice(node))
        elif isinstance(node, SettleNode):
            here = self._call(here, node.effect, {"measure": node.measure, **node.params})
        self._close(here, outcome=None, party=None)

    def _wait(self, here: OpenStep, node: WaitingNode) -> None:
        if (system := asks_system(node)) is not None:
            here = self._ask(here, SYSTEM)
            here = self._call(here, system.effect, system.params, awaited=True)
        elif isinstance(node.people, ByCustomer):
            here = self._ask(here, CUSTOMER)
        else:
            self._effects.append(PeopleWanted(here.visit, node.people))
        self._open[here.visit] = here
        deadline = node.deadline
        if deadline is None:
            return
        budget = (deadline.amount, deadline.unit, deadline.clock, deadline.setting)
        self._effects.append(TimerArmed(here.visit, DUE, *budget))
        for reminder in deadline.reminders:
            self._effects.append(TimerArmed(here.visit, rung_of(reminder.before), *budget, reminder.before))

    def _close(
        self,
        here: OpenStep,
        *,
        outcome: str | None,
        party: Party | None,
        work: OpenWork | None = None,
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        node = self._document.by_id[here.node]
        if work is not None:
            self._effects.append(WorkClosed(here.visit, work.number, WorkEnd.DONE, outcome))
            here = replace(here, works=tuple(other for other in here.works if other != work))
        self._close_works(here, WorkEnd.TAKEN if work else WorkEnd.CANCELLED)
        if outcome is not None:
            self._facts[outcome_fact(node.id)] = outcome
        edge = self._way_out(node, outcome)
        taken = edge.id if edge is not None and isinstance(node, BranchNode) else outcome
        here = self._own_effects(here, node, When.CLOSED, outcome)
        self._effects.append(StepClosed(here.visit, node.id, StepEnd.CLOSED, taken, party, answers or {}))
        del self._open[here.visit]
        if edge is not None:
            self._arrivals.append((edge, here))

    def _way_out(self, node: Node, outcome: str | None) -> Edge | None:
        ways = self._document.ways_out[node.id]
        if isinstance(node, EndNode):
            return None
        if isinstance(node, BranchNode):
            facts = {**self._observed, **self._facts}
            way = next(
                (
                    w
                    for w in ways
                    if w.condition and holds(w.condition, self._document.names, facts, self._now)
                ),
                None,
            )
            way = way or next((w for w in ways if w.default), None)
        else:
            way = next((w for w in ways if w.outcome is not None and w.outcome == outcome), None)
            way = way or next((w for w in ways if w.outcome is None), None)
        if way is None:
            raise NoWayOut(node.id)
        return way

    # small parts

    def _step(self, visit: int) -> OpenStep:
        here = self._open.get(visit)
        if here is None:
            raise StepNotOpen
        return here

    def _waiting(self, here: OpenStep) -> WaitingNode:
        node = self._document.by_id[here.node]
        if not isinstance(node, WaitingNode):
            raise TypeError(f"{node.id} does not wait, yet its step is open")
        return node

    def _outcome(self, node: WaitingNode, named: str | None, *, by_person: bool) -> str:
        offered = [o.key for o in node.outcomes if not (by_person and o.automatic)]
        if named is None and len(offered) == 1:
            return offered[0]
        if named not in offered:
            raise UnknownOutcome
        return named

    def _keep(self, node: WaitingNode, answers: Mapping[str, Any]) -> None:
        form = self._document.form_of(node)
        for field in form.fields if form else ():
            if field.fact is not None and field.key in answers:
                self._facts[field.fact] = answers[field.key]

    def _ask(self, here: OpenStep, party: Party) -> OpenStep:
        work = OpenWork(here.works_made + 1, party)
        self._effects.append(WorkOpened(here.visit, work.number, party))
        return replace(here, works=(*here.works, work), works_made=work.number)

    def _close_works(self, here: OpenStep, end: WorkEnd) -> None:
        self._effects.extend(WorkClosed(here.visit, work.number, end) for work in here.works)

    def _call(
        self, here: OpenStep, effect: str, params: Mapping[str, Any], *, awaited: bool = False
    ) -> OpenStep:
        number = here.effects_made + 1
        self._effects.append(CallWanted(here.visit, number, effect, params, awaited))
        return replace(here, effects_made=number)

    def _own_effects(self, here: OpenStep, node: Node, at: When, outcome: str | None) -> OpenStep:
        for effect in node.effects:
            if effect.at is at and (not effect.outcomes or outcome in effect.outcomes):
                here = self._call(here, effect.effect, effect.params)
        return here


def rung_of(before: int) -> str:
    """The name of a reminder's rung; the limit itself is `due`."""
    return f"before_{before}"


def _notice(node: NotifyNode) -> dict[str, Any]:
    return {
        "to": node.to.model_dump(),
        "reason": "notify",
        "text": node.text.model_dump(),
        "urgent": node.urgent,
        **node.params,
    }
