"""Money for tests: wallets with something in them."""

from datetime import UTC, datetime
from decimal import Decimal

from shuniu.foundation.access import system
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger import actions
from shuniu.ledger.contracts import AccountRef, NewTransaction, Posting, TransactionRef

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
HOUSE = system("tests")
EXPENSE = AccountRef(None, "expense")


def wallet(owner: int, purpose: str = "withdrawable") -> AccountRef:
    return AccountRef(Ref("staff", owner), purpose)


def payment(
    key: str, owner: int, amount: str, *, purpose: str = "withdrawable", at: datetime = NOON
) -> NewTransaction:
    """The house owes `amount` more to staff member `owner`."""
    value = Decimal(amount)
    return NewTransaction(
        key=key,
        postings=(Posting(EXPENSE, -value), Posting(wallet(owner, purpose), value)),
        at=at,
        memo=Text(zh="收益", en="Earning"),
        source=Ref("work_order", owner),
    )


def pay(key: str, owner: int, amount: str, *, purpose: str = "withdrawable") -> TransactionRef:
    return actions.post_many(transactions=[payment(key, owner, amount, purpose=purpose)], by=HOUSE, now=NOON)[
        0
    ]
