"""What people see of jobs and loops."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shuniu.foundation.errors import Conflict


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job. ``status``: todo, doing, succeeded, failed, cancelled, aborting, aborted. ``error`` is of its last failure."""

    id: int
    task: str
    queue: str
    status: str
    arguments: dict[str, Any]
    attempts: int
    scheduled_at: datetime | None
    enqueued_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    error: str
    failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class LoopRow:
    """A loop of the worker. ``late``: no worker has run it for much longer than it should."""

    name: str
    title: str
    every_seconds: float
    run_at: datetime | None
    rows: int
    error: str
    failed_at: datetime | None
    late: bool


class JobNotFailed(Conflict):
    code = "jobs.not_failed"
    zh = "只有失败或已取消的任务可以重试"
    en = "Only a failed or cancelled job can be retried."


class JobNotWaiting(Conflict):
    code = "jobs.not_waiting"
    zh = "只有排队中的任务可以取消"
    en = "Only a waiting job can be cancelled."
