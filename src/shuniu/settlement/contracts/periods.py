"""Periods and the promotion fund, as shown, and their refusals."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from shuniu.foundation.errors import Conflict, Forbidden, Invalid
from shuniu.foundation.text import Text


class PeriodStatus(StrEnum):
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


PERIOD_TEXT = {
    PeriodStatus.OPEN: Text(zh="未关账", en="Open"),
    PeriodStatus.CLOSING: Text(zh="待审批", en="Awaiting approval"),
    PeriodStatus.CLOSED: Text(zh="已关账", en="Closed"),
}


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A plan's period. `earned` is what its own lines posted in it, `adjusted` what earlier closed periods posted.

    `waiting` counts inputs of it that a run has yet to settle; `over` says that its last moment has passed. `id` is
    None while nobody has asked to close it.
    """

    id: int | None
    plan_id: int
    plan_name: Text
    period: str
    begins_at: datetime | None
    ends_at: datetime | None
    status: PeriodStatus
    status_text: Text
    over: bool
    buckets: int
    beneficiaries: int
    earned: Decimal
    adjusted: Decimal
    waiting: int
    currency: str
    requested_at: datetime | None
    requested_by_name: str
    closed_at: datetime | None
    closed_by_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class FundRow:
    """One beneficiary's promotion fund: what may be spent, what is still to be confirmed, what was spent."""

    owner_kind: str
    owner_id: int
    name: str
    unit_name: str
    balance: Decimal
    pending: Decimal
    spent: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class FundSpendingRow:
    id: int
    owner_kind: str
    owner_id: int
    name: str
    amount: Decimal
    currency: str
    what: str
    at: datetime
    by_name: str


class PeriodRunning(Invalid):
    code = "settlement.period_running"
    zh = "账期 {period} 尚未结束，不能关账"
    en = "The period {period} is not over yet."


class PeriodDecided(Conflict):
    code = "settlement.period_decided"
    zh = "该账期已处理，请刷新"
    en = "This has already been decided."


class PeriodNotReady(Conflict):
    code = "settlement.period_not_ready"
    zh = "还有 {count} 笔未结算，请先运行结算"
    en = "{count} inputs are not settled yet: run the settlement first."


class PeriodFourEyes(Forbidden):
    code = "settlement.period_four_eyes"
    zh = "申请人不能审批自己的关账申请"
    en = "Whoever asked for the close may not approve it."


class RunEnded(Conflict):
    code = "settlement.run_ended"
    zh = "这次运行已结束"
    en = "This run has ended."
