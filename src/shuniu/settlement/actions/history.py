"""Loading a history of completed work: inputs, earnings, confirmations, releases and payouts, set by set."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref
from shuniu.ledger import actions as ledger
from shuniu.org import queries as org
from shuniu.settlement.actions.record import record_inputs
from shuniu.settlement.contracts import BatchStatus, NewInput, PastWork, PayoutStatus
from shuniu.settlement.maturities import mature
from shuniu.settlement.measures import WORK_ORDER, work_order_facts
from shuniu.settlement.models import Maturity, Payout, PayoutAttempt, PayoutBatch
from shuniu.settlement.payments import final, next_number, to_transit
from shuniu.work_orders import queries as work_orders

CONFIRM = """
INSERT INTO settlement_confirmation (source_kind, source_id, at, by)
SELECT s.kind, s.id, s.at, %s FROM unnest(%s::text[], %s::bigint[], %s::timestamptz[]) AS s (kind, id, at)
ON CONFLICT DO NOTHING
"""
BANK_HOURS = timedelta(hours=20)
HOUSE_NAME = "系统"


def load_history(
    *, works: Sequence[PastWork], payout_days: Sequence[datetime] = (), by: Actor, now: datetime
) -> list[int]:
    """Settle past work as it would have been: earned when done, confirmed and released when due, and paid on each
    of `payout_days` with whatever was withdrawable then. Nobody is told. Returns input ids; again moves nothing.
    """
    with transaction.atomic():
        recorded = record_inputs(news=[_as_input(work) for work in works], by=by, now=now, past=True)
        confirmed = [work for work in works if work.confirmed_at is not None]
        with connection.cursor() as cursor:
            cursor.execute(
                CONFIRM,
                [
                    by.key,
                    [work.source.kind for work in confirmed],
                    [work.source.id for work in confirmed],
                    [work.confirmed_at for work in confirmed],
                ],
            )
        waiting = (
            Maturity.objects.filter(released_at__isnull=True).order_by("id").values_list("id", flat=True)
        )
        mature(list(waiting), by=by, now=now, release=True, past=True)
        _pay(sorted(day for day in payout_days if day <= now), by, now)
    return [one.input_id for one in recorded]


def load_completed_orders(
    *, order_ids: Sequence[int], payout_days: Sequence[datetime] = (), by: Actor, now: datetime
) -> list[int]:
    """The same for work orders that are completed, as they and their facts stand in their domain."""
    orders = work_orders.cards(order_ids)
    facts = work_order_facts(list(orders), now)
    works = [
        PastWork(
            source=Ref(WORK_ORDER, order.id),
            at=order.completed_at,
            unit_id=order.unit_id,
            parties={"worker": Ref("staff", order.worker_id)},
            facts=facts[order.id],
            confirmed_at=order.confirmed_at,
            kind=order.kind_key,
        )
        for order in orders.values()
        if order.completed_at is not None and order.worker_id is not None
    ]
    return load_history(works=works, payout_days=payout_days, by=by, now=now)


def _as_input(work: PastWork) -> NewInput:
    return NewInput(
        measure=work.measure,
        source=work.source,
        at=work.at,
        unit_id=work.unit_id,
        parties=work.parties,
        facts=work.facts,
        kind=work.kind,
    )


def _pay(days: Sequence[datetime], by: Actor, now: datetime) -> None:
    """One finished batch a day, in order, each consuming the releases up to it."""
    if not days or PayoutBatch.objects.exists():
        return
    released: dict[int, list[tuple[datetime, Decimal]]] = defaultdict(list)
    rows = Maturity.objects.filter(beneficiary_kind="staff", released_at__isnull=False)
    for staff_id, at, amount in rows.values_list("beneficiary_id", "released_at", "released"):
        if at is not None:
            released[staff_id].append((at, amount))
    cards = org.staff_card(released)
    since = datetime.min.replace(tzinfo=now.tzinfo)
    for day in days:
        due = {
            staff_id: sum((amount for at, amount in moves if since < at <= day), Decimal(0))
            for staff_id, moves in sorted(released.items())
        }
        since = day
        batch = _finished_batch(day, by)
        payouts = Payout.objects.bulk_create(
            Payout(
                batch=batch,
                bill_no=f"{batch.no}-{n:04d}",
                beneficiary_kind="staff",
                beneficiary_id=staff_id,
                beneficiary_name=cards[staff_id].name,
                unit_id=cards[staff_id].unit_id,
                currency=batch.currency,
                amount=amount,
                status=PayoutStatus.PAID.value,
                settled_at=day + BANK_HOURS,
            )
            for n, (staff_id, amount) in enumerate(((s, a) for s, a in due.items() if a > 0), start=1)
        )
        PayoutAttempt.objects.bulk_create(_attempts(payouts, day, by))
        moves = [to_transit(one, day) for one in payouts]
        moves += [final(one, day + BANK_HOURS, paid=True) for one in payouts]
        ledger.load_history(transactions=moves, by=by, now=now)


def _finished_batch(day: datetime, by: Actor) -> PayoutBatch:
    return PayoutBatch.objects.create(
        no=next_number(day),
        currency="CNY",
        status=BatchStatus.FINISHED.value,
        created_by=by.key,
        created_by_name=HOUSE_NAME,
        created_at=day,
        decided_by=by.key,
        decided_by_name=HOUSE_NAME,
        decided_at=day,
        finished_at=day + BANK_HOURS,
    )


def _attempts(payouts: Sequence[Payout], day: datetime, by: Actor) -> list[PayoutAttempt]:
    sent = [
        PayoutAttempt(payout=one, number=1, outcome="sent", at=day, by=by.key, by_name=HOUSE_NAME)
        for one in payouts
    ]
    paid = [
        PayoutAttempt(
            payout=one, number=2, outcome="paid", bank_reference=f"BK{one.bill_no[2:].replace('-', '')}",
            at=day + BANK_HOURS, by=by.key, by_name=HOUSE_NAME,
        )
        for one in payouts
    ]  # fmt: skip
    return sent + paid
