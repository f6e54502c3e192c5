"""Periods: which there are, and how one is closed."""

from typing import Annotated

from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.http import Column, Page, PageParams, Request, export_response
from shuniu.foundation.http.export import Format
from shuniu.foundation.text import Text
from shuniu.settlement import actions, queries
from shuniu.settlement.api.router import router
from shuniu.settlement.contracts import PeriodRow, PeriodStatus
from shuniu.settlement.permissions import PERIOD_CLOSE, PERIOD_LOCK, PERIOD_READ


class PeriodFilters(BaseModel):
    plan_id: int | None = None
    period: Annotated[str, Field(max_length=12)] | None = None
    status: PeriodStatus | None = None


class CloseBody(BaseModel):
    """The period of a plan that should be closed."""

    plan_id: int
    period: str = Field(min_length=4, max_length=12)


class RejectCloseBody(BaseModel):
    reason: str = Field(min_length=1, max_length=200)


@router.get("/settlement/periods", permission=PERIOD_READ, response=Page[PeriodRow])
def list_periods(request: Request, filters: Query[PeriodFilters], page: Query[PageParams]) -> Page[PeriodRow]:
    """Periods with something in them, the latest first."""
    start = int(page.cursor) if page.cursor and page.cursor.isdecimal() else 0
    rows = queries.periods(now=request.now, **filters.model_dump(), limit=page.limit + 1, offset=start)
    more = str(start + page.limit) if len(rows) > page.limit else None
    return Page[PeriodRow](items=rows[: page.limit], next=more, total=None)


@router.get("/settlement/periods/export", permission=PERIOD_READ)
def export_periods(
    request: Request, filters: Query[PeriodFilters], format: Format = "xlsx"
) -> HttpResponseBase:
    """The same periods as a file."""
    rows = iter(queries.periods(now=request.now, **filters.model_dump(), limit=100_000))
    return export_response("账期", columns=COLUMNS, rows=rows, format=format, locale=request.locale)


@router.post("/settlement/periods", permission=PERIOD_CLOSE, response=PeriodRow)
def request_close(request: Request, body: CloseBody) -> PeriodRow:
    """Ask for a period that is over to be closed."""
    period_id = actions.request_close(
        plan_id=body.plan_id, period=body.period, by=request.actor, now=request.now
    )
    return queries.period_row(period_id=period_id, now=request.now)


@router.post("/settlement/periods/{period_id}/approve", permission=PERIOD_LOCK, response=PeriodRow)
def approve_close(request: Request, period_id: int) -> PeriodRow:
    """Close the period and lock it for ever."""
    actions.approve_close(period_id=period_id, by=request.actor, now=request.now)
    return queries.period_row(period_id=period_id, now=request.now)


@router.post("/settlement/periods/{period_id}/reject", permission=PERIOD_LOCK, response=PeriodRow)
def reject_close(request: Request, period_id: int, body: RejectCloseBody) -> PeriodRow:
    """Leave the period open."""
    actions.reject_close(period_id=period_id, reason=body.reason, by=request.actor, now=request.now)
    return queries.period_row(period_id=period_id, now=request.now)


COLUMNS: list[Column[PeriodRow]] = [
    Column(Text("方案", "Plan"), lambda row: row.plan_name.zh),
    Column(Text("账期", "Period"), lambda row: row.period),
    Column(Text("状态", "Status"), lambda row: row.status_text.zh),
    Column(Text("收益人", "Beneficiaries"), lambda row: row.beneficiaries),
    Column(Text("本期收益", "Earned"), lambda row: row.earned),
    Column(Text("补记以前账期", "Of earlier periods"), lambda row: row.adjusted),
    Column(Text("待结算", "Waiting"), lambda row: row.waiting),
    Column(Text("关账时间", "Closed at"), lambda row: row.closed_at),
    Column(Text("关账人", "Closed by"), lambda row: row.closed_by_name),
]
