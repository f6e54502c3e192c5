"""The rows of one command, gathered from the engine's effects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shuniu.core.calendar import WorkingCalendar
from shuniu.core.flow import effects as e
from shuniu.core.flow.ledgers import moment_of
from shuniu.core.flow.memo import step_memo
from shuniu.core.flow.state import RunState, RunStatus
from shuniu.core.flow.step import DUE
from shuniu.flows.runs import deadlines
from shuniu.flows.runs.numbers import step_ids
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor
from shuniu.org import queries as org

CHILD_START, CHILD_CANCEL, CHILD_ENDED = "flow.child_start", "flow.child_cancel", "flow.child_ended"
DELIVER = "flow.deliver"
OWN = {CHILD_START: 1_000_000, CHILD_CANCEL: 2_000_000, CHILD_ENDED: 3_000_000, DELIVER: 4_000_000}
"""Commands that travel to another run through the outbox; their numbers lie above those the engine counts."""
RUN_LIMIT = 0
Row = dict[str, Any]


@dataclass(slots=True)
class Rows:
    """The rows of one command while they are gathered from its effects."""

    run: LockedRun
    by: Actor
    now: datetime
    ids: dict[int, int] = field(default_factory=dict)
    """Steps by visit: those open before, those opened now."""
    new_steps: dict[int, Row] = field(default_factory=dict)
    old_steps: dict[int, Row] = field(default_factory=dict)
    new_works: dict[tuple[int, int], Row] = field(default_factory=dict)
    old_works: list[Row] = field(default_factory=list)
    new_timers: dict[tuple[int, str], Row] = field(default_factory=dict)
    over_timers: list[Row] = field(default_factory=list)
    new_effects: list[Row] = field(default_factory=list)
    new_waits: dict[tuple[int, int], Row] = field(default_factory=dict)
    old_waits: list[Row] = field(default_factory=list)
    still: dict[int, bool] = field(default_factory=dict)
    """Steps whose limits stand still (true) or run on from now."""
    undone: list[int] = field(default_factory=list)
    moved: list[Row] = field(default_factory=list)
    """Steps that stand at a node of another version."""
    _calendar: WorkingCalendar | None = None

    @property
    def calendar(self) -> WorkingCalendar:
        if self._calendar is None:
            self._calendar = org.calendar(self.run.unit_id)
        return self._calendar

    def gather(self, effects: tuple[e.Effect, ...], state: RunState) -> None:
        """Take all effects in order, then what the engine keeps of the steps that stay open."""
        opened = [effect.visit for effect in effects if isinstance(effect, e.StepOpened)]
        self.ids = {**self.run.step_ids, **dict(zip(opened, step_ids(len(opened)), strict=True))}
        for effect in effects:
            take = _TAKE.get(type(effect))
            if take is not None:
                take(self, effect)
        self.remember(state)

    def open_step(self, effect: e.StepOpened) -> None:
        self.new_steps[effect.visit] = {
            "id": self.ids[effect.visit],
            "visit": effect.visit,
            "node": effect.node,
            "kind": effect.kind,
            "origin": effect.origin,
            "edge": effect.edge[:80],
            "returned_from": effect.returned_from,
            "level": effect.level,
            "form": effect.form,
            "memo": {},
            "via": effect.via,
            "status": "open",
            "outcome": "",
            "answers": {},
            "works_made": 0,
            "effects_made": 0,
            "opened_at": self.now,
            "closed_at": None,
            "closed_by": "",
            "ending": "",
            "party": "",
            "joined": None,
            "due_at": None,
            "warn_at": None,
            "provisional": False,
            "working_seconds": None,
        }

    def close_step(self, effect: e.StepClosed) -> None:
        row = self.new_steps.get(effect.visit)
        # Nodes that open and close by themselves take no working time: none is kept, so that means are of people.
        seconds: int | None = None
        if row is None:
            row = self.old(effect.visit)
            opened_at = self.run.opened_at[effect.visit]
            seconds = int(self.calendar.between(opened_at, self.now).total_seconds())
            self._timers_over(effect.visit, None, "cancelled")
        self.new_timers = {key: one for key, one in self.new_timers.items() if key[0] != effect.visit}
        row["status"] = "cancelled" if effect.end is e.StepEnd.CANCELLED else "closed"
        row["outcome"] = effect.outcome or ""
        row["answers"] = effect.answers
        row["closed_at"] = self.now
        row["closed_by"] = self.by.key
        row["ending"] = effect.end.value
        row["party"] = effect.party.key if effect.party else ""
        row["joined"] = effect.joined
        row["working_seconds"] = seconds

    def old(self, visit: int) -> Row:
        open_step = self.run.state.step(visit)
        return self.old_steps.setdefault(
            visit,
            {
                "id": self.ids[visit],
                "status": "open",
                "outcome": "",
                "answers": {},
                "works_made": open_step.works_made if open_step else 0,
                "effects_made": open_step.effects_made if open_step else 0,
                "closed_at": None,
                "closed_by": "",
                "ending": "",
                "party": "",
                "joined": None,
                "working_seconds": None,
                "memo": {},
            },
        )

    def remember(self, state: RunState) -> None:
        """What the engine keeps of the steps that stay open and of which something changed."""
        for open_step in state.steps:
            new = self.new_steps.get(open_step.visit)
            if new is None and open_step == self.run.state.step(open_step.visit):
                continue
            row = new or self.old(open_step.visit)
            row.update(
                works_made=open_step.works_made,
                effects_made=open_step.effects_made,
                memo=step_memo(open_step),
            )
            if new is not None:
                new["via"] = open_step.via

    def _count(self, visit: int, counter: str, number: int) -> None:
        row = self.new_steps.get(visit) or self.old(visit)
        row[counter] = max(row[counter], number)

    def open_work(self, effect: e.WorkOpened) -> None:
        self._count(effect.visit, "works_made", effect.number)
        self.new_works[effect.visit, effect.number] = {
            "step_id": self.ids[effect.visit],
            "number": effect.number,
            "party": effect.party.kind,
            "staff_id": effect.party.id,
            "role": effect.role.value,
            "seat": effect.seat,
            "status": "open",
            "outcome": "",
            "comment": "",
            "how": "",
            "closed_at": None,
        }

    def close_work(self, effect: e.WorkClosed) -> None:
        row = self.new_works.get((effect.visit, effect.number))
        if row is not None:
            row["closed_at"] = self.now
        else:
            row = {"step_id": self.ids[effect.visit], "number": effect.number}
            self.old_works.append(row)
        row["status"] = effect.end
        row["outcome"] = effect.outcome or ""
        row["comment"] = effect.comment[:500]
        row["how"] = effect.how

    def arm(self, timer: e.TimerArmed) -> None:
        setting = org.setting(timer.setting, self.run.unit_id) if timer.setting else None
        amount = deadlines.amount_of(timer, setting)
        step = self.new_steps.get(timer.visit)
        if timer.rung == DUE and step is not None:
            limit = deadlines.limit(timer, amount, self.now, self.calendar)
            step.update(due_at=limit.due_at, warn_at=limit.warn_at, provisional=limit.provisional)
        rung = deadlines.rung(timer, amount, self.now, self.calendar)
        if rung is not None:
            self.new_timers[timer.visit, rung.rung] = {
                "step_id": self.ids.get(timer.visit),
                "rung": rung.rung,
                "clock": rung.clock,
                "budget_seconds": rung.budget_seconds,
                "budget_days": rung.budget_days,
                "before_seconds": rung.before_seconds,
                "after_seconds": rung.after_seconds,
                "running_since": self.now,
                "fire_at": rung.fire_at,
                "status": "armed",
            }

    def arm_moment(self, moment: e.MomentArmed) -> None:
        self.new_timers[moment.visit, moment.rung] = {
            "step_id": self.ids.get(moment.visit),
            "rung": moment.rung,
            "clock": "wall",
            "budget_seconds": None,
            "budget_days": None,
            "before_seconds": 0,
            "after_seconds": 0,
            "running_since": None,
            "fire_at": moment_of(moment, self.calendar).at,
            "status": "armed",
        }

    def fired(self, effect: e.TimerFired) -> None:
        self._timers_over(effect.visit, effect.rung, "fired")

    def _timers_over(self, visit: int, rung: str | None, status: str) -> None:
        self.over_timers.append({"step_id": self.ids.get(visit), "rung": rung, "status": status})

    def pause(self, effect: e.TimersPaused) -> None:
        self._stand(effect.visit, still=True)

    def resume(self, effect: e.TimersResumed) -> None:
        self._stand(effect.visit, still=False)

    def _stand(self, visit: int, *, still: bool) -> None:
        """Rungs armed by this very command stand still at once; those of before are worked out under the lock."""
        if still and visit in self.new_steps:
            self.new_steps[visit].update(due_at=None, warn_at=None)
            for (of, _), row in self.new_timers.items():
                if of == visit and row["running_since"] is not None:
                    row.update(status="paused", fire_at=None, running_since=None)
        else:
            self.still[visit] = still

    def call(self, effect: e.CallWanted) -> None:
        self._count(effect.visit, "effects_made", effect.number)
        self._effect(effect.visit, effect.number, effect.effect, effect.params, awaited=effect.awaited)

    def _effect(
        self, visit: int, number: int, effect: str, params: Mapping[str, Any], *, awaited: bool = False
    ) -> None:
        self.new_effects.append(
            {
                "step_id": self.ids[visit],
                "number": number,
                "effect": effect,
                "params": params,
                "awaited": awaited,
            }
        )

    def listen(self, effect: e.WaitOpened) -> None:
        self.new_waits[effect.visit, effect.number] = {
            "step_id": self.ids[effect.visit],
            "number": effect.number,
            "event": effect.event,
            "correlation": effect.correlation,
            "status": "open",
            "closed_at": None,
        }

    def heard(self, effect: e.WaitClosed) -> None:
        row = self.new_waits.get((effect.visit, effect.number))
        if row is None:
            row = {"step_id": self.ids[effect.visit], "number": effect.number}
            self.old_waits.append(row)
        row["status"] = "met" if effect.met else "cancelled"
        row["closed_at"] = self.now

    def begin_child(self, effect: e.ChildWanted) -> None:
        params = {
            "number": effect.number,
            "flow": effect.flow,
            "version": effect.version,
            "facts": dict(effect.facts),
            "awaited": effect.awaited,
        }
        self._effect(effect.visit, OWN[CHILD_START] + effect.number, CHILD_START, params)

    def cancel_child(self, effect: e.ChildCancelled) -> None:
        number = effect.number
        self._effect(effect.visit, OWN[CHILD_CANCEL] + number, CHILD_CANCEL, {"number": number})

    def end_run(self, effect: e.RunEnded) -> None:
        """Its limit is over, and whoever waits for this run as a sub-flow is told."""
        if self.run.state.status is not RunStatus.NEW:
            self._timers_over(RUN_LIMIT, None, "cancelled")
        self.new_timers = {key: row for key, row in self.new_timers.items() if key[0] != RUN_LIMIT}
        if self.run.parent is not None:
            params = {"ok": effect.status is RunStatus.ENDED}
            self._effect(max(self.ids), OWN[CHILD_ENDED], CHILD_ENDED, params)

    def undo(self, effect: e.Undone) -> None:
        self.undone.append(effect.visit)

    def move_step(self, effect: e.StepMoved) -> None:
        row = {"id": self.ids[effect.visit], "node": effect.node, "edge": effect.edge[:80], "via": effect.via}
        self.moved.append(row)

    def as_json(self) -> dict[str, Any]:
        """The rows by their tables, empty ones left out."""
        found = {
            "new_steps": list(self.new_steps.values()),
            "old_steps": list(self.old_steps.values()),
            "new_works": list(self.new_works.values()),
            "old_works": self.old_works,
            "new_timers": list(self.new_timers.values()),
            "over_timers": self.over_timers,
            "new_effects": self.new_effects,
        }
        return {name: rows for name, rows in found.items() if rows}


_TAKE: Mapping[type, Any] = {
    e.StepOpened: Rows.open_step,
    e.StepClosed: Rows.close_step,
    e.WorkOpened: Rows.open_work,
    e.WorkClosed: Rows.close_work,
    e.TimerArmed: Rows.arm,
    e.MomentArmed: Rows.arm_moment,
    e.TimerFired: Rows.fired,
    e.TimersPaused: Rows.pause,
    e.TimersResumed: Rows.resume,
    e.CallWanted: Rows.call,
    e.WaitOpened: Rows.listen,
    e.WaitClosed: Rows.heard,
    e.ChildWanted: Rows.begin_child,
    e.ChildCancelled: Rows.cancel_child,
    e.RunEnded: Rows.end_run,
    e.Undone: Rows.undo,
    e.StepMoved: Rows.move_step,
}
