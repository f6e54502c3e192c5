"""The boards."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from ninja import Query
from pydantic import BaseModel

from shuniu.foundation.errors import Invalid
from shuniu.foundation.http import Day, Request, Routes
from shuniu.insights import queries
from shuniu.insights.contracts import DayPoint, Figure, NodeStay, UnitFigure
from shuniu.insights.permissions import READ

router = Routes(tag="insights")

SPAN_DAYS_MAX = 400


class SpanTooLong(Invalid):
    """More days than a board reads at once."""

    code = "insights.span_too_long"
    zh = "时间范围最多 400 天，且开始不能晚于结束"
    en = "At most 400 days, and the first day must not come after the last."


class Span(BaseModel):
    """Days to look at, both included; the last thirty by default. ``unit_id`` narrows to a unit and what is below."""

    first: Day | None = None
    last: Day | None = None
    unit_id: int | None = None


def _days(request: Request, span: Span) -> tuple[date, date]:
    today = request.now.astimezone(ZoneInfo(settings.SHUNIU.time_zone)).date()
    last = span.last or today
    first = span.first or last - timedelta(days=29)
    if first > last or (last - first).days >= SPAN_DAYS_MAX:
        raise SpanTooLong(field="first")
    return first, last


@router.get("/insights/figures", permission=READ, response=list[Figure])
def day_figures(request: Request, day: Day | None = None, unit_id: int | None = None) -> list[Figure]:
    """One day's figures, each with the mean of the seven days before."""
    today = request.now.astimezone(ZoneInfo(settings.SHUNIU.time_zone)).date()
    return queries.figures(actor=request.actor, day=day or today, locale=request.locale, unit_id=unit_id)


@router.get("/insights/series", permission=READ, response=list[DayPoint])
def day_series(request: Request, span: Query[Span]) -> list[DayPoint]:
    """Figures by day."""
    first, last = _days(request, span)
    return queries.series(actor=request.actor, first=first, last=last, unit_id=span.unit_id)


@router.get("/insights/units", permission=READ, response=list[UnitFigure])
def unit_figures(request: Request, span: Query[Span]) -> list[UnitFigure]:
    """Figures by unit."""
    first, last = _days(request, span)
    return queries.by_unit(actor=request.actor, first=first, last=last, unit_id=span.unit_id)


@router.get("/insights/nodes", permission=READ, response=list[NodeStay])
def node_stays(request: Request, span: Query[Span]) -> list[NodeStay]:
    """Mean time spent at each node."""
    first, last = _days(request, span)
    zone = ZoneInfo(settings.SHUNIU.time_zone)
    return queries.node_stays(
        actor=request.actor, first=first, last=last, zone=zone, locale=request.locale, unit_id=span.unit_id
    )
