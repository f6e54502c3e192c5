"""Undoing a transaction: a new entry that names the old one."""

from datetime import datetime

from shuniu.foundation.access import Actor
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger.actions.post import post
from shuniu.ledger.contracts import AccountRef, Posting, TransactionRef
from shuniu.ledger.models import Transaction


def reverse(*, transaction_id: int, at: datetime, reason: Text, by: Actor, now: datetime) -> TransactionRef:
    """Post the opposite of a transaction. Its key follows from the old one, so that it is undone only once.

    Raises NotFound, and InsufficientBalance when the money has left the wallet since.
    """
    old = Transaction.objects.filter(pk=transaction_id).first()
    if old is None:
        raise NotFound()
    legs = old.postings.select_related("account").order_by("id")
    postings = [
        Posting(
            AccountRef(
                Ref(leg.account.owner_kind, leg.account.owner_id) if leg.account.owner_kind else None,
                leg.account.purpose,
                leg.currency,
            ),
            -leg.amount,
        )
        for leg in legs
    ]
    return post(
        key=f"reverse:{old.pk}",
        postings=postings,
        at=at,
        memo=Text(zh=f"冲正：{old.memo_zh}({reason.zh})", en=f"Reversal: {old.memo_en} ({reason.en})"),
        source=Ref(old.source_kind, old.source_id),
        by=by,
        now=now,
        corrects=old.pk,
    )
