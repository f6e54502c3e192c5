"""Limits as ledgers: a budget, what is consumed, since when it runs. The moment one fires is derived, never stored."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from shuniu.core.calendar import WorkingCalendar
from shuniu.core.flow.effects import MomentArmed, TimerArmed
from shuniu.core.flow.limits import Clock, Unit

_UNIT = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1), Unit.DAYS: timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Ledger:
    """One rung. `budget` is time on its own clock; `shift` is how far from the limit it fires (negative: before)."""

    clock: Clock
    budget: timedelta
    shift: timedelta
    running_since: datetime | None
    consumed: timedelta = timedelta()
    at: datetime | None = None
    """A moment that is given, not counted to; it does not stand still."""

    def fire_at(self, calendar: WorkingCalendar) -> datetime | None:
        """When it fires; None while it stands still."""
        if self.at is not None:
            return self.at
        if self.running_since is None:
            return None
        left = self.budget - self.consumed + self.shift
        if self.clock is Clock.WALL:
            return self.running_since + left
        return calendar.add(self.running_since, left) if left > timedelta() else self.running_since

    def pause(self, now: datetime, calendar: WorkingCalendar) -> "Ledger":
        """It stands still from now on."""
        if self.running_since is None:
            return self
        since = self.running_since
        used = now - since if self.clock is Clock.WALL else calendar.between(since, now)
        return replace(self, consumed=self.consumed + used, running_since=None)

    def resume(self, now: datetime) -> "Ledger":
        """It runs on from now."""
        return self if self.running_since is not None else replace(self, running_since=now)


def ledger_of(timer: TimerArmed, amount: int, now: datetime, calendar: WorkingCalendar) -> Ledger | None:
    """The ledger of a rung armed now; None for a reminder that would fall before the step began.

    Working days are whole days of the calendar: their budget is the working time until the same time of day, that
    many working days later.
    """
    if timer.clock is Clock.WORKING and timer.unit is Unit.DAYS:
        budget = calendar.between(now, calendar.add_days(now, amount))
    else:
        budget = _UNIT[timer.unit] * amount
    shift = timedelta(minutes=timer.after - timer.before)
    if timer.before and budget + shift <= timedelta():
        return None
    return Ledger(timer.clock, budget, shift, now)


def moment_of(armed: MomentArmed, calendar: WorkingCalendar) -> Ledger:
    """A moment that is given; a date alone is its first minute in the calendar's zone."""
    if "T" in armed.at:
        at = datetime.fromisoformat(armed.at)
        at = at if at.tzinfo else at.replace(tzinfo=calendar.zone)
    else:
        day = date.fromisoformat(armed.at)
        at = datetime(day.year, day.month, day.day, tzinfo=calendar.zone)
    return Ledger(Clock.WALL, timedelta(), timedelta(), None, at=at.astimezone(UTC))
