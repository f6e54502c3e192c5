"""Drawing up a batch: what selected people (or all) can withdraw now. Money does not move yet."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.audit.actions import record
from shuniu.foundation.hub import Ref, publish
from shuniu.ledger.contracts import CURRENCY
from shuniu.settlement.contracts import BatchStatus, NothingToPay, PayoutStatus, Withdrawable
from shuniu.settlement.models import Payout, PayoutBatch
from shuniu.settlement.payments import next_number
from shuniu.settlement.queries.withdrawable import withdrawables

# Two people who draw up batches at once wait for each other, so nobody's money stands in two drafts.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('payout_batch', 0))"


def create_batch(
    *,
    beneficiary_ids: Sequence[int] | None,
    note: str = "",
    at_least: Decimal = Decimal("0.01"),
    by: Actor,
    now: datetime,
) -> int:
    """A draft for the staff named, or for all who have `at_least` so much; the batch's id. Raises NothingToPay."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        wanted = None if beneficiary_ids is None else set(beneficiary_ids)
        chosen = [
            one
            for one in withdrawables(actor=by, at_least=at_least)
            if wanted is None or one.beneficiary_id in wanted
        ]
        if not chosen:
            raise NothingToPay()
        batch = PayoutBatch.objects.create(
            no=next_number(now),
            currency=CURRENCY,
            status=BatchStatus.DRAFT.value,
            note=note,
            created_by=by.key,
            created_by_name=by.name,
            created_at=now,
        )
        Payout.objects.bulk_create(_payout(batch, n, one) for n, one in enumerate(chosen, start=1))
        total = sum((one.available for one in chosen), Decimal(0))
        subject = Ref("payout_batch", batch.pk)
        after = {"no": batch.no, "payouts": len(chosen), "total": str(total)}
        record(by=by, now=now, action="settlement.create_batch", subject=subject, after=after, sensitive=True)
        publish(
            name="payout.batch_created",
            subject=subject,
            unit_id=None,
            by=by,
            now=now,
            data={"payouts": len(chosen), "total_fen": int(total * 100)},
        )
    return batch.pk


def _payout(batch: PayoutBatch, n: int, one: Withdrawable) -> Payout:
    return Payout(
        batch=batch,
        bill_no=f"{batch.no}-{n:04d}",
        beneficiary_kind=one.beneficiary_kind,
        beneficiary_id=one.beneficiary_id,
        beneficiary_name=one.name,
        unit_id=one.unit_id,
        currency=one.currency,
        amount=one.available,
        status=PayoutStatus.DRAFT.value,
    )
