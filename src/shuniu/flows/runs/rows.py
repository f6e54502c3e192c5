"""The rows of one command, gathered from the engine's effects."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shuniu.core.calendar import WorkingCalendar
from shuniu.core.flow.effects import (
    CallWanted,
    Effect,
    StepClosed,
    StepEnd,
    StepOpened,
    TimerArmed,
    TimerFired,
    WorkClosed,
    WorkOpened,
)
from shuniu.core.flow.memo import step_memo
from shuniu.core.flow.state import RunState
from shuniu.core.flow.step import DUE
from shuniu.flows.runs import deadlines
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor
from shuniu.org import queries as org


@dataclass(slots=True)
class Rows:
    """The rows of one command while they are gathered from its effects."""

    run: LockedRun
    by: Actor
    now: datetime
    new_steps: dict[int, dict[str, Any]] = field(default_factory=dict)
    old_steps: dict[int, dict[str, Any]] = field(default_factory=dict)
    new_works: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    old_works: list[dict[str, Any]] = field(default_factory=list)
    new_timers: list[dict[str, Any]] = field(default_factory=list)
    over_timers: list[dict[str, Any]] = field(default_factory=list)
    new_effects: list[dict[str, Any]] = field(default_factory=list)
    _calendar: WorkingCalendar | None = None

    @property
    def calendar(self) -> WorkingCalendar:
        if self._calendar is None:
            self._calendar = org.calendar(self.run.unit_id)
        return self._calendar

    def open_step(self, effect: StepOpened) -> None:
        self.new_steps[effect.visit] = {
            "visit": effect.visit,
            "node": effect.node,
            "kind": effect.kind,
            "origin": effect.origin,
            "edge": effect.edge[:80],
            "returned_from": effect.returned_from,
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
            "due_at": None,
            "warn_at": None,
            "provisional": False,
            "working_seconds": None,
        }

    def close_step(self, effect: StepClosed) -> None:
        row = self.new_steps.get(effect.visit)
        # Nodes that open and close by themselves take no working time: none is kept, so that means are of people.
        seconds: int | None = None
        if row is None:
            row = self.old(effect.visit)
            opened_at = self.run.opened_at[effect.visit]
            seconds = int(self.calendar.between(opened_at, self.now).total_seconds())
            self.over_timers.append({"visit": effect.visit, "rung": None, "status": "cancelled"})
        row["status"] = "cancelled" if effect.end is StepEnd.CANCELLED else "closed"
        row["outcome"] = effect.outcome or ""
        row["answers"] = effect.answers
        row["closed_at"] = self.now
        row["closed_by"] = self.by.key
        row["working_seconds"] = seconds

    def old(self, visit: int) -> dict[str, Any]:
        open_step = self.run.state.step(visit)
        return self.old_steps.setdefault(
            visit,
            {
                "visit": visit,
                "status": "open",
                "outcome": "",
                "answers": {},
                "works_made": open_step.works_made if open_step else 0,
                "effects_made": open_step.effects_made if open_step else 0,
                "closed_at": None,
                "closed_by": "",
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
                via=open_step.via,
                works_made=open_step.works_made,
                effects_made=open_step.effects_made,
                memo=step_memo(open_step),
            )

    def _count(self, visit: int, counter: str, number: int) -> None:
        row = self.new_steps.get(visit) or self.old(visit)
        row[counter] = max(row[counter], number)

    def open_work(self, effect: WorkOpened) -> None:
        self._count(effect.visit, "works_made", effect.number)
        self.new_works[effect.visit, effect.number] = {
            "visit": effect.visit,
            "number": effect.number,
            "party": effect.party.kind,
            "staff_id": effect.party.id,
            "status": "open",
            "outcome": "",
            "comment": "",
            "opened_at": self.now,
            "closed_at": None,
        }

    def close_work(self, effect: WorkClosed) -> None:
        row = self.new_works.get((effect.visit, effect.number))
        if row is not None:
            row["closed_at"] = self.now
        else:
            row = {"visit": effect.visit, "number": effect.number, "comment": ""}
            self.old_works.append(row)
        row["status"] = effect.end
        row["outcome"] = effect.outcome or ""

    def arm(self, timer: TimerArmed) -> None:
        setting = org.setting(timer.setting, self.run.unit_id) if timer.setting else None
        amount = deadlines.amount_of(timer, setting)
        if timer.rung == DUE:
            limit = deadlines.limit(timer, amount, self.now, self.calendar)
            self.new_steps[timer.visit].update(
                due_at=limit.due_at, warn_at=limit.warn_at, provisional=limit.provisional
            )
        rung = deadlines.rung(timer, amount, self.now, self.calendar)
        if rung is not None:
            self.new_timers.append(
                {
                    "visit": timer.visit,
                    "rung": rung.rung,
                    "clock": rung.clock,
                    "budget_seconds": rung.budget_seconds,
                    "budget_days": rung.budget_days,
                    "before_seconds": rung.before_seconds,
                    "fire_at": rung.fire_at,
                }
            )

    def call(self, effect: CallWanted) -> None:
        self._count(effect.visit, "effects_made", effect.number)
        self.new_effects.append(
            {
                "visit": effect.visit,
                "number": effect.number,
                "effect": effect.effect,
                "params": effect.params,
                "awaited": effect.awaited,
            }
        )

    def take(self, effect: Effect) -> None:
        """Add what one effect of the engine means for the tables."""
        if isinstance(effect, StepOpened):
            self.open_step(effect)
        elif isinstance(effect, StepClosed):
            self.close_step(effect)
        elif isinstance(effect, WorkOpened):
            self.open_work(effect)
        elif isinstance(effect, WorkClosed):
            self.close_work(effect)
        elif isinstance(effect, TimerArmed):
            self.arm(effect)
        elif isinstance(effect, TimerFired):
            self.over_timers.append({"visit": effect.visit, "rung": effect.rung, "status": "fired"})
        elif isinstance(effect, CallWanted):
            self.call(effect)

    def as_json(self) -> dict[str, Any]:
        return {
            "new_steps": list(self.new_steps.values()),
            "old_steps": list(self.old_steps.values()),
            "new_works": list(self.new_works.values()),
            "old_works": self.old_works,
            "new_timers": self.new_timers,
            "over_timers": self.over_timers,
            "new_effects": self.new_effects,
        }
