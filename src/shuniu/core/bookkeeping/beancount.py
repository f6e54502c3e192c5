"""The ledger as text that Beancount accepts, line by line, so that an auditor needs none of our programs.

Beancount writes debits as positive numbers. Here a credit is positive, so every number changes its sign on
the way out: a wallet of +380.00 is a liability of −380.00.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from shuniu.core.bookkeeping.entries import Transaction
from shuniu.core.money import format_amount

# Which of Beancount's five roots an account belongs under; everything the house owes is a liability.
ROOTS = {"expense": "Expenses", "cash": "Assets", "paid": "Assets", "owed": "Assets", "income": "Income"}
NOT_ALLOWED = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """An account as exported: its Beancount name, currency, first day and balance (our sign)."""

    name: str
    currency: str
    opened: date
    balance: Decimal


def beancount_account(purpose: str, owner_kind: str, owner_id: int) -> str:
    """A valid, unique Beancount name: (withdrawable, staff, 5) → Liabilities:Withdrawable:Staff-5."""
    parts = [ROOTS.get(purpose, "Liabilities"), part(purpose)]
    parts.append(f"{part(owner_kind)}-{owner_id}" if owner_kind else "Platform")
    return ":".join(parts)


def part(word: str) -> str:
    cleaned = NOT_ALLOWED.sub("-", word)
    return cleaned[:1].upper() + cleaned[1:]


def export_beancount(
    accounts: Iterable[OpenAccount],
    transactions: Iterable[Transaction],
    *,
    zone: tzinfo,
    title: str,
    names: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Blocks of text: options, accounts, transactions in the given order, and one balance assertion per account.

    `names` maps our account names to Beancount's; without it they are used as they are. The assertions are dated
    the day after the last transaction, so `bean-check` recomputes every balance from the postings alone.
    """
    opened = list(accounts)
    yield f'option "title" {quoted(title)}\n'
    for currency in sorted({account.currency for account in opened}):
        yield f'option "operating_currency" "{currency}"\n'
    for account in opened:
        yield f"{account.opened} open {account.name} {account.currency}\n"
    last = max((account.opened for account in opened), default=date(1970, 1, 1))
    for transaction in transactions:
        day = local_day(transaction.at, zone)
        last = max(last, day)
        yield transaction_text(transaction, day, names or {})
    for account in opened:
        amount = format_amount(-account.balance)
        yield f"{last + timedelta(days=1)} balance {account.name} {amount} {account.currency}\n"


def transaction_text(transaction: Transaction, day: date, names: Mapping[str, str]) -> str:
    lines = [f"{day} * {quoted(transaction.memo)}", f"  key: {quoted(transaction.key)}"]
    if transaction.source:
        lines.append(f"  source: {quoted(transaction.source)}")
    if transaction.corrects:
        lines.append(f"  corrects: {quoted(transaction.corrects)}")
    for posting in transaction.postings:
        name = names.get(posting.account, posting.account)
        lines.append(f"  {name}  {format_amount(-posting.amount)} {posting.currency}")
    return "\n" + "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def local_day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()
