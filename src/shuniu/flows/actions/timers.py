"""Limits that have come: each rung fires once, in batches, on runs that nobody else is just moving."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from shuniu.core.flow.commands import FireTimer
from shuniu.flows.contracts import FlowStuck, RuleNotMet, WorkTaken
from shuniu.flows.runs.documents import content_hash
from shuniu.flows.runs.many import Step, write_many
from shuniu.flows.runs.moving import move, observe, walk
from shuniu.flows.runs.rows import RUN_LIMIT
from shuniu.flows.runs.state import LockedRun, lock, lock_many
from shuniu.foundation.access import system

BATCH = 200
TIMERS = system("timers")

# The run's lock is the claim: a run that somebody is moving is left for the next second, never waited for.
CLAIM = """
select t.id, t.run_id, t.step_id, coalesce(s.visit, 0), t.rung, t.fire_at
from flow_timer t join flow_run r on r.id = t.run_id left join flow_step s on s.id = t.step_id
where t.status = 'armed' and t.fire_at <= %s and r.status = 'running'
order by t.fire_at, t.id
limit %s
for no key update of r skip locked
"""
STILL_ARMED = "select id from flow_timer where id = any(%s) and status = 'armed'"
SET_ASIDE = "update flow_timer set status = %s, fired_at = %s where id = any(%s)"


@dataclass(frozen=True, slots=True)
class _Due:
    id: int
    run_id: int
    step_id: int | None
    visit: int
    rung: str
    fire_at: datetime


@transaction.atomic
def fire_due(*, now: datetime, batch: int = BATCH) -> int:
    """Fire what is due, at most `batch` rungs; how many were dealt with.

    Of several rungs of one step that are due at once (after an outage) only the last is told, the others are missed.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [now, batch])
        claimed = [_Due(*row) for row in cursor.fetchall()]
        # What was read while waiting for nobody may still be older than the lock: ask again under it.
        cursor.execute(STILL_ARMED, [[timer.id for timer in claimed]])
        armed = {row[0] for row in cursor.fetchall()}
        due = [timer for timer in claimed if timer.id in armed]
        last = {(timer.run_id, timer.step_id): timer for timer in due}
        missed = [timer.id for timer in due if last[timer.run_id, timer.step_id] is not timer]
        if missed:
            cursor.execute(SET_ASIDE, ["missed", now, missed])
    _fire_all(list(last.values()), now)
    return len(due)


def _fire_all(due: Sequence[_Due], now: datetime) -> None:
    """All at once, one rung of each run after the other; what the engine refuses is fired by itself."""
    waiting = list(due)
    while waiting:
        runs = lock_many(sorted({timer.run_id for timer in waiting}))
        turn: dict[int, _Due] = {}
        for timer in waiting:
            turn.setdefault(timer.run_id, timer)
        steps: list[Step] = []
        for timer in turn.values():
            step = _walked(runs[timer.run_id], timer, now)
            if step is not None:
                steps.append(step)
            else:
                _fire(timer, now)
        if steps:
            write_many(steps, by=TIMERS, now=now)
        waiting = [timer for timer in waiting if turn[timer.run_id] is not timer]


def _walked(run: LockedRun, timer: _Due, now: datetime) -> Step | None:
    """What the engine makes of one rung; None when it is refused, or its step is gone."""
    here = run.state.step(timer.visit)
    if here is None and timer.visit != RUN_LIMIT:
        return None
    observed = observe(run, now, leaving=here.node if here else None)
    command = FireTimer(visit=timer.visit, rung=timer.rung, observed=observed)
    key = f"timer:{timer.id}"
    try:
        return Step(run, walk(run, command, now), key, content_hash([key]))
    except (FlowStuck, RuleNotMet, WorkTaken):
        return None


def _fire(timer: _Due, now: datetime) -> None:
    run = lock(timer.run_id)
    here = run.state.step(timer.visit)
    if here is None and timer.visit != RUN_LIMIT:
        with connection.cursor() as cursor:
            cursor.execute(SET_ASIDE, ["cancelled", None, [timer.id]])
        return
    command = FireTimer(
        visit=timer.visit, rung=timer.rung, observed=observe(run, now, leaving=here.node if here else None)
    )
    key = f"timer:{timer.id}"
    try:
        with transaction.atomic():
            move(run, command, key=key, digest=content_hash([key]), by=TIMERS, now=now)
    except (FlowStuck, RuleNotMet, WorkTaken):
        # The document has no way on for this limit: the rung is spent, the step stays open and stays red.
        with connection.cursor() as cursor:
            cursor.execute(SET_ASIDE, ["fired", now, [timer.id]])
