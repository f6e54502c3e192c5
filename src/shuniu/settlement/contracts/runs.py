"""Runs as shown."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from shuniu.foundation.text import Text


class SettlementRunStatus(StrEnum):
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class RunKind(StrEnum):
    SETTLE = "settle"
    RECALCULATE = "recalculate"


class PartStatus(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


RUN_TEXT = {
    SettlementRunStatus.RUNNING: Text(zh="运行中", en="Running"),
    SettlementRunStatus.DONE: Text(zh="已完成", en="Done"),
    SettlementRunStatus.CANCELLED: Text(zh="已停止", en="Stopped"),
}
KIND_TEXT = {
    RunKind.SETTLE: Text(zh="结算", en="Settlement"),
    RunKind.RECALCULATE: Text(zh="重新计算", en="Recalculation"),
}
PART_TEXT = {
    PartStatus.WAITING: Text(zh="等待", en="Waiting"),
    PartStatus.DONE: Text(zh="已结算", en="Settled"),
    PartStatus.FAILED: Text(zh="异常", en="Exception"),
    PartStatus.CANCELLED: Text(zh="已停止", en="Stopped"),
}


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run with its progress. `amount` is what it posted in all; `seconds_left` is known while it runs and moves."""

    id: int
    kind: RunKind
    kind_text: Text
    status: SettlementRunStatus
    status_text: Text
    plan_id: int | None
    plan_name: Text | None
    period: str
    parts: int
    parts_done: int
    parts_failed: int
    inputs: int
    inputs_done: int
    lines: int
    buckets: int
    transactions: int
    amount: Decimal
    seconds_left: int | None
    created_at: datetime
    created_by_name: str
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunPartRow:
    """One beneficiary's share of a run; a failed one says why."""

    id: int
    status: PartStatus
    status_text: Text
    measure: str
    role: str
    party_kind: str
    party_id: int
    party_name: str
    inputs: int
    lines: int
    buckets: int
    transactions: int
    amount: Decimal
    error: Text
    at: datetime | None


@dataclass(frozen=True, slots=True)
class WaitingSum:
    """What stands ready for the next run."""

    inputs: int
    parties: int
    oldest_at: datetime | None
    running: int | None


@dataclass(frozen=True, slots=True)
class TierDistance:
    """How far a beneficiary's running period is from the next tier of one component.

    `base` is what was sold so far, `missing` what is still to sell, `rate` the rate that then applies (as written in
    the plan); both are None in the last tier.
    """

    plan_id: int
    plan_name: Text
    component: str
    component_text: Text
    period: str
    base: Decimal
    earned: Decimal
    missing: Decimal | None
    rate: Decimal | None
    current_rate: Decimal | None
    currency: str
    in_units: bool
