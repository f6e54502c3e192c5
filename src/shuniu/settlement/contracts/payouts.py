"""Payouts as shown."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from shuniu.foundation.text import Text


class BatchStatus(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    REJECTED = "rejected"
    FINISHED = "finished"


class PayoutStatus(StrEnum):
    DRAFT = "draft"
    REJECTED = "rejected"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"


BATCH_TEXT = {
    BatchStatus.DRAFT: Text(zh="待审批", en="Awaiting approval"),
    BatchStatus.APPROVED: Text(zh="打款中", en="In transit"),
    BatchStatus.REJECTED: Text(zh="已驳回", en="Rejected"),
    BatchStatus.FINISHED: Text(zh="已完成", en="Finished"),
}
PAYOUT_TEXT = {
    PayoutStatus.DRAFT: Text(zh="待审批", en="Awaiting approval"),
    PayoutStatus.REJECTED: Text(zh="已驳回", en="Rejected"),
    PayoutStatus.IN_TRANSIT: Text(zh="打款中", en="In transit"),
    PayoutStatus.PAID: Text(zh="已到账", en="Paid"),
    PayoutStatus.FAILED: Text(zh="失败已退回", en="Failed, returned"),
}


@dataclass(frozen=True, slots=True)
class Withdrawable:
    """Somebody with money to take out; `available` leaves out what stands in drafts already."""

    beneficiary_kind: str
    beneficiary_id: int
    name: str
    unit_id: int
    unit_name: str
    withdrawable: Decimal
    in_drafts: Decimal
    available: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class AttemptRow:
    number: int
    outcome: str
    bank_reference: str
    reason: str
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class PayoutRow:
    id: int
    batch_id: int
    batch_no: str
    bill_no: str
    beneficiary_kind: str
    beneficiary_id: int
    beneficiary_name: str
    unit_id: int
    unit_name: str
    amount: Decimal
    currency: str
    status: PayoutStatus
    status_text: Text
    reason: str
    settled_at: datetime | None
    attempts: tuple[AttemptRow, ...]


@dataclass(frozen=True, slots=True)
class BatchRow:
    id: int
    no: str
    status: BatchStatus
    status_text: Text
    currency: str
    note: str
    payouts: int
    total: Decimal
    paid: Decimal
    failed: Decimal
    open: int
    created_by: str
    created_by_name: str
    created_at: datetime
    decided_by: str
    decided_by_name: str
    decided_at: datetime | None
    finished_at: datetime | None
