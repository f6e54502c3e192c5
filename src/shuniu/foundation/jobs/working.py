"""The part of a worker process that runs jobs."""

import asyncio
from threading import Event
from typing import Any

import structlog
from django.db import DatabaseError
from procrastinate.contrib.django import app
from procrastinate.contrib.django.db_cleanup import close_db_connections, close_db_connections_async
from procrastinate.exceptions import ConnectorException

from shuniu.foundation import clock
from shuniu.foundation.jobs.models import JobFailure

log = structlog.get_logger("jobs")

# enqueuing sends no notice, see the migrations
ASK_EVERY_SECONDS = 1.0
HEARTBEAT_SECONDS = 5.0
STALLED_SECONDS = 20.0
RECONNECT_SECONDS = 2.0
GRACE_SECONDS = 20.0


def run_jobs(stop: Event, *, concurrency: int = 2) -> None:
    """Run jobs until told to stop; comes back when the database was away. Runs in a thread of its own."""
    while not stop.is_set():
        try:
            asyncio.run(_run(stop, concurrency))
        except (ConnectorException, DatabaseError, OSError) as error:
            log.warning("job worker lost the database", error=str(error).strip())
            stop.wait(RECONNECT_SECONDS)


async def _run(stop: Event, concurrency: int) -> None:
    connected = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with connected.open_async():
        work = asyncio.create_task(
            connected.run_worker_async(
                concurrency=concurrency,
                fetch_job_polling_interval=ASK_EVERY_SECONDS,
                install_signal_handlers=False,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_SECONDS,
                shutdown_graceful_timeout=GRACE_SECONDS,
                task_middleware=list(MIDDLEWARE),
            )
        )
        stopped = asyncio.create_task(asyncio.to_thread(stop.wait))
        await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            work.cancel()
        try:
            await work
        except asyncio.CancelledError:
            log.info("job worker stopped")


def remember_failure(call_next: Any, context: Any, _worker: Any) -> Any:
    """Task middleware: what went wrong is kept for the person who looks at failed jobs."""
    try:
        return call_next()
    except Exception as error:
        log.warning("job failed", job=context.job.id, task=context.job.task_name, exc_info=error)
        JobFailure.record(job_id=context.job.id, error=error, at=clock.now())
        raise


# given at start they stand in place of the ones that look after the database connections of a job's thread
MIDDLEWARE = (close_db_connections, close_db_connections_async, remember_failure)
