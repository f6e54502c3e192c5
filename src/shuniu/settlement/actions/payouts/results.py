"""What the bank answered: paid, failed (the money returns), or unknown (asked again under the same number)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Max

from shuniu.core.money import format_amount
from shuniu.foundation.access import Actor
from shuniu.foundation.audit.actions import Entry, record_many
from shuniu.foundation.errors import Invalid, NotFound
from shuniu.foundation.hub import NewEvent, Ref, publish_many
from shuniu.foundation.text import Text
from shuniu.ledger import actions as ledger
from shuniu.org import actions as org_actions
from shuniu.settlement.contracts import BatchStatus, PayoutSettled, PayoutStatus
from shuniu.settlement.models import Payout, PayoutAttempt, PayoutBatch
from shuniu.settlement.payments import final


class Outcome(StrEnum):
    """An answer, or `asked`: the bank was asked again under the same bill number."""

    PAID = "paid"
    FAILED = "failed"
    UNKNOWN = "unknown"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Result:
    """The bank's answer to one payout. A failure says why; a payment says its reference."""

    payout_id: int
    outcome: Outcome
    bank_reference: str = ""
    reason: str = ""


class ReasonMissing(Invalid):
    code = "settlement.reason_missing"
    zh = "请填写失败原因"
    en = "Say why it failed."


def record_results(*, results: Sequence[Result], by: Actor, now: datetime) -> int:
    """Record answers in one transaction; how many payouts reached their end.

    The final answer a payout already has may come again and moves nothing; another final answer is refused
    (PayoutSettled). Raises NotFound, ReasonMissing.
    """
    by_payout = {result.payout_id: result for result in results}
    if any(result.outcome is Outcome.FAILED and not result.reason.strip() for result in results):
        raise ReasonMissing(field="reason")
    with transaction.atomic():
        batches = _lock_batches(by_payout)
        payouts = list(Payout.objects.select_for_update(no_key=True).filter(pk__in=by_payout).order_by("id"))
        if len(payouts) != len(by_payout):
            raise NotFound()
        open_ones = [one for one in payouts if _still_open(one, by_payout[one.pk])]
        _keep_attempts(open_ones, by_payout, by, now)
        ended = [one for one in open_ones if by_payout[one.pk].outcome in {Outcome.PAID, Outcome.FAILED}]
        ledger.post_many(
            transactions=[final(one, now, paid=by_payout[one.pk].outcome is Outcome.PAID) for one in ended],
            by=by,
            now=now,
        )
        for one in ended:
            result = by_payout[one.pk]
            one.status = (
                PayoutStatus.PAID.value if result.outcome is Outcome.PAID else PayoutStatus.FAILED.value
            )
            one.reason, one.settled_at = result.reason, now
        Payout.objects.bulk_update(ended, ["status", "reason", "settled_at"], batch_size=1000)
        _finish(batches, now)
        _tell(open_ones, by_payout, by, now)
    return len(ended)


def _lock_batches(by_payout: dict[int, Result]) -> list[PayoutBatch]:
    batches = PayoutBatch.objects.filter(payouts__in=by_payout).distinct().values_list("pk", flat=True)
    return list(
        PayoutBatch.objects.select_for_update(no_key=True).filter(pk__in=list(batches)).order_by("id")
    )


def _still_open(one: Payout, result: Result) -> bool:
    """False for an answer already known; PayoutSettled for one that contradicts it or comes before sending."""
    if one.status == PayoutStatus.IN_TRANSIT.value:
        return True
    if one.status != result.outcome.value:
        raise PayoutSettled(bill_no=one.bill_no)
    return False


def _keep_attempts(payouts: Sequence[Payout], results: dict[int, Result], by: Actor, now: datetime) -> None:
    numbers = Counter(
        dict(
            PayoutAttempt.objects.filter(payout__in=payouts)
            .values_list("payout_id")
            .annotate(last=Max("number"))
            .values_list("payout_id", "last")
        )
    )
    PayoutAttempt.objects.bulk_create(
        PayoutAttempt(
            payout=one,
            number=numbers[one.pk] + 1,
            outcome=results[one.pk].outcome.value,
            bank_reference=results[one.pk].bank_reference,
            reason=results[one.pk].reason,
            at=now,
            by=by.key,
            by_name=by.name,
        )
        for one in payouts
    )


def _finish(batches: Sequence[PayoutBatch], now: datetime) -> None:
    """A batch is finished when nothing of it is on its way any more."""
    waiting = set(
        Payout.objects.filter(batch__in=batches, status=PayoutStatus.IN_TRANSIT.value).values_list(
            "batch_id", flat=True
        )
    )
    for batch in batches:
        if batch.pk not in waiting and batch.status == BatchStatus.APPROVED.value:
            batch.status, batch.finished_at = BatchStatus.FINISHED.value, now
            batch.save(update_fields=["status", "finished_at"])


EVENT = {
    Outcome.PAID: "payout.paid",
    Outcome.FAILED: "payout.failed",
    Outcome.UNKNOWN: "payout.unknown",
    Outcome.ASKED: "payout.asked",
}


def _tell(payouts: Sequence[Payout], results: dict[int, Result], by: Actor, now: datetime) -> None:
    entries, events = [], []
    for one in payouts:
        result, subject = results[one.pk], Ref("payout", one.pk)
        after = {
            "outcome": result.outcome.value,
            "bank_reference": result.bank_reference,
            "reason": result.reason,
        }
        entries.append(
            Entry("settlement.record_result", subject, unit_id=one.unit_id, after=after, sensitive=True)
        )
        staff = [one.beneficiary_id] if one.beneficiary_kind == "staff" else []
        data = {"batch_id": one.batch_id, "amount_fen": int(one.amount * 100), "staff_ids": staff}
        events.append(
            NewEvent(
                name=EVENT[result.outcome], subject=subject, unit_id=one.unit_id, by=by, now=now, data=data
            )
        )
        if staff and result.outcome in {Outcome.PAID, Outcome.FAILED}:
            _notify(one, result, by, now)
    record_many(entries, by=by, now=now)
    publish_many(events)


def _notify(one: Payout, result: Result, by: Actor, now: datetime) -> None:
    amount = format_amount(one.amount)
    text = Text(zh=f"{amount} 元已到账", en=f"{amount} yuan has arrived")
    if result.outcome is Outcome.FAILED:
        text = Text(
            zh=f"{amount} 元打款失败，已退回可提现：{result.reason}",
            en=f"The payout of {amount} yuan failed and was returned: {result.reason}",
        )
    org_actions.notify(
        staff_ids=[one.beneficiary_id],
        kind=EVENT[result.outcome],
        text=text,
        subject=Ref("payout", one.pk),
        by=by,
        now=now,
    )
