"""What is queued, running and failed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from shuniu.foundation.hub import Loop, registry
from shuniu.foundation.jobs.contracts import JobRow, LoopRow
from shuniu.foundation.jobs.models import LoopState

MOMENTS = """
select job_id, max(at) filter (where type = 'deferred'), max(at) filter (where type = 'started'),
    max(at) filter (where type in ('succeeded', 'failed', 'cancelled', 'aborted'))
from procrastinate_events where job_id = any(%s) group by job_id
"""
FAILURES = "select distinct on (job_id) job_id, error, at from job_failure where job_id = any(%s) order by job_id, at desc"
LATE_AFTER = timedelta(minutes=2)


def job_rows(*, status: str | None = None, task: str | None = None) -> QuerySet[Any]:
    """Jobs, narrowed by status and task."""
    rows = ProcrastinateJob.objects.all()
    if status:
        rows = rows.filter(status=status)
    if task:
        rows = rows.filter(task_name=task)
    return rows


def jobs(rows: Sequence[Any]) -> list[JobRow]:
    """The contracts of those rows, with their moments and last failures."""
    ids = [row.id for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(MOMENTS, (ids,))
        moments = {job_id: rest for job_id, *rest in cursor.fetchall()}
        cursor.execute(FAILURES, (ids,))
        failures = {job_id: rest for job_id, *rest in cursor.fetchall()}
    return [_job(row, moments.get(row.id, [None] * 3), failures.get(row.id, ["", None])) for row in rows]


def counts() -> dict[str, int]:
    """How many jobs there are of each status."""
    return {
        row["status"]: row["count"]
        for row in ProcrastinateJob.objects.order_by().values("status").annotate(count=Count("id"))
    }


def loops(now: datetime, locale: str) -> list[LoopRow]:
    """Every registered loop, in the order of registration."""
    states = {state.name: state for state in LoopState.objects.all()}
    return [_loop(loop, states.get(name), now, locale) for name, loop in registry.loops.items()]


def _job(row: Any, moments: Sequence[datetime | None], failure: Sequence[Any]) -> JobRow:
    enqueued_at, started_at, ended_at = moments
    error, failed_at = failure
    return JobRow(
        id=row.id,
        task=row.task_name,
        queue=row.queue_name,
        status=row.status,
        arguments=row.args,
        attempts=row.attempts,
        scheduled_at=row.scheduled_at,
        enqueued_at=enqueued_at,
        started_at=started_at,
        ended_at=ended_at,
        error=error,
        failed_at=failed_at,
    )


def _loop(loop: Loop, state: LoopState | None, now: datetime, locale: str) -> LoopRow:
    due = timedelta(seconds=loop.every_seconds * 2) + LATE_AFTER
    return LoopRow(
        name=loop.name,
        title=loop.text.pick(locale) if loop.text else loop.name,
        every_seconds=loop.every_seconds,
        run_at=state.run_at if state else None,
        rows=state.rows if state else 0,
        error=state.error if state else "",
        failed_at=state.failed_at if state else None,
        late=state is None or now - state.run_at > due,
    )
