"""The boards."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponseBase
from ninja import Query
from pydantic import BaseModel

from shuniu.foundation.errors import Invalid
from shuniu.foundation.http import Column, Day, Request, Routes, export_response
from shuniu.foundation.http.export import Format
from shuniu.foundation.text import Text
from shuniu.insights import queries
from shuniu.insights.contracts import (
    RESULT_TEXTS,
    DayPoint,
    Figure,
    NodeStay,
    Result,
    ResultKey,
    UnitFigure,
    UnitResults,
    VariantResults,
)
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


class VariantsOf(BaseModel):
    """A setting, the unit whose value is the base and below which units are compared, and the days."""

    key: str
    under: int
    first: Day | None = None
    last: Day | None = None


class UnitResultsOut(BaseModel):
    """The results of one unit, without the units below it."""

    unit_id: int
    unit_name: str
    set_here: bool
    results: list[Result]


class VariantResultsOut(BaseModel):
    """The results of all units for which the setting has this value."""

    value: Any
    is_base: bool
    unit_count: int
    set_by: list[str]
    results: list[Result]
    units: list[UnitResultsOut]


class ResultColumn(BaseModel):
    key: ResultKey
    name: str


class ComparedResults(BaseModel):
    """Variants of one setting side by side."""

    key: str
    first: date
    last: date
    columns: list[ResultColumn]
    variants: list[VariantResultsOut]


@router.get("/insights/variants", permission=READ, response=ComparedResults)
def compare_variants(request: Request, asked: Query[VariantsOf]) -> ComparedResults:
    """What came of each value of a setting: orders, punctuality, ratings and earnings of the units that have it."""
    first, last, variants = _results_of(request, asked)
    columns = [result.key for result in variants[0].results] if variants else list(ResultKey)
    return ComparedResults(
        key=asked.key,
        first=first,
        last=last,
        columns=[ResultColumn(key=key, name=RESULT_TEXTS[key].pick(request.locale)) for key in columns],
        variants=[VariantResultsOut(**asdict(variant)) for variant in variants],
    )


@router.get("/insights/variants/export", permission=READ)
def export_variants(request: Request, asked: Query[VariantsOf], format: Format = "xlsx") -> HttpResponseBase:
    """The same, a line per unit."""
    _, _, variants = _results_of(request, asked)
    rows = [(variant, unit) for variant in variants for unit in variant.units]
    shown = [result.key for result in variants[0].results] if variants else []
    columns: list[Column[tuple[VariantResults, UnitResults]]] = [
        Column(Text("取值", "Value"), lambda row: str(row[0].value)),
        Column(Text("单元", "Unit"), lambda row: row[1].unit_name),
    ]
    columns += [Column(RESULT_TEXTS[key], _result_reader(number)) for number, key in enumerate(shown)]
    name = Text("设置效果对比", "Results of variants").pick(request.locale)
    return export_response(name, columns=columns, rows=rows, format=format, locale=request.locale)


def _result_reader(number: int) -> Callable[[tuple[VariantResults, UnitResults]], Decimal | None]:
    return lambda row: row[1].results[number].value


def _results_of(request: Request, asked: VariantsOf) -> tuple[date, date, list[VariantResults]]:
    first, last = _days(request, Span(first=asked.first, last=asked.last))
    variants = queries.compare_results(
        actor=request.actor,
        key=asked.key,
        under=asked.under,
        first=first,
        last=last,
        zone=ZoneInfo(settings.SHUNIU.time_zone),
    )
    return first, last, variants
