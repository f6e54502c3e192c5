"""One person's money on its way: pending, available, in transit, paid — every step a transaction of two legs.

The wallet is a view of its transactions: each event is checked, written as double entry once under its key, and
balances are the sums of the legs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal

from shuniu.core.bookkeeping.entries import (
    BookkeepingError,
    Posting,
    Transaction,
    check_transaction,
)

ZERO = Decimal(0)
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
EXPENSE, PENDING, AVAILABLE, IN_TRANSIT, PAID, WRITTEN_OFF = (
    "expense", "pending", "available", "in_transit", "paid", "written_off",
)  # fmt: skip


@dataclass(slots=True)
class Earning:
    """What of one earning still waits, and the day it is released."""

    waiting: Decimal
    release_day: int


@dataclass(slots=True)
class Wallet:
    """Days are whole numbers from any day 0. `negative`: whether a claw-back may take the balance below zero, or
    takes what is there and writes the rest off.
    """

    hold_days: int = 0
    negative: Literal["allow", "clamp"] = "allow"
    transactions: dict[str, Transaction] = field(default_factory=dict)
    balances: dict[str, Decimal] = field(default_factory=dict)
    earnings: dict[str, Earning] = field(default_factory=dict)
    in_transit: dict[str, Decimal] = field(default_factory=dict)
    wishes: dict[str, tuple[object, ...]] = field(default_factory=dict)

    def balance(self, account: str) -> Decimal:
        return self.balances.get(account, ZERO)

    def is_replay(self, verb: str, key: str, *content: object) -> bool:
        """Whether the same was asked before under this key; BookkeepingError when something else was."""
        wish = f"{verb}:{key}"
        if wish not in self.wishes:
            self.wishes[wish] = content
            return False
        if self.wishes[wish] != content:
            raise BookkeepingError("key_conflict", f"{wish} was used for something else")
        return True

    def earn(self, key: str, amount: Decimal, day: int) -> None:
        """An earning waits `hold_days`. One of nothing or less is a correction and waits for nobody."""
        if self.is_replay("earn", key, amount, day):
            return
        self.move(f"earn:{key}", EXPENSE, PENDING, amount)
        self.earnings[key] = Earning(amount, day + self.hold_days)

    def release(self, day: int) -> None:
        """What has waited long enough by that day becomes available."""
        for key, earning in self.earnings.items():
            if earning.release_day <= day and earning.waiting:
                self.move(f"release:{key}", PENDING, AVAILABLE, earning.waiting)
                earning.waiting = ZERO

    def withdraw(self, key: str, amount: Decimal) -> None:
        if self.is_replay("withdraw", key, amount):
            return
        if amount <= 0:
            raise BookkeepingError("not_positive", f"withdraw:{key} asks for nothing")
        if amount > self.balance(AVAILABLE):
            raise BookkeepingError("insufficient_available", f"withdraw:{key} exceeds what is available")
        self.move(f"withdraw:{key}", AVAILABLE, IN_TRANSIT, amount)
        self.in_transit[key] = amount

    def settle(self, key: str, outcome: str) -> None:
        """The end of a withdrawal: paid, or failed, which gives the money back."""
        if self.is_replay(outcome, key):
            return
        if key not in self.in_transit:
            raise BookkeepingError("not_in_transit", f"{outcome}:{key} is not on its way")
        amount = self.in_transit.pop(key)
        self.move(f"{outcome}:{key}", IN_TRANSIT, PAID if outcome == "paid" else AVAILABLE, amount)

    def claw_back(self, key: str, amount: Decimal, earning: str | None = None) -> None:
        """Take back an amount (its sign does not matter): what of the named earning still waits, then available."""
        amount = abs(amount)
        if self.is_replay("clawback", key, amount, earning):
            return
        left = amount
        named = None if earning is None else self.earnings.get(earning)
        if named is not None and named.waiting > 0:
            taken = min(left, named.waiting)
            named.waiting -= taken
            left -= taken
            self.move(f"clawback:{key}:{PENDING}", PENDING, EXPENSE, taken)
        if self.negative == "clamp":
            beyond = max(left - max(self.balance(AVAILABLE), ZERO), ZERO)
            left -= beyond
            self.move(f"clawback:{key}:{WRITTEN_OFF}", WRITTEN_OFF, EXPENSE, beyond)
        self.move(f"clawback:{key}:{AVAILABLE}", AVAILABLE, EXPENSE, left)

    def move(self, key: str, giving: str, taking: str, amount: Decimal) -> None:
        if not amount:
            return
        legs = (Posting(giving, -amount), Posting(taking, amount))
        transaction = Transaction(key=key, at=NO_TIME, memo=key, postings=legs)
        check_transaction(transaction)
        self.transactions[key] = transaction
        for leg in legs:
            self.balances[leg.account] = self.balance(leg.account) + leg.amount

    @property
    def written_off(self) -> Decimal:
        """What claw-backs could not take; a debit, told as an amount."""
        return -self.balance(WRITTEN_OFF)


def run_events(wallet: Wallet, events: Sequence[Sequence[object]], as_of_day: int) -> None:
    """Apply (verb, key, …) in their order, as seen on a day; BookkeepingError refuses them as a whole.

    An earning says its day. What else happens, happens on the day it says, or on the day asked about.
    """
    for verb, key, *rest in events:
        name = str(key)
        own_day = next((each for each in rest[1:] if isinstance(each, int)), as_of_day)
        if verb != "earn":
            wallet.release(own_day)
        named = next((str(each) for each in rest[1:] if isinstance(each, str)), None)
        if verb == "earn":
            wallet.earn(name, Decimal(str(rest[0])), int(str(rest[1])))
        elif verb == "withdraw":
            wallet.withdraw(name, Decimal(str(rest[0])))
        elif verb == "clawback":
            wallet.claw_back(
                name, Decimal(str(rest[0])), named or (name if name in wallet.earnings else None)
            )
        elif verb in {"paid", "failed"}:
            wallet.settle(name, str(verb))
        else:
            raise BookkeepingError("unknown_event", f"{verb}:{key} is no event of a wallet")
    wallet.release(as_of_day)
