"""Limits that stand still and run on: each rung is a ledger, and the moment it fires is derived anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.backends.utils import CursorWrapper

from shuniu.core.calendar import WorkingCalendar
from shuniu.core.flow.limits import Clock
from shuniu.core.flow.step import DUE
from shuniu.flows.runs import deadlines
from shuniu.flows.runs.state import LockedRun

RUNGS = """
select t.id, t.step_id, t.rung, t.clock, t.budget_seconds, t.budget_days, t.before_seconds, t.after_seconds,
    t.consumed_seconds, t.running_since, coalesce(s.opened_at, r.started_at)
from flow_timer t join flow_run r on r.id = t.run_id left join flow_step s on s.id = t.step_id
where t.run_id = %s and t.status = %s and (t.step_id = any(%s) or (t.step_id is null and %s))
    and (t.budget_seconds is not null or t.budget_days is not null)
"""
STAND = """
update flow_timer set status = 'paused', fire_at = null, running_since = null, consumed_seconds = %s where id = %s
"""
RUN_ON = "update flow_timer set status = 'armed', fire_at = %s, running_since = %s where id = %s"
LIGHT = "update flow_step set due_at = %s, warn_at = %s, provisional = %s where id = %s"
RUN_LIMIT = 0


@dataclass(frozen=True, slots=True)
class _Rung:
    id: int
    step_id: int | None
    rung: str
    clock: str
    budget_seconds: int | None
    budget_days: int | None
    before_seconds: int
    after_seconds: int
    consumed_seconds: int
    running_since: datetime | None
    began_at: datetime

    def budget(self, calendar: WorkingCalendar) -> timedelta:
        """On its own clock; whole working days from where it began."""
        if self.budget_days is not None:
            return calendar.between(self.began_at, calendar.add_days(self.began_at, self.budget_days))
        return timedelta(seconds=self.budget_seconds or 0)


def settle(
    run: LockedRun,
    *,
    ids: Mapping[int, int],
    still: Mapping[int, bool],
    calendar: WorkingCalendar,
    now: datetime,
) -> None:
    """Let the limits of these visits (0: of the whole run) stand still or run on from now."""
    for stands in (True, False):
        visits = [visit for visit, wanted in still.items() if wanted is stands]
        if not visits:
            continue
        steps = [ids[visit] for visit in visits if visit in ids]
        with connection.cursor() as cursor:
            cursor.execute(RUNGS, [run.id, "armed" if stands else "paused", steps, RUN_LIMIT in visits])
            rungs = [_Rung(*row) for row in cursor.fetchall()]
            for rung in rungs:
                if stands:
                    _stand(cursor, rung, calendar, now)
                else:
                    _run_on(cursor, rung, calendar, now)


def _stand(cursor: CursorWrapper, rung: _Rung, calendar: WorkingCalendar, now: datetime) -> None:
    used = deadlines.passed(Clock(rung.clock), rung.running_since or now, now, calendar)
    cursor.execute(STAND, [rung.consumed_seconds + int(used.total_seconds()), rung.id])
    if rung.rung == DUE and rung.step_id is not None:
        cursor.execute(LIGHT, [None, None, False, rung.step_id])


def _run_on(cursor: CursorWrapper, rung: _Rung, calendar: WorkingCalendar, now: datetime) -> None:
    clock, budget = Clock(rung.clock), rung.budget(calendar)
    left = budget - timedelta(seconds=rung.consumed_seconds)
    shift = timedelta(seconds=rung.after_seconds - rung.before_seconds)
    fire_at = max(deadlines.after(clock, now, left + shift, calendar), now)
    cursor.execute(RUN_ON, [fire_at, now, rung.id])
    if rung.rung == DUE and rung.step_id is not None:
        warn_at = max(deadlines.after(clock, fire_at, -deadlines.last_stretch(budget), calendar), now)
        provisional = clock is Clock.WORKING and calendar.is_provisional(fire_at)
        cursor.execute(LIGHT, [fire_at, warn_at, provisional, rung.step_id])
