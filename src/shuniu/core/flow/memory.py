"""Runs in memory, with a clock of their own: what a database store does, for trials, checks and tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shuniu.core.calendar import WorkingCalendar
from shuniu.core.flow import effects as e
from shuniu.core.flow.commands import (
    Ask,
    Cancel,
    ChildEnded,
    Command,
    DoneAction,
    FireTimer,
    Migrate,
    PastStep,
    Reject,
    Return,
    Start,
    Undo,
    Withdraw,
)
from shuniu.core.flow.document import ActionNode, FlowDocument, SettleNode
from shuniu.core.flow.effects import StepEnd
from shuniu.core.flow.ledgers import Ledger, ledger_of, moment_of
from shuniu.core.flow.migrate import migrate
from shuniu.core.flow.people import ByFact, ByPerson, ByStaffField, ByStarter, ByStep, People
from shuniu.core.flow.state import NEW, RunState, RunStatus
from shuniu.core.flow.step import Moved, step

Find = Callable[["MemoryRun", int, People], tuple[str, ...]]


@dataclass(slots=True)
class Stay:
    """One visit of a node, open or over."""

    visit: int
    node: str
    kind: str
    origin: int | None
    via: Mapping[str, int]
    edge: str
    level: int
    opened_at: datetime
    closed_at: datetime | None = None
    end: StepEnd | None = None
    outcome: str | None = None
    party: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    joined: int | None = None
    undone: bool = False


@dataclass(slots=True)
class MemoryRun:
    id: int
    flow: str
    document: FlowDocument
    state: RunState = NEW
    stays: dict[int, Stay] = field(default_factory=dict)
    timers: dict[tuple[int, str], Ledger] = field(default_factory=dict)
    calls: list[e.CallWanted] = field(default_factory=list)
    """Effects wanted and not run yet."""
    effects: list[e.Effect] = field(default_factory=list)
    log: list[tuple[Command, datetime]] = field(default_factory=list)
    parent: tuple[int, int, int] | None = None
    children: dict[tuple[int, int], int] = field(default_factory=dict)


class MemoryStore:
    """`flows` are the documents sub-flows may name; `find` resolves rules for people."""

    def __init__(
        self,
        *,
        now: datetime,
        calendar: WorkingCalendar,
        flows: Mapping[str, FlowDocument] | None = None,
        find: Find | None = None,
        settings: Mapping[str, int] | None = None,
    ) -> None:
        self.now = now
        self.calendar = calendar
        self.flows = dict(flows or {})
        self.find = find or plain_people
        self.settings = dict(settings or {})
        self.runs: dict[int, MemoryRun] = {}

    def start(
        self,
        document: FlowDocument,
        *,
        flow: str = "",
        facts: Mapping[str, Any] | None = None,
        starter: str | None = None,
        parent: tuple[int, int, int] | None = None,
    ) -> MemoryRun:
        run = MemoryRun(len(self.runs) + 1, flow, document, parent=parent)
        self.runs[run.id] = run
        self.do(run, Start(facts=dict(facts or {}), starter=starter))
        return run

    def do(self, run: MemoryRun, command: Command) -> Moved:
        """One command with the history it needs; refusals of the engine come through and change nothing."""
        command = _with_past(run, command)
        moved = step(run.document, run.state, command, self.now)
        run.state = moved.state
        run.log.append((command, self.now))
        for effect in moved.effects:
            run.effects.append(effect)
            self._write(run, effect)
        for effect in moved.effects:
            self._follow(run, effect)
        return moved

    def migrate(self, run: MemoryRun, document: FlowDocument, command: Migrate) -> None:
        """Move a run to another version; its history is told in the names of that version from now on."""
        moved = migrate(run.document, document, run.state, command, self.now)
        run.document, run.state = document, moved.state
        run.log.append((command, self.now))
        run.effects.extend(moved.effects)
        for stay in run.stays.values():
            stay.node = command.mapping.get(stay.node, stay.node)
            stay.via = {command.mapping.get(node, node): visit for node, visit in stay.via.items()}

    def next_timer(self) -> tuple[datetime, MemoryRun, int, str] | None:
        """The timer that fires next, over all runs."""
        due = [
            (at, run.id, visit, rung)
            for run in self.runs.values()
            if run.state.status is RunStatus.RUNNING
            for (visit, rung), ledger in run.timers.items()
            if (at := ledger.fire_at(self.calendar)) is not None
        ]
        if not due:
            return None
        at, run_id, visit, rung = min(due)
        return at, self.runs[run_id], visit, rung

    def fire_next(self) -> bool:
        """Move the clock to the next timer and fire it; False when there is none."""
        found = self.next_timer()
        if found is None:
            return False
        at, run, visit, rung = found
        self.now = max(self.now, at)
        self.do(run, FireTimer(visit=visit, rung=rung))
        return True

    def advance(self, by: timedelta) -> None:
        """Move the clock on, firing what comes due on the way."""
        until = self.now + by
        while (found := self.next_timer()) is not None and found[0] <= until:
            self.fire_next()
        self.now = until

    def _write(self, run: MemoryRun, effect: e.Effect) -> None:
        if isinstance(effect, e.StepOpened):
            run.stays[effect.visit] = Stay(
                effect.visit,
                effect.node,
                effect.kind,
                effect.origin,
                effect.via,
                effect.edge,
                effect.level,
                self.now,
            )
        elif isinstance(effect, e.StepClosed):
            stay = run.stays[effect.visit]
            stay.closed_at, stay.end, stay.outcome = self.now, effect.end, effect.outcome
            stay.party = effect.party.key if effect.party else None
            stay.answers, stay.joined = effect.answers, effect.joined
            self._forget(run, effect.visit)
        elif isinstance(effect, e.Undone):
            run.stays[effect.visit].undone = True
        elif isinstance(effect, e.CallWanted):
            run.calls.append(effect)
        elif isinstance(effect, e.RunEnded):
            run.timers.clear()
        else:
            self._write_timer(run, effect)

    def _write_timer(self, run: MemoryRun, effect: e.Effect) -> None:
        if isinstance(effect, e.TimerArmed):
            amount = self.settings.get(effect.setting or "", effect.amount)
            ledger = ledger_of(effect, amount, self.now, self.calendar)
            if ledger is not None:
                run.timers[effect.visit, effect.rung] = ledger
        elif isinstance(effect, e.MomentArmed):
            run.timers[effect.visit, effect.rung] = moment_of(effect, self.calendar)
        elif isinstance(effect, e.TimerFired):
            run.timers.pop((effect.visit, effect.rung), None)
        elif isinstance(effect, e.TimersPaused | e.TimersResumed):
            for key, ledger in run.timers.items():
                if key[0] == effect.visit:
                    paused = isinstance(effect, e.TimersPaused)
                    run.timers[key] = (
                        ledger.pause(self.now, self.calendar) if paused else ledger.resume(self.now)
                    )

    def _forget(self, run: MemoryRun, visit: int) -> None:
        run.timers = {key: ledger for key, ledger in run.timers.items() if key[0] != visit}
        run.calls = [call for call in run.calls if call.visit != visit or not call.awaited]

    def _follow(self, run: MemoryRun, effect: e.Effect) -> None:
        """What a store answers at once."""
        if isinstance(effect, e.PeopleWanted):
            if run.state.step(effect.visit) is not None:
                parties = self.find(run, effect.visit, effect.rule)
                self.do(run, Ask(visit=effect.visit, parties=parties))
        elif isinstance(effect, e.UndoWanted):
            self.do(run, Undo(visit=effect.visit, done=done_since(run, 0)))
        elif isinstance(effect, e.ChildWanted):
            self._begin_child(run, effect)
        elif isinstance(effect, e.ChildCancelled):
            child = self.runs.get(run.children.get((effect.visit, effect.number), 0))
            if child is not None and child.state.status in {RunStatus.RUNNING, RunStatus.SUSPENDED}:
                self.do(child, Cancel(reason="parent"))
        elif isinstance(effect, e.RunEnded):
            self._tell_parent(run)
        elif isinstance(effect, e.RunResumed):
            for child_id in list(run.children.values()):
                self._tell_parent(self.runs[child_id])

    def _begin_child(self, run: MemoryRun, effect: e.ChildWanted) -> None:
        document = self.flows.get(effect.flow)
        here = run.state.step(effect.visit)
        if effect.awaited and (here is None or here.children is None):
            return
        if document is None:
            if effect.awaited:
                self.do(run, ChildEnded(visit=effect.visit, number=effect.number))
            return
        place = (run.id, effect.visit, effect.number) if effect.awaited else None
        child = MemoryRun(len(self.runs) + 1, effect.flow, document, parent=place)
        self.runs[child.id] = child
        run.children[effect.visit, effect.number] = child.id
        self.do(child, Start(facts=dict(effect.facts)))

    def _tell_parent(self, run: MemoryRun) -> None:
        """That a sub-flow is over; a suspended parent is told when it is resumed."""
        status = run.state.status
        if run.parent is None or status not in {RunStatus.ENDED, RunStatus.CANCELLED}:
            return
        parent_id, visit, number = run.parent
        parent = self.runs[parent_id]
        here = parent.state.step(visit)
        open_numbers = {child.number for child in here.children.open} if here and here.children else set()
        if number in open_numbers and parent.state.status is RunStatus.RUNNING:
            ok = status is RunStatus.ENDED
            self.do(parent, ChildEnded(visit=visit, number=number, ok=ok, facts=dict(run.state.facts)))


def past_of(run: MemoryRun, visit: int) -> tuple[PastStep, ...]:
    """What a return to a visit looks back at: that visit, and the arrivals that joins let through since."""
    return tuple(
        _past(stay)
        for stay in run.stays.values()
        if stay.closed_at is not None and (stay.visit == visit or (stay.joined or 0) >= visit)
    )


def past_since(run: MemoryRun, visit: int) -> tuple[PastStep, ...]:
    """The closed steps from a visit on, which a withdrawal looks back at besides."""
    return tuple(
        _past(stay) for stay in run.stays.values() if stay.closed_at is not None and stay.visit >= visit
    )


def _past(stay: Stay) -> PastStep:
    return PastStep(
        visit=stay.visit,
        node=stay.node,
        via=dict(stay.via),
        edge=stay.edge,
        joined=stay.joined,
        party=stay.party,
    )


def done_since(run: MemoryRun, visit: int) -> tuple[DoneAction, ...]:
    """The actions done from a visit on and not taken back yet."""
    return tuple(
        DoneAction(visit=stay.visit, node=stay.node)
        for stay in run.stays.values()
        if stay.visit >= visit
        and stay.end is StepEnd.CLOSED
        and not stay.undone
        and isinstance(run.document.by_id.get(stay.node), ActionNode | SettleNode)
    )


def plain_people(run: MemoryRun, visit: int, rule: People) -> tuple[str, ...]:
    """Those a rule names itself; member of staff 1 for every other rule."""
    facts = run.state.facts
    if isinstance(rule, ByPerson):
        return tuple(f"staff:{staff_id}" for staff_id in rule.staff_ids)
    if isinstance(rule, ByStarter) and run.state.starter is not None:
        return (run.state.starter.key,)
    name = None
    if isinstance(rule, ByStep):
        name = f"步骤.{rule.node}.处理人"
    elif isinstance(rule, ByFact):
        name = rule.fact
    elif isinstance(rule, ByStaffField):
        name = rule.field
    known = facts.get(name) if name else None
    return (f"staff:{known}",) if isinstance(known, int) else ("staff:1",)


def _with_past(run: MemoryRun, command: Command) -> Command:
    """The command with the history it needs."""
    if isinstance(command, Return | Reject) and not command.past:
        here = run.state.step(command.visit)
        node = run.document.by_id[here.node] if here else None
        to = command.to if isinstance(command, Return) else getattr(node, "reject_to", None)
        visit = here.via.get(to) if here and to else None
        if visit is None:
            return command
        return command.model_copy(update={"past": past_of(run, visit), "done": done_since(run, visit)})
    if isinstance(command, Withdraw) and not command.past:
        past = {one.visit: one for one in (*past_of(run, command.visit), *past_since(run, command.visit))}
        return command.model_copy(
            update={"past": tuple(past.values()), "done": done_since(run, command.visit)}
        )
    return command
