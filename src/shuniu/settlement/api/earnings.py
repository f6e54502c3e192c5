"""Earnings: lists, explanations, one's own page, and the income of an offer."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel

from shuniu.foundation.access import SIGNED_IN
from shuniu.foundation.errors import NotFound
from shuniu.foundation.http import Column, Page, PageParams, Request, export_response
from shuniu.foundation.http.export import Format
from shuniu.foundation.hub import Ref, registry
from shuniu.foundation.text import Text
from shuniu.settlement import actions, queries
from shuniu.settlement.api.router import router
from shuniu.settlement.contracts import (
    DayFigures,
    EarningRow,
    Explanation,
    PayoutRow,
    Preview,
    State,
    WorkerEarnings,
)
from shuniu.settlement.measures import WORK_ORDER
from shuniu.settlement.permissions import CONFIRM, READ


class EarningFilters(BaseModel):
    """All optional; they narrow together. `unit_id` means the unit and everything below it."""

    beneficiary_id: int | None = None
    unit_id: int | None = None
    source_kind: str | None = None
    source_id: int | None = None
    state: State | None = None
    period: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class ConfirmBody(BaseModel):
    """The source whose earnings are confirmed by its unit's manager."""

    source_kind: str
    source_id: int


class Confirmed(BaseModel):
    moved: int


def selected(request: Request, filters: EarningFilters) -> queries.EarningSet:
    source = None
    if filters.source_kind is not None and filters.source_id is not None:
        source = Ref(filters.source_kind, filters.source_id)
    narrowed = filters.model_dump(exclude={"source_kind", "source_id"})
    return queries.earning_set(request.actor, source=source, **narrowed)


@router.get("/settlement/earnings", permission=READ, response=Page[EarningRow])
def list_earnings(
    request: Request, filters: Query[EarningFilters], page: Query[PageParams]
) -> Page[EarningRow]:
    """Earning lines, the last recorded first."""
    return queries.earnings_page(selected(request, filters), page)


@router.get("/settlement/earnings/export", permission=READ)
def export_earnings(
    request: Request, filters: Query[EarningFilters], format: Format = "xlsx"
) -> HttpResponseBase:
    """The same lines as a file."""
    rows = queries.earning_rows_all(selected(request, filters))
    return export_response("收益", columns=COLUMNS, rows=rows, format=format, locale=request.locale)


@router.get("/settlement/earnings/{earning_id}/explanation", permission=READ, response=Explanation)
def explain_earning(request: Request, earning_id: int) -> Explanation:
    """How one figure came to be."""
    return queries.explain(request.actor, earning_id)


@router.post("/settlement/confirmations", permission=CONFIRM, response=Confirmed)
def confirm(request: Request, body: ConfirmBody) -> Confirmed:
    """Confirm what a source earned in the customer's place."""
    source = Ref(body.source_kind, body.source_id)
    if not registry.subject(source.kind).visible(request.actor, [source.id]):
        raise NotFound()
    return Confirmed(moved=actions.confirm(source=source, by=request.actor, now=request.now))


@router.get("/settlement/me", permission=SIGNED_IN, response=WorkerEarnings)
def my_earnings(request: Request) -> WorkerEarnings:
    """Today, this week, this month, and what stands in each state: one's own."""
    return queries.worker_earnings(request.actor, request.now)


@router.get("/settlement/me/payouts", permission=SIGNED_IN, response=Page[PayoutRow])
def my_payouts(request: Request, page: Query[PageParams]) -> Page[PayoutRow]:
    """One's own payouts, newest first."""
    return queries.payouts_of_staff(request.actor.staff_id or 0, page)


@router.get("/settlement/me/earnings", permission=SIGNED_IN, response=Page[EarningRow])
def my_earning_lines(
    request: Request, page: Query[PageParams], state: State | None = None
) -> Page[EarningRow]:
    """One's own earning lines with their state and expected arrival, newest first."""
    mine = queries.own_earning_set(request.actor, state=state)
    return queries.earnings_page(mine, page, default="-at")


@router.get("/settlement/days/{day}", permission=READ, response=DayFigures)
def figures_of_day(request: Request, day: date, unit_id: int | None = None) -> DayFigures:
    """What one local day brought in the units one looks after."""
    return queries.day_figures(request.actor, day, unit_id)


@router.get("/settlement/today", permission=READ, response=DayFigures)
def figures_of_today(request: Request, unit_id: int | None = None) -> DayFigures:
    """The figures of the running local day."""
    today = request.now.astimezone(ZoneInfo(settings.SHUNIU.time_zone)).date()
    return queries.day_figures(request.actor, today, unit_id)


@router.get("/settlement/work-orders/{order_id}/preview", permission=READ, response=Preview)
def preview_work_order(request: Request, order_id: int) -> Preview:
    """What an order one may see pays its field worker, line by line."""
    if not registry.subject(WORK_ORDER).visible(request.actor, [order_id]):
        raise NotFound()
    return queries.preview_orders([order_id], request.now)[order_id]


COLUMNS: list[Column[EarningRow]] = [
    Column(Text("时间", "At"), lambda row: row.at),
    Column(Text("收益人", "Beneficiary"), lambda row: row.beneficiary_name),
    Column(Text("单位", "Unit"), lambda row: row.unit_name),
    Column(Text("项目", "Component"), lambda row: row.component_text.zh),
    Column(Text("来源", "Source"), lambda row: row.source_title),
    Column(Text("方案", "Plan"), lambda row: f"{row.plan_name.zh} v{row.plan_number}"),
    Column(Text("账期", "Period"), lambda row: row.period),
    Column(Text("所属账期", "Origin period"), lambda row: row.origin_period),
    Column(Text("金额", "Amount"), lambda row: row.amount),
    Column(Text("状态", "State"), lambda row: row.state_text.zh),
    Column(Text("预计到账", "Expected"), lambda row: row.expected_at),
]
