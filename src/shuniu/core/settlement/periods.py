"""Which period an instant belongs to, by the calendar of the plan's time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from shuniu.core.settlement.plan import PeriodUnit


def period_key(at: datetime, unit: PeriodUnit, timezone: str) -> str:
    """The period's name, sortable within its unit: 2026-11, 2026-Q4, 2026-W47, 2026-11-H2, 2026-11-22, 2026, once."""
    local = at.astimezone(ZoneInfo(timezone))
    month = f"{local.year:04d}-{local.month:02d}"
    if unit is PeriodUnit.DAY:
        return local.date().isoformat()
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
