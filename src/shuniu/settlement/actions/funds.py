"""Spending 推广基金: on promotion, and on nothing else."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.audit.actions import record
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger import actions as ledger
from shuniu.ledger.contracts import CURRENCY, SCALE, AccountRef, NotPositive, Posting
from shuniu.settlement.models import FundSpending
from shuniu.settlement.ways import FUND


def spend_fund(*, owner: Ref, amount: Decimal, what: str, by: Actor, now: datetime) -> int:
    """Pay for a promotion out of the owner's fund; the spending's id. Raises NotPositive, InsufficientBalance."""
    if amount <= 0 or amount != round(amount, SCALE):
        raise NotPositive(field="amount")
    with transaction.atomic():
        row = FundSpending.objects.create(
            owner_kind=owner.kind,
            owner_id=owner.id,
            currency=CURRENCY,
            amount=amount,
            what=what,
            at=now,
            by=by.key,
            by_name=by.name,
        )
        ledger.post(
            key=f"fund:{row.pk}",
            postings=(
                Posting(AccountRef(owner, FUND), -amount),
                Posting(AccountRef(None, "promotion"), amount),
            ),
            at=now,
            memo=Text(zh=f"推广支出：{what}", en=f"Promotion: {what}"),
            source=owner,
            by=by,
            now=now,
        )
        after = {"owner": str(owner), "amount": str(amount), "what": what}
        record(by=by, now=now, action="settlement.spend_fund", subject=owner, after=after, sensitive=True)
    return row.pk
