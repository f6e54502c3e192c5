"""One command on its way: the open steps while they change, the tokens that are under way, and the effects so far."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shuniu.core.flow import conditions
from shuniu.core.flow.commands import DoneAction
from shuniu.core.flow.document import (
    BranchNode,
    Edge,
    EndNode,
    FlowDocument,
    InclusiveNode,
    Node,
    ParallelNode,
    When,
    outcome_fact,
)
from shuniu.core.flow.effects import (
    CallWanted,
    ChildCancelled,
    Effect,
    IncidentCleared,
    IncidentRaised,
    RunEnded,
    StepClosed,
    StepEnd,
    WaitClosed,
    WorkClosed,
    WorkEnd,
    WorkOpened,
)
from shuniu.core.flow.errors import NoWayOut, StepNotOpen
from shuniu.core.flow.state import (
    Handled,
    Incident,
    Kept,
    OpenStep,
    OpenWork,
    Party,
    RunState,
    RunStatus,
    WorkRole,
)

NOTICE = "flow.notice"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A token about to arrive at a node. `straight`: a return to a join, which it passes at once."""

    node: str
    via: Mapping[str, int]
    origin: int | None = None
    edge: str = ""
    after: Handled | None = None
    level: int = 0
    back_to: str | None = None
    returned_from: int | None = None
    parties: tuple[Party, ...] = ()
    done: tuple[DoneAction, ...] = ()
    straight: bool = False


@dataclass(slots=True)
class Walk:
    """Verbs and kinds of nodes change a run through this; nothing else does."""

    document: FlowDocument
    before: RunState
    now: datetime
    by_person: bool = False
    """A person's command may be refused by the rules of the nodes it would lead to."""
    observed: Mapping[str, Any] = field(default_factory=dict)
    status: RunStatus = RunStatus.NEW
    visits: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    open: dict[int, OpenStep] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)
    arrivals: deque[Arrival] = field(default_factory=deque)
    result: str | None = None
    kept: list[Kept] = field(default_factory=list)
    starter: Party | None = None
    fired: tuple[str, ...] = ()

    @classmethod
    def of(cls, document: FlowDocument, state: RunState, now: datetime) -> "Walk":
        return cls(
            document,
            state,
            now,
            status=state.status,
            visits=state.visits_made,
            facts=dict(state.facts),
            open={here.visit: here for here in state.steps},
            result=state.result,
            kept=list(state.kept),
            starter=state.starter,
            fired=state.fired,
        )

    def step(self, visit: int) -> OpenStep:
        here = self.open.get(visit)
        if here is None:
            raise StepNotOpen
        return here

    def node(self, here: OpenStep) -> Node:
        return self.document.by_id[here.node]

    def put(self, here: OpenStep) -> OpenStep:
        """The step as it is now."""
        self.open[here.visit] = here
        return here

    # rules

    def holds(self, condition: str) -> bool:
        known = {**self.observed, **self.facts}
        return conditions.holds(condition, self.document.names, known, self.now)

    def value(self, text: str, **local: Any) -> Any:
        """A FEEL text over the facts and local names, as JSON."""
        known = {**self.observed, **self.facts, **local}
        names = (*self.document.names, *((name, "Any") for name in local))
        return conditions.plain(conditions.value(text, names, known, self.now))

    # people

    def ask(
        self,
        here: OpenStep,
        party: Party,
        *,
        role: WorkRole = WorkRole.ASKED,
        seat: int = 0,
        waits_for: tuple[int, ...] = (),
    ) -> OpenStep:
        """Open a work for a party. A new seat bears the number of its first work."""
        number = here.works_made + 1
        work = OpenWork(number, party, role, seat or number, waits_for)
        self.effects.append(WorkOpened(here.visit, number, party, role, work.seat))
        return self.put(here.but(works=(*here.works, work), works_made=number))

    def close_works(self, here: OpenStep, works: tuple[OpenWork, ...], end: WorkEnd, **rest: Any) -> OpenStep:
        if not works:
            return here
        self.effects.extend(WorkClosed(here.visit, work.number, end, **rest) for work in works)
        return self.put(here.but(works=tuple(work for work in here.works if work not in works)))

    # effects of the house

    def call(
        self, here: OpenStep, effect: str, params: Mapping[str, Any], *, awaited: bool = False
    ) -> OpenStep:
        number = here.effects_made + 1
        self.effects.append(CallWanted(here.visit, number, effect, params, awaited))
        return self.put(here.but(effects_made=number, awaiting=number if awaited else here.awaiting))

    def notice(self, here: OpenStep, to: Mapping[str, Any], reason: str, **rest: Any) -> OpenStep:
        """Tell staff about the step."""
        return self.call(here, NOTICE, {"to": dict(to), "reason": reason, **rest})

    def own_effects(self, here: OpenStep, at: When, outcome: str | None) -> OpenStep:
        """The effects the node's author hung onto opening or closing it."""
        for effect in self.node(here).effects:
            if effect.at is at and (not effect.outcomes or outcome in effect.outcomes):
                computed = {name: self.value(text) for name, text in effect.inputs.items()}
                here = self.call(here, effect.effect, {**effect.params, **computed})
        return here

    # incidents

    def stop(self, here: OpenStep, code: str, zh: str, en: str) -> OpenStep:
        """The step stands still until a person retries or skips it."""
        incident = Incident(code, zh, en)
        self.effects.append(IncidentRaised(here.visit, incident))
        return self.put(here.but(incident=incident))

    def clear(self, here: OpenStep) -> OpenStep:
        if here.incident is None:
            return here
        self.effects.append(IncidentCleared(here.visit))
        return self.put(here.but(incident=None))

    # leaving

    def close(
        self,
        here: OpenStep,
        *,
        outcome: str | None = None,
        party: Party | None = None,
        answers: Mapping[str, Any] | None = None,
        end: StepEnd = StepEnd.CLOSED,
        ways: tuple[Edge, ...] | None = None,
        joined: int | None = None,
        works: WorkEnd = WorkEnd.CANCELLED,
    ) -> OpenStep:
        """The step is over and its token goes on, by `ways` where they are given."""
        node = self.node(here)
        here = self.let_go(here, works)
        if outcome is not None:
            self.facts[outcome_fact(node.id)] = outcome
        taken = self.way_out(node, outcome) if ways is None and here.back_to is None else ways or ()
        said = taken[0].id if isinstance(node, BranchNode) and taken else outcome
        here = self.own_effects(here, When.CLOSED, outcome)
        self.effects.append(StepClosed(here.visit, node.id, end, said, party, answers or {}, joined))
        del self.open[here.visit]
        after = (
            Handled(here.visit, party, here.level)
            if party is not None and party.kind != "system"
            else here.after
        )
        if here.back_to is not None and ways is None:
            self.arrivals.append(Arrival(here.back_to, here.via, here.visit, after=after))
        for edge in taken:
            self.arrivals.append(Arrival(edge.target, here.via, here.visit, edge.id, after))
        for other in [one for one in self.open.values() if one.node in node.cancels]:
            self.drop(other)
        return here

    def drop(
        self,
        here: OpenStep,
        *,
        end: StepEnd = StepEnd.CANCELLED,
        party: Party | None = None,
        reason: str | None = None,
        joined: int | None = None,
    ) -> None:
        """The step is over and its token is gone."""
        self.let_go(here, WorkEnd.CANCELLED)
        answers = {} if reason is None else {"reason": reason}
        self.effects.append(StepClosed(here.visit, here.node, end, None, party, answers, joined))
        del self.open[here.visit]

    def let_go(self, here: OpenStep, works: WorkEnd) -> OpenStep:
        """Close what hangs on a step: works, waits, open sub-flows."""
        here = self.close_works(here, here.works, works)
        self.effects.extend(WaitClosed(here.visit, wait.number, met=False) for wait in here.waits)
        for child in here.children.open if here.children else ():
            self.effects.append(ChildCancelled(here.visit, child.number))
        return self.put(here.but(waits=(), children=None)) if here.waits or here.children else here

    def way_out(self, node: Node, outcome: str | None) -> tuple[Edge, ...]:
        """The edges a token leaves by; NoWayOut when there is none."""
        ways = self.document.ways_out[node.id]
        if isinstance(node, EndNode):
            return ()
        if isinstance(node, ParallelNode):
            taken = ways
        elif isinstance(node, BranchNode | InclusiveNode):
            taken = tuple(way for way in ways if way.condition and self.holds(way.condition))
            taken = taken[:1] if isinstance(node, BranchNode) else taken
            taken = taken or tuple(way for way in ways if way.default)[:1]
        else:
            taken = tuple(way for way in ways if outcome is not None and way.outcome == outcome)
            taken = (taken or tuple(way for way in ways if way.outcome is None))[:1]
        if not taken:
            raise NoWayOut(node.id)
        return taken

    def end(self, status: RunStatus, *, reason: str | None = None) -> None:
        """The run is over; whatever is open is cancelled."""
        for here in sorted(self.open.values(), key=lambda one: one.visit):
            self.drop(here, reason=reason)
        self.arrivals.clear()
        self.status = status
        self.effects.append(RunEnded(status, self.result))
