"""冻结: money of a wallet set aside, and given free again."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.audit.actions import record
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub import Ref, publish
from shuniu.foundation.text import Text
from shuniu.ledger.actions.post import post
from shuniu.ledger.contracts import CURRENCY, SCALE, AccountRef, HoldEnded, NotPositive, Posting
from shuniu.ledger.models import Hold


def hold(
    *, owner: Ref, amount: Decimal, reason: str, currency: str = CURRENCY, by: Actor, now: datetime
) -> int:
    """Set aside part of what the owner can withdraw; the hold's id. Raises NotPositive, InsufficientBalance."""
    if amount <= 0 or amount != round(amount, SCALE):
        raise NotPositive(field="amount")
    with transaction.atomic():
        row = Hold.objects.create(
            owner_kind=owner.kind,
            owner_id=owner.id,
            currency=currency,
            amount=amount,
            reason=reason,
            placed_at=now,
            placed_by=by.key,
            placed_by_name=by.name,
        )
        memo = Text(zh=f"冻结：{reason}", en=f"Hold: {reason}")
        _move(row, "place", ("withdrawable", "held"), memo, by, now)
        _tell("placed", row, by, now)
    return row.pk


def release_hold(*, hold_id: int, reason: str, by: Actor, now: datetime) -> None:
    """End a hold; the money is withdrawable again. Raises NotFound, HoldEnded."""
    with transaction.atomic():
        row = Hold.objects.select_for_update(no_key=True).filter(pk=hold_id).first()
        if row is None:
            raise NotFound()
        if row.ended_at is not None:
            raise HoldEnded()
        row.ended_at, row.ended_by, row.ended_by_name, row.ended_reason = now, by.key, by.name, reason
        row.save(update_fields=["ended_at", "ended_by", "ended_by_name", "ended_reason"])
        memo = Text(zh=f"解除冻结：{reason}", en=f"Hold released: {reason}")
        _move(row, "release", ("held", "withdrawable"), memo, by, now)
        _tell("released", row, by, now)


def _move(row: Hold, verb: str, way: tuple[str, str], memo: Text, by: Actor, now: datetime) -> None:
    owner = Ref(row.owner_kind, row.owner_id)
    giver, taker = (AccountRef(owner, purpose, row.currency) for purpose in way)
    post(
        key=f"hold:{row.pk}:{verb}",
        postings=(Posting(giver, -row.amount), Posting(taker, row.amount)),
        at=now,
        memo=memo,
        source=Ref("ledger_hold", row.pk),
        by=by,
        now=now,
    )


def _tell(what: str, row: Hold, by: Actor, now: datetime) -> None:
    subject = Ref("ledger_hold", row.pk)
    after = {"owner": f"{row.owner_kind}:{row.owner_id}", "amount": str(row.amount), "reason": row.reason}
    record(by=by, now=now, action=f"ledger.hold_{what}", subject=subject, after=after, sensitive=True)
    staff = [row.owner_id] if row.owner_kind == "staff" else []
    data = {"amount_fen": int(row.amount * 100), "staff_ids": staff}
    publish(name=f"ledger.hold_{what}", subject=subject, unit_id=None, by=by, now=now, data=data)
