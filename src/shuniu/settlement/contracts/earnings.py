"""Earnings as shown, and as explained."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from shuniu.foundation.text import Text
from shuniu.settlement.contracts.states import State


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """One line of an income: what it is, the formula as people would write it, the signed amount."""

    kind: str
    text: Text
    formula: Text
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Preview:
    """What something would pay, line by line; no lines when no plan applies."""

    lines: tuple[IncomeLine, ...]
    total: Decimal
    currency: str
    plan_version_id: int | None
    plan_name: Text | None
    plan_number: int | None


@dataclass(frozen=True, slots=True)
class EarningRow:
    """One earning line as listed. `expected_at` is when it should arrive, None once it has."""

    id: int
    beneficiary_kind: str
    beneficiary_id: int
    beneficiary_name: str
    component: str
    component_text: Text
    plan_version_id: int
    plan_name: Text
    plan_number: int
    source_kind: str
    source_id: int
    source_title: str
    source_link: str
    unit_id: int
    unit_name: str
    at: datetime
    recorded_at: datetime
    period: str
    origin_period: str
    amount: Decimal
    currency: str
    state: State
    state_text: Text
    expected_at: datetime | None


@dataclass(frozen=True, slots=True)
class ExplanationFact:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ExplanationNode:
    """One step of how a figure came to be; `children` are the steps it stands on."""

    kind: str
    text: Text
    formula: Text
    amount: Decimal
    rule: str
    facts: tuple[ExplanationFact, ...]
    rounding: Text | None
    children: tuple["ExplanationNode", ...]


@dataclass(frozen=True, slots=True)
class ExplanationSource:
    """A transaction that moved the money of this earning's source for its beneficiary."""

    transaction_id: int
    at: datetime
    memo: Text
    from_text: Text
    to_text: Text
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind one earning: plan version, rule, inputs, formula, rounding, source event, transactions."""

    earning: EarningRow
    plan_id: int
    plan_effective_from: datetime
    plan_published_at: datetime
    measure: str
    input_id: int
    input_at: datetime
    input_recorded_at: datetime
    inputs: tuple[ExplanationFact, ...]
    rounding: Text
    root: ExplanationNode
    bucket_before: Decimal
    bucket_after: Decimal
    moves: tuple[ExplanationSource, ...]


@dataclass(frozen=True, slots=True)
class StateTotals:
    """What stands in each state now, from the ledger's accounts."""

    earned: Decimal
    confirmed: Decimal
    withdrawable: Decimal
    in_transit: Decimal
    paid: Decimal
    owed: Decimal
    held: Decimal
    promotion_pending: Decimal
    promotion_fund: Decimal


@dataclass(frozen=True, slots=True)
class WorkerEarnings:
    """The head of a worker's earnings page."""

    today: Decimal
    week: Decimal
    month: Decimal
    orders_today: int
    orders_month: int
    totals: StateTotals
    currency: str


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What the actor's units earned for their people on one local day."""

    day: date
    earned: Decimal
    confirmed: Decimal
    paid: Decimal
    orders: int
    workers: int
