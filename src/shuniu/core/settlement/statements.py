"""Statements per period with a close: what was earned in time, and what came too late and is paid later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shuniu.core.settlement.calculate import calculate
from shuniu.core.settlement.context import PreparedPlan
from shuniu.core.settlement.inputs import BucketKey, BucketState, Input
from shuniu.core.settlement.periods import period_after
from shuniu.core.settlement.plan import ZERO, PeriodUnit


@dataclass(frozen=True, slots=True)
class Statement:
    """One period: `earned` belongs to it, `adjustments` are differences of closed periods, posted in it."""

    period: str
    earned: Decimal = ZERO
    adjustments: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.earned + self.adjustments


def statements(
    prepared: PreparedPlan, inputs: Iterable[Input], closes: Mapping[str, datetime]
) -> dict[str, Statement]:
    """Post inputs as they are recorded; what is recorded at or after a period's close is an adjustment of the
    first period open then. Periods in order, closed ones included.
    """
    earned: dict[str, Decimal] = dict.fromkeys(closes, ZERO)
    adjusted: dict[str, Decimal] = {}
    states: dict[BucketKey, BucketState] = {}
    document = prepared.document
    for one in sorted(inputs, key=lambda one: (one.recorded_at, one.id)):
        for bucket in calculate(prepared, [one], opening=states).buckets:
            states[bucket.key] = bucket.closing
            origin = bucket.key.period
            unit = document.period_of(document.component(bucket.key.component))
            posted = open_period(origin, unit, one.recorded_at, closes)
            side = earned if posted == origin else adjusted
            side[posted] = side.get(posted, ZERO) + bucket.amount
    return {
        period: Statement(period, earned.get(period, ZERO), adjusted.get(period, ZERO))
        for period in sorted({*earned, *adjusted})
    }


def open_period(origin: str, unit: PeriodUnit, recorded_at: datetime, closes: Mapping[str, datetime]) -> str:
    """The period something recorded then is posted in: its own, or the first after it that was still open."""
    period = origin
    while period in closes and recorded_at >= closes[period] and unit is not PeriodUnit.ONCE:
        period = period_after(period, unit)
    return period
