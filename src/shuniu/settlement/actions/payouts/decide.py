"""Deciding a batch: approval moves the money to 打款中, rejection leaves it where it is."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from shuniu.core.money import format_amount
from shuniu.foundation.access import Actor
from shuniu.foundation.audit.actions import record
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub import NewEvent, Ref, publish_many
from shuniu.foundation.text import Text
from shuniu.ledger import actions as ledger
from shuniu.org import actions as org_actions
from shuniu.org import queries as org
from shuniu.settlement.contracts import BatchDecided, BatchStatus, FourEyes, PayoutStatus
from shuniu.settlement.models import Payout, PayoutAttempt, PayoutBatch
from shuniu.settlement.payments import to_transit
from shuniu.settlement.settings import FOUR_EYES


def approve_batch(*, batch_id: int, by: Actor, now: datetime) -> None:
    """Send a draft: every payout moves 可提现 → 打款中 and gets its first attempt.

    Raises NotFound, BatchDecided, FourEyes, and InsufficientBalance when somebody's money has left the wallet since;
    then nothing of the batch moves.
    """
    with transaction.atomic():
        batch, payouts = _draft(batch_id)
        root = org.root_unit()
        if root is not None and org.setting(FOUR_EYES.key, root.id) and batch.created_by == by.key:
            raise FourEyes()
        ledger.post_many(transactions=[to_transit(one, now) for one in payouts], by=by, now=now)
        PayoutAttempt.objects.bulk_create(
            PayoutAttempt(payout=one, number=1, outcome="sent", at=now, by=by.key, by_name=by.name)
            for one in payouts
        )
        _decide(batch, payouts, BatchStatus.APPROVED, PayoutStatus.IN_TRANSIT, by=by, now=now)
        _tell_sent(payouts, by, now)


def reject_batch(*, batch_id: int, reason: str, by: Actor, now: datetime) -> None:
    """Refuse a draft; nothing moves. Raises NotFound, BatchDecided."""
    with transaction.atomic():
        batch, payouts = _draft(batch_id)
        for one in payouts:
            one.reason = reason
        _decide(batch, payouts, BatchStatus.REJECTED, PayoutStatus.REJECTED, by=by, now=now, reason=reason)


def _draft(batch_id: int) -> tuple[PayoutBatch, list[Payout]]:
    batch = PayoutBatch.objects.select_for_update(no_key=True).filter(pk=batch_id).first()
    if batch is None:
        raise NotFound()
    if batch.status != BatchStatus.DRAFT.value:
        raise BatchDecided()
    return batch, list(batch.payouts.order_by("id"))


def _decide(
    batch: PayoutBatch,
    payouts: Sequence[Payout],
    status: BatchStatus,
    payout_status: PayoutStatus,
    *,
    by: Actor,
    now: datetime,
    reason: str = "",
) -> None:
    batch.status, batch.decided_by, batch.decided_by_name, batch.decided_at = (
        status.value,
        by.key,
        by.name,
        now,
    )
    batch.save(update_fields=["status", "decided_by", "decided_by_name", "decided_at"])
    for one in payouts:
        one.status = payout_status.value
    Payout.objects.bulk_update(payouts, ["status", "reason"], batch_size=1000)
    subject = Ref("payout_batch", batch.pk)
    verb = "approve_batch" if status is BatchStatus.APPROVED else "reject_batch"
    record(
        by=by, now=now, action=f"settlement.{verb}", subject=subject,
        before={"status": "draft"}, after={"status": status.value, "reason": reason}, sensitive=True,
    )  # fmt: skip
    name = "payout.batch_approved" if status is BatchStatus.APPROVED else "payout.batch_rejected"
    staff = [one.beneficiary_id for one in payouts if one.beneficiary_kind == "staff"]
    data = {"payouts": len(payouts), "staff_ids": staff if status is BatchStatus.APPROVED else []}
    publish_many([NewEvent(name=name, subject=subject, unit_id=None, by=by, now=now, data=data)])


def _tell_sent(payouts: Sequence[Payout], by: Actor, now: datetime) -> None:
    for one in payouts:
        if one.beneficiary_kind == "staff":
            amount = format_amount(one.amount)
            org_actions.notify(
                staff_ids=[one.beneficiary_id],
                kind="payout.sent",
                text=Text(zh=f"{amount} 元正在打款", en=f"{amount} yuan is on its way to you"),
                subject=Ref("payout", one.pk),
                by=by,
                now=now,
            )
