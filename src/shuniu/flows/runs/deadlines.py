"""Limits of steps as moments: when a rung fires, when the light turns yellow and red."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shuniu.core.calendar import WorkingCalendar
from shuniu.core.flow.document import Clock, Unit
from shuniu.core.flow.effects import TimerArmed
from shuniu.flows.contracts import Light

YELLOW_SHARE = 4
"""Yellow when no more than a quarter of the budget is left,"""
YELLOW_AT_LEAST = timedelta(minutes=10)
"""or these last minutes."""

_UNIT = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1), Unit.DAYS: timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Rung:
    """A timer about to be written. Either `budget_seconds` or `budget_days` is set."""

    rung: str
    clock: Clock
    budget_seconds: int | None
    budget_days: int | None
    before_seconds: int
    after_seconds: int
    fire_at: datetime


@dataclass(frozen=True, slots=True)
class Limit:
    """When a step is due, and when its light turns yellow."""

    due_at: datetime
    warn_at: datetime
    provisional: bool


def limit(timer: TimerArmed, amount: int, opened_at: datetime, calendar: WorkingCalendar) -> Limit:
    """The moment the whole budget has passed, and the last stretch before it."""
    due_at = _after(timer, amount, opened_at, calendar)
    if timer.clock is Clock.WALL:
        last = last_stretch(due_at - opened_at)
        return Limit(due_at, max(due_at - last, opened_at), provisional=False)
    last = last_stretch(calendar.between(opened_at, due_at))
    warn_at = max(calendar.add(due_at, -last), opened_at)
    return Limit(due_at, warn_at, provisional=calendar.is_provisional(due_at))


def rung(timer: TimerArmed, amount: int, opened_at: datetime, calendar: WorkingCalendar) -> Rung | None:
    """The timer of one rung; None for a reminder that would fall before the step began."""
    due_at = _after(timer, amount, opened_at, calendar)
    before = timedelta(minutes=timer.before)
    fire_at = due_at
    if before:
        fire_at = due_at - before if timer.clock is Clock.WALL else calendar.add(due_at, -before)
        if fire_at <= opened_at:
            return None
    if timer.after:
        fire_at = after(timer.clock, due_at, timedelta(minutes=timer.after), calendar)
    whole_days = timer.clock is Clock.WORKING and timer.unit is Unit.DAYS
    return Rung(
        rung=timer.rung,
        clock=timer.clock,
        budget_seconds=None if whole_days else int((_UNIT[timer.unit] * amount).total_seconds()),
        budget_days=amount if whole_days else None,
        before_seconds=timer.before * 60,
        after_seconds=timer.after * 60,
        fire_at=fire_at,
    )


def light_of(*, due_at: datetime | None, warn_at: datetime | None, at: datetime) -> Light | None:
    """The light at a moment; steps without a limit have none. A closed step shows the light it was closed under."""
    if due_at is None:
        return None
    if at > due_at:
        return Light.RED
    return Light.YELLOW if warn_at is not None and at >= warn_at else Light.GREEN


def amount_of(timer: TimerArmed, setting: Any) -> int:
    """The budget in the timer's unit: the unit's own setting when it is a positive whole number."""
    return (
        setting
        if isinstance(setting, int) and not isinstance(setting, bool) and setting > 0
        else timer.amount
    )


def after(clock: Clock, since: datetime, span: timedelta, calendar: WorkingCalendar) -> datetime:
    """The moment so much time has passed on a clock; a negative span lies before."""
    return since + span if clock is Clock.WALL else calendar.add(since, span)


def passed(clock: Clock, since: datetime, until: datetime, calendar: WorkingCalendar) -> timedelta:
    """How much time has passed on a clock."""
    return until - since if clock is Clock.WALL else calendar.between(since, until)


def last_stretch(budget: timedelta) -> timedelta:
    """The end of a budget during which the light is yellow."""
    return max(budget / YELLOW_SHARE, YELLOW_AT_LEAST)


def _after(timer: TimerArmed, amount: int, opened_at: datetime, calendar: WorkingCalendar) -> datetime:
    if timer.clock is Clock.WALL:
        return opened_at + _UNIT[timer.unit] * amount
    if timer.unit is Unit.DAYS:
        return calendar.add_days(opened_at, amount)
    return calendar.add(opened_at, _UNIT[timer.unit] * amount)
