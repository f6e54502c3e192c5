"""Transactions and their one invariant: per currency, the postings sum to zero."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from shuniu.core.money import format_amount


class BookkeepingError(ValueError):
    """The transaction is not correct double entry; `code` is stable, the message names the place."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Posting:
    """One leg: `amount` > 0 is owed to the account's owner, < 0 is owed by it."""

    account: str
    amount: Decimal
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class Transaction:
    """Postings that belong together. `key` names the wish to post it, so that the same wish posts once."""

    key: str
    at: datetime
    memo: str
    postings: tuple[Posting, ...]
    source: str = ""
    corrects: str | None = None


def check_transaction(transaction: Transaction) -> None:
    """Refuse, as a whole, a transaction that is empty, holds a zero leg, or does not sum to zero per currency."""
    if len(transaction.postings) < 2:
        raise BookkeepingError("too_few_postings", f"{transaction.key}: a transaction needs two postings")
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for posting in transaction.postings:
        if not posting.amount.is_finite() or posting.amount == 0:
            raise BookkeepingError("zero_posting", f"{transaction.key}: {posting.account} moves nothing")
        sums[posting.currency] += posting.amount
    for currency, total in sums.items():
        if total != 0:
            raise BookkeepingError("unbalanced", f"{transaction.key}: {currency} is off by {total}")


def content_hash(transaction: Transaction) -> bytes:
    """A digest of everything but the key; equal for amounts that differ only in trailing zeros."""
    digest = hashlib.sha256()
    legs = sorted((p.account, p.currency, format_amount(p.amount)) for p in transaction.postings)
    head = (
        transaction.at.isoformat(),
        transaction.memo,
        transaction.source,
        transaction.corrects or "",
    )
    for fields in (head, *legs):
        for field in fields:
            # The length in front keeps ("ab", "c") and ("a", "bc") apart.
            encoded = field.encode()
            digest.update(len(encoded).to_bytes(4, "big") + encoded)
    return digest.digest()


def reversal(transaction: Transaction, *, key: str, at: datetime, memo: str) -> Transaction:
    """The new entry that undoes `transaction` and names it; the old one stays as it is."""
    legs = tuple(replace(posting, amount=-posting.amount) for posting in transaction.postings)
    return Transaction(
        key=key, at=at, memo=memo, postings=legs, source=transaction.source, corrects=transaction.key
    )


def balances_of(transactions: Iterable[Transaction]) -> dict[tuple[str, str], Decimal]:
    """Sum per (account, currency) over transactions, each of which is checked first."""
    balances: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for transaction in transactions:
        check_transaction(transaction)
        for posting in transaction.postings:
            balances[posting.account, posting.currency] += posting.amount
    return dict(balances)


def trial_balance(transactions: Iterable[Transaction]) -> tuple[dict[tuple[str, str], Decimal], Decimal]:
    """Balances per (account, currency), and their sum over all accounts, which double entry keeps at zero."""
    balances = balances_of(transactions)
    return balances, sum(balances.values(), Decimal(0))
