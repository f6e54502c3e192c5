"""The numbers of batches, and the transactions by which a payout leaves the wallet, arrives, or comes back."""

from datetime import datetime

from django.utils.timezone import get_default_timezone

from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger.contracts import AccountRef, NewTransaction, Posting
from shuniu.settlement.models import Payout, PayoutBatch


def next_number(now: datetime) -> str:
    """DK + local day + number within the day; the caller holds the lock that makes it unique."""
    day = now.astimezone(get_default_timezone()).strftime("%Y%m%d")
    last = (
        PayoutBatch.objects.filter(no__startswith=f"DK{day}")
        .order_by("-no")
        .values_list("no", flat=True)
        .first()
    )
    return f"DK{day}{int(last[-3:]) + 1 if last else 1:03d}"


def to_transit(one: Payout, now: datetime) -> NewTransaction:
    owner = Ref(one.beneficiary_kind, one.beneficiary_id)
    return NewTransaction(
        key=f"payout:{one.bill_no}:send",
        postings=(
            Posting(AccountRef(owner, "withdrawable", one.currency), -one.amount),
            Posting(AccountRef(owner, "in_transit", one.currency), one.amount),
        ),
        at=now,
        memo=Text(zh=f"打款 {one.bill_no}", en=f"Payout {one.bill_no}"),
        source=Ref("payout", one.pk),
    )


def final(one: Payout, now: datetime, *, paid: bool) -> NewTransaction:
    """打款中 → 已到账, or back to 可提现."""
    owner = Ref(one.beneficiary_kind, one.beneficiary_id)
    memo = Text(zh=f"到账 {one.bill_no}", en=f"Paid {one.bill_no}")
    if not paid:
        memo = Text(zh=f"打款失败退回 {one.bill_no}", en=f"Payout failed, returned {one.bill_no}")
    return NewTransaction(
        key=f"payout:{one.bill_no}:{'paid' if paid else 'return'}",
        postings=(
            Posting(AccountRef(owner, "in_transit", one.currency), -one.amount),
            Posting(AccountRef(owner, "paid" if paid else "withdrawable", one.currency), one.amount),
        ),
        at=now,
        memo=memo,
        source=Ref("payout", one.pk),
    )
