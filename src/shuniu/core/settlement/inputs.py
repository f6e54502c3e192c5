"""What goes into the engine and what comes out: frozen inputs, buckets, and the lines that fill them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from shuniu.core.settlement.plan import ZERO


@dataclass(frozen=True, slots=True)
class Input:
    """Something that causes money, as it was known then.

    `parties` maps a role of the plan (worker, seller …) to the party that holds it, written "staff:12".
    `corrects` is the input this one replaces: what it earns is then the difference to that one. `source` is what
    it speaks of ("work_order:17"); what is split or drawn on together is kept apart by it. `period` is set where an
    input was made from a line: the period of that line's bucket, which need not be that of its time.
    """

    id: int
    measure: str
    at: datetime
    recorded_at: datetime
    amount: Decimal = ZERO
    quantity: Decimal = ZERO
    parties: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    corrects: Input | None = None
    source: str = ""
    period: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class BucketKey:
    """The unit of truth: what one component earned for one beneficiary in one period ("2026-11")."""

    component: str
    beneficiary: str
    period: str


@dataclass(frozen=True, slots=True)
class BucketState:
    """`base` is the cumulative quantity the component counts (sales, or exact earnings); `earned` the rounded E."""

    base: Decimal = ZERO
    earned: Decimal = ZERO

    @property
    def carried(self) -> Decimal:
        """Where the base is money: what of it a floor holds back for later lines."""
        return self.base - self.earned


@dataclass(frozen=True, slots=True)
class Line:
    """What one input moved in one bucket: the typed columns from which its explanation is regenerated."""

    input_id: int
    at: datetime
    bucket: BucketKey
    base_before: Decimal
    base_after: Decimal
    earned_before: Decimal
    earned_after: Decimal

    @property
    def amount(self) -> Decimal:
        return self.earned_after - self.earned_before


@dataclass(frozen=True, slots=True)
class BucketEarning:
    """What one run moved in one bucket. `pays` False: a step on the way, for other components to use."""

    key: BucketKey
    opening: BucketState
    closing: BucketState
    lines: tuple[Line, ...]
    pays: bool = True

    @property
    def amount(self) -> Decimal:
        return self.closing.earned - self.opening.earned


@dataclass(frozen=True, slots=True)
class Calculation:
    """Buckets in key order, their lines in (event time, id) order."""

    buckets: tuple[BucketEarning, ...]

    @property
    def total(self) -> Decimal:
        """What is paid altogether."""
        return sum((bucket.amount for bucket in self.buckets if bucket.pays), ZERO)
