"""What people do with jobs, and what the house does with those of dead workers."""

from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from procrastinate.contrib.django import app

from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub import Ref
from shuniu.foundation.jobs.contracts import JobNotFailed, JobNotWaiting
from shuniu.foundation.jobs.declaring import ATTEMPTS_MAX
from shuniu.foundation.jobs.models import JobFailure

log = structlog.get_logger("jobs")

LOCK = "select task_name, status::text from procrastinate_jobs where id = %s for update"
# What Procrastinate's own retry does not allow: a job that has failed for good starts again.
REVIVE = """
update procrastinate_jobs set status = 'todo', attempts = 0, scheduled_at = %s, abort_requested = false, worker_id = null
where id = %s
"""
STALLED = """
select id, attempts from procrastinate_jobs job
where status = 'doing' and not exists (
    select from procrastinate_workers w where w.id = job.worker_id and w.last_heartbeat > %s
) for update skip locked
"""
FORGET = """
with old as (
    select id from procrastinate_jobs job where status in ('succeeded', 'failed', 'cancelled', 'aborted')
        and not exists (select from procrastinate_events e where e.job_id = job.id and e.at > %s)
    limit 2000
)
delete from procrastinate_jobs using old where procrastinate_jobs.id = old.id
"""
KEPT = timedelta(days=30)


@transaction.atomic
def retry(*, job_id: int, by: Actor, now: datetime) -> None:
    """Enqueue a failed or cancelled job again. Raises NotFound, JobNotFailed."""
    task, status = _lock(job_id)
    if status not in {"failed", "cancelled", "aborted"}:
        raise JobNotFailed()
    with connection.cursor() as cursor:
        cursor.execute(REVIVE, (now, job_id))
    audit.record(by=by, now=now, action="jobs.retry", subject=Ref("job", job_id), after={"task": task})


@transaction.atomic
def cancel(*, job_id: int, by: Actor, now: datetime) -> None:
    """Take a waiting job out of the queue. Raises NotFound, JobNotWaiting."""
    task, _ = _lock(job_id)
    if not app.job_manager.cancel_job_by_id(job_id):
        raise JobNotWaiting()
    audit.record(by=by, now=now, action="jobs.cancel", subject=Ref("job", job_id), after={"task": task})


@transaction.atomic
def rescue(*, now: datetime, silent_for: timedelta) -> int:
    """Enqueue the jobs of workers that fell silent again, or fail those that outlived too many; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(STALLED, (now - silent_for,))
        stalled = cursor.fetchall()
    for job_id, attempts in stalled:
        log.warning("job of a dead worker", job=job_id, attempts=attempts)
        JobFailure.objects.create(job_id=job_id, at=now, error="the worker that ran this job died")
        if attempts + 1 < ATTEMPTS_MAX:
            app.job_manager.retry_job_by_id(job_id, retry_at=now)
        else:
            _fail(job_id)
    return len(stalled)


def forget_old(*, now: datetime) -> int:
    """Delete jobs that ended a month ago; returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FORGET, (now - KEPT,))
        forgotten = cursor.rowcount
        cursor.execute("delete from job_failure where at < %s", (now - KEPT,))
    return int(forgotten)


def _lock(job_id: int) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, (job_id,))
        row = cursor.fetchone()
    if row is None:
        raise NotFound()
    return row[0], row[1]


def _fail(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select procrastinate_finish_job_v1(%s, 'failed', false)", (job_id,))
