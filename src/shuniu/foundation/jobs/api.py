"""Background jobs and loops, for those who look after the installation."""

from typing import Any, Literal

from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel

from shuniu.foundation.access import scope_of
from shuniu.foundation.errors import Forbidden
from shuniu.foundation.http import Column, Page, PageParams, Request, Routes, export_response, paginate
from shuniu.foundation.http.export import Format
from shuniu.foundation.jobs import actions, queries
from shuniu.foundation.jobs.contracts import JobRow, LoopRow
from shuniu.foundation.jobs.permissions import OPERATE, READ
from shuniu.foundation.text import Text

router = Routes(tag="jobs")

Status = Literal["todo", "doing", "succeeded", "failed", "cancelled", "aborting", "aborted"]


class JobFilters(BaseModel):
    """All optional; they narrow together."""

    status: Status | None = None
    task: str | None = None


class JobsState(BaseModel):
    """How many jobs of each status, and every loop."""

    counts: dict[str, int]
    loops: list[LoopRow]


@router.get("/jobs", permission=READ, response=Page[JobRow])
def list_jobs(request: Request, filters: Query[JobFilters], page: Query[PageParams]) -> Page[JobRow]:
    """Jobs, latest first."""
    _require_everywhere(request)
    return paginate(_rows(filters), page, sorts={"id": "id"}, default="-id", to=queries.jobs)


@router.get("/jobs/state", permission=READ, response=JobsState)
def state(request: Request) -> JobsState:
    """The whole at a glance."""
    _require_everywhere(request)
    return JobsState(counts=queries.counts(), loops=queries.loops(request.now, request.locale))


@router.get("/jobs/export", permission=READ)
def export_jobs(request: Request, filters: Query[JobFilters], format: Format = "xlsx") -> HttpResponseBase:
    """The jobs as a file."""
    _require_everywhere(request)
    rows = iter(queries.jobs(list(_rows(filters).order_by("-id")[:10_000])))
    return export_response("后台任务", columns=_COLUMNS, rows=rows, format=format, locale=request.locale)


@router.post("/jobs/{job_id}/retry", permission=OPERATE)
def retry(request: Request, job_id: int) -> None:
    """Run a failed or cancelled job again."""
    _require_everywhere(request)
    actions.retry(job_id=job_id, by=request.actor, now=request.now)


@router.post("/jobs/{job_id}/cancel", permission=OPERATE)
def cancel(request: Request, job_id: int) -> None:
    """Take a waiting job out of the queue."""
    _require_everywhere(request)
    actions.cancel(job_id=job_id, by=request.actor, now=request.now)


def _rows(filters: JobFilters) -> Any:
    return queries.job_rows(status=filters.status, task=filters.task)


def _require_everywhere(request: Request) -> None:
    """Jobs span all units: only who holds the permission everywhere sees them."""
    if not scope_of(request.actor, READ).everything:
        raise Forbidden()


_COLUMNS: list[Column[JobRow]] = [
    Column(Text("编号", "Number"), lambda row: row.id),
    Column(Text("任务", "Task"), lambda row: row.task),
    Column(Text("状态", "Status"), lambda row: row.status),
    Column(Text("次数", "Attempts"), lambda row: row.attempts),
    Column(Text("入队时间", "Enqueued"), lambda row: row.enqueued_at),
    Column(Text("开始时间", "Started"), lambda row: row.started_at),
    Column(Text("结束时间", "Ended"), lambda row: row.ended_at),
    Column(Text("错误", "Error"), lambda row: row.error),
]
