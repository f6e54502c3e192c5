"""Periods by their names: when one begins and ends in the plan's time zone, and which comes next."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shuniu.core.settlement import period_key
from shuniu.core.settlement.plan import PeriodUnit

ONCE = PeriodUnit.ONCE.value
FORMS = (
    ("-H", PeriodUnit.HALF_MONTH),
    ("-W", PeriodUnit.ISO_WEEK),
    ("-Q", PeriodUnit.QUARTER),
)


def unit_of(key: str) -> PeriodUnit:
    """What kind of period a name speaks of."""
    if key == ONCE:
        return PeriodUnit.ONCE
    for mark, unit in FORMS:
        if mark in key:
            return unit
    return {4: PeriodUnit.YEAR, 7: PeriodUnit.MONTH, 10: PeriodUnit.DAY}[len(key)]


def first_day(key: str) -> date:
    """The local day a period begins. "once" has none (ValueError)."""
    unit = unit_of(key)
    if unit is PeriodUnit.ONCE:
        raise ValueError("a period that happens once has no days")
    year, rest = int(key[:4]), key[5:]
    if unit is PeriodUnit.ISO_WEEK:
        return date.fromisocalendar(year, int(rest[1:]), 1)
    if unit is PeriodUnit.QUARTER:
        return date(year, 3 * int(rest[1:]) - 2, 1)
    if unit is PeriodUnit.HALF_MONTH:
        return date(year, int(rest[:2]), 1 if rest.endswith("H1") else 16)
    if unit is PeriodUnit.YEAR:
        return date(year, 1, 1)
    return date.fromisoformat(key if unit is PeriodUnit.DAY else f"{key}-01")


def following(key: str) -> str:
    """The period after this one; "once" is followed by itself."""
    unit = unit_of(key)
    if unit is PeriodUnit.ONCE:
        return key
    # no period is longer than its unit's days here, and none so short that this jumps over one
    step = {
        PeriodUnit.DAY: 1,
        PeriodUnit.ISO_WEEK: 7,
        PeriodUnit.HALF_MONTH: 16,
        PeriodUnit.MONTH: 31,
        PeriodUnit.QUARTER: 92,
        PeriodUnit.YEAR: 366,
    }[unit]
    noon = datetime.combine(first_day(key) + timedelta(days=step), time(12), ZoneInfo("UTC"))
    return period_key(noon, unit, "UTC")


def bounds(key: str, timezone: str) -> tuple[datetime, datetime] | None:
    """From (included) and to (excluded), local midnights of the plan's time zone; None for "once"."""
    if key == ONCE:
        return None
    zone = ZoneInfo(timezone)
    return tuple(  # type: ignore[return-value]
        datetime.combine(first_day(each), time(), zone) for each in (key, following(key))
    )
