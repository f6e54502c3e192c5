"""Payout batches and payouts. Finance sees all; a manager the payouts of people of the units they look after."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import TypeAlias

from django.db.models import Count, Q, QuerySet, Sum

from shuniu.foundation.access import Actor
from shuniu.foundation.errors import NotFound
from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.org import queries as org
from shuniu.settlement.contracts import (
    BATCH_TEXT,
    PAYOUT_TEXT,
    AttemptRow,
    BatchRow,
    BatchStatus,
    PayoutRow,
    PayoutStatus,
)
from shuniu.settlement.models import Payout, PayoutAttempt, PayoutBatch
from shuniu.settlement.permissions import PAYOUT_READ

ZERO = Decimal("0.00")
BatchSet: TypeAlias = QuerySet[PayoutBatch]
PayoutSet: TypeAlias = QuerySet[Payout]


def batch_set(actor: Actor, *, status: BatchStatus | None = None, text: str = "") -> BatchSet:
    """Batches that hold a payout the actor may see."""
    batches = PayoutBatch.objects.all()
    if org.visible_units(actor=actor, permission=PAYOUT_READ) is not None:
        batches = batches.filter(pk__in=payout_set(actor).values("batch_id"))
    if status is not None:
        batches = batches.filter(status=status.value)
    return batches.filter(Q(no__icontains=text) | Q(note__icontains=text)) if text else batches


def batches_page(batches: BatchSet, page: PageParams) -> Page[BatchRow]:
    return paginate(
        batches, page, sorts={"created_at": "created_at", "no": "no"}, default="-created_at", to=batch_rows
    )


def batch(actor: Actor, batch_id: int) -> BatchRow:
    found = list(batch_set(actor).filter(pk=batch_id))
    if not found:
        raise NotFound()
    return batch_rows(found)[0]


def batch_rows(batches: Sequence[PayoutBatch]) -> list[BatchRow]:
    paid, failed, waiting = (
        Q(status=status.value) for status in (PayoutStatus.PAID, PayoutStatus.FAILED, PayoutStatus.IN_TRANSIT)
    )
    sums = {
        row["batch_id"]: row
        for row in Payout.objects.filter(batch__in=batches)
        .values("batch_id")
        .annotate(
            payouts=Count("id"),
            total=Sum("amount"),
            paid=Sum("amount", filter=paid),
            failed=Sum("amount", filter=failed),
            open=Count("id", filter=waiting),
        )
    }
    return [
        BatchRow(
            id=one.pk,
            no=one.no,
            status=BatchStatus(one.status),
            status_text=BATCH_TEXT[BatchStatus(one.status)],
            currency=one.currency,
            note=one.note,
            payouts=sums[one.pk]["payouts"] if one.pk in sums else 0,
            total=sums[one.pk]["total"] if one.pk in sums else ZERO,
            paid=(sums[one.pk]["paid"] if one.pk in sums else None) or ZERO,
            failed=(sums[one.pk]["failed"] if one.pk in sums else None) or ZERO,
            open=sums[one.pk]["open"] if one.pk in sums else 0,
            created_by=one.created_by,
            created_by_name=one.created_by_name,
            created_at=one.created_at,
            decided_by=one.decided_by,
            decided_by_name=one.decided_by_name,
            decided_at=one.decided_at,
            finished_at=one.finished_at,
        )
        for one in batches
    ]


def payout_set(
    actor: Actor,
    *,
    batch_id: int | None = None,
    beneficiary_id: int | None = None,
    status: PayoutStatus | None = None,
) -> PayoutSet:
    """Payouts the actor may see, narrowed."""
    payouts = Payout.objects.filter(
        org.visible(actor=actor, permission=PAYOUT_READ, unit="unit_id", owner="beneficiary_id")
    )
    if batch_id is not None:
        payouts = payouts.filter(batch_id=batch_id)
    if beneficiary_id is not None:
        payouts = payouts.filter(beneficiary_kind="staff", beneficiary_id=beneficiary_id)
    return payouts if status is None else payouts.filter(status=status.value)


def payouts_page(payouts: PayoutSet, page: PageParams) -> Page[PayoutRow]:
    return paginate(
        payouts.select_related("batch"),
        page,
        sorts={"id": "id", "amount": "amount", "settled_at": "settled_at"},
        default="id",
        to=payout_rows,
    )


def payouts_of_staff(staff_id: int, page: PageParams) -> Page[PayoutRow]:
    """Somebody's own payouts, newest first; for themselves."""
    own = Payout.objects.filter(beneficiary_kind="staff", beneficiary_id=staff_id).exclude(
        status__in=[PayoutStatus.DRAFT.value, PayoutStatus.REJECTED.value]
    )
    return paginate(own.select_related("batch"), page, sorts={"id": "id"}, default="-id", to=payout_rows)


def payout_rows_all(payouts: PayoutSet, chunk: int = 1000) -> Iterator[PayoutRow]:
    """All of them for a file, by bill number, read a chunk at a time."""
    rows = payouts.select_related("batch").order_by("bill_no").iterator(chunk_size=chunk)
    while few := list(islice(rows, chunk)):
        yield from payout_rows(few)


def payout_rows(payouts: Sequence[Payout]) -> list[PayoutRow]:
    units = org.units({one.unit_id for one in payouts})
    attempts: dict[int, list[AttemptRow]] = defaultdict(list)
    for one in PayoutAttempt.objects.filter(payout__in=payouts).order_by("payout_id", "number"):
        attempts[one.payout_id].append(
            AttemptRow(one.number, one.outcome, one.bank_reference, one.reason, one.at, one.by_name)
        )
    return [
        PayoutRow(
            id=one.pk,
            batch_id=one.batch_id,
            batch_no=one.batch.no,
            bill_no=one.bill_no,
            beneficiary_kind=one.beneficiary_kind,
            beneficiary_id=one.beneficiary_id,
            beneficiary_name=one.beneficiary_name,
            unit_id=one.unit_id,
            unit_name=units[one.unit_id].name,
            amount=one.amount,
            currency=one.currency,
            status=PayoutStatus(one.status),
            status_text=PAYOUT_TEXT[PayoutStatus(one.status)],
            reason=one.reason,
            settled_at=one.settled_at,
            attempts=tuple(attempts[one.pk]),
        )
        for one in payouts
    ]


def require_all(asked: set[int], seen: set[int]) -> None:
    """NotFound when somebody asks for payouts that are not there or not theirs to see."""
    if asked - seen:
        raise NotFound()
