from datetime import UTC, date, datetime, time, timedelta

import pytest

from shuniu.core.settlement import period_key
from shuniu.core.settlement.plan import PeriodUnit
from shuniu.settlement.periods import bounds, first_day, following, unit_of


@pytest.mark.parametrize("unit", [unit for unit in PeriodUnit if unit is not PeriodUnit.ONCE])
def test_names_of_periods_follow_each_other_for_years(unit: PeriodUnit) -> None:
    day, known = date(2023, 1, 1), ""
    while day < date(2029, 1, 1):
        name = period_key(datetime.combine(day, time(12), UTC), unit, "UTC")
        assert unit_of(name) is unit
        if known and name != known:
            assert (following(known), first_day(name)) == (name, day)
        known, day = name, day + timedelta(days=1)


def test_a_period_begins_and_ends_at_midnight_of_the_plans_zone() -> None:
    begins, ends = bounds("2026-11", "Asia/Shanghai") or (None, None)
    assert (begins, ends) == (datetime(2026, 10, 31, 16, tzinfo=UTC), datetime(2026, 11, 30, 16, tzinfo=UTC))
    assert bounds("once", "Asia/Shanghai") is None
    assert following("once") == "once"
