"""Which period an instant belongs to, by the calendar of the plan's time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from shuniu.core.settlement.inputs import Input
from shuniu.core.settlement.plan import Component, PeriodUnit, PlanDocument

FINENESS = tuple(PeriodUnit)
"""From a day to for ever."""


def period_key(at: datetime, unit: PeriodUnit, timezone: str) -> str:
    """The period's name, sortable within its unit: 2026-11, 2026-Q4, 2026-W47, 2026-11-H2, 2026-11-22, 2026, once."""
    return period_of_day(at.astimezone(ZoneInfo(timezone)).date(), unit)


@lru_cache(maxsize=4096)
def period_of_day(local: date, unit: PeriodUnit) -> str:
    month = f"{local.year:04d}-{local.month:02d}"
    if unit is PeriodUnit.DAY:
        return local.isoformat()
    if unit is PeriodUnit.ISO_WEEK:
        year, week, _ = local.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if unit is PeriodUnit.HALF_MONTH:
        return f"{month}-H{1 if local.day <= 15 else 2}"
    if unit is PeriodUnit.MONTH:
        return month
    if unit is PeriodUnit.QUARTER:
        return f"{local.year:04d}-Q{(local.month + 2) // 3}"
    if unit is PeriodUnit.YEAR:
        return f"{local.year:04d}"
    return "once"


def period_of_input(document: PlanDocument, component: Component, one: Input) -> str:
    """The period of a component that an input belongs to; one made from a line stays in the line's period."""
    unit = document.period_of(component)
    if one.period is not None and component.after is not None:
        came_from = document.period_of(document.component(component.after))
        if came_from is unit:
            return one.period
        if FINENESS.index(came_from) < FINENESS.index(unit):
            return period_of_day(first_day(one.period, came_from), unit)
    return period_key(one.at, unit, document.timezone)


def first_day(period: str, unit: PeriodUnit) -> date:
    """The day a period begins; 0001-01-01 for the one that never ends."""
    if unit is PeriodUnit.DAY:
        return date.fromisoformat(period)
    if unit is PeriodUnit.ISO_WEEK:
        return date.fromisocalendar(int(period[:4]), int(period[6:]), 1)
    if unit is PeriodUnit.HALF_MONTH:
        return date(int(period[:4]), int(period[5:7]), 1 if period.endswith("H1") else 16)
    if unit is PeriodUnit.MONTH:
        return date.fromisoformat(f"{period}-01")
    if unit is PeriodUnit.QUARTER:
        return date(int(period[:4]), 3 * int(period[6:]) - 2, 1)
    return date(int(period), 1, 1) if unit is PeriodUnit.YEAR else date.min


def period_after(period: str, unit: PeriodUnit) -> str:
    """The period that follows; "once" follows itself."""
    day = first_day(period, unit)
    while (following := period_of_day(day, unit)) == period and unit is not PeriodUnit.ONCE:
        day += timedelta(days=1)
    return following
