"""Declaring and enqueuing jobs.

@task("settlement.close_period")
def close_period(*, period_id: int) -> None:
    actions.close(period_id=period_id, by=system("settlement"), now=clock.now())

enqueue(close_period, period_id=7)
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

Job: TypeAlias = Task[..., None, Any]

ATTEMPTS_MAX = 5
# seconds before the next attempt: 4, 16, 64, 256
WAIT_BASE_SECONDS = 4


def task(
    name: str, *, queue: str = "default", attempts: int = ATTEMPTS_MAX
) -> Callable[[Callable[..., None]], Job]:
    """Declare a job in a domain's ``tasks.py``. ``name`` is stored with each job: keep it when moving the function.

    The function takes plain JSON values by keyword, is idempotent, and raises what it cannot do: it is then tried
    again with growing pauses, ``attempts`` times in all.
    """
    retry = RetryStrategy(max_attempts=attempts - 1, exponential_wait=WAIT_BASE_SECONDS)
    return app.task(name=name, queue=queue, retry=retry)


def enqueue(
    job: Job,
    *,
    at: datetime | None = None,
    lock: str | None = None,
    once: str | None = None,
    **arguments: Any,
) -> int | None:
    """Enqueue in the present transaction; returns the job's number.

    Not before ``at``; jobs of the same ``lock`` run one after the other; while a job of the same ``once`` waits,
    nothing is enqueued and None returned.
    """
    deferrer = job.configure(schedule_at=at, lock=lock, queueing_lock=once)
    try:
        # the unique index that refuses a second one would otherwise spoil the caller's transaction
        with transaction.atomic():
            number: int = deferrer.defer(**arguments)
    except AlreadyEnqueued:
        return None
    return number
