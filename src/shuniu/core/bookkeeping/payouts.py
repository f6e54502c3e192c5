"""Payouts as values: batches, what is too small to send, and attempts that never pay twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Literal

ZERO = Decimal(0)
SUCCEEDED = frozenset({"SUCCESS", "PAID"})
FAILED = frozenset({"FAIL", "FAILED", "REJECTED", "REFUSED"})
RETURNED = frozenset({"CLOSED", "CANCELLED", "CANCELED", "RETURNED", "EXPIRED"})
QUERY = "QUERY:"


@dataclass(frozen=True, slots=True)
class Batch:
    items: int
    total: Decimal


def cut_batches(amounts: Iterable[Decimal], max_items: int) -> list[Batch]:
    """At most `max_items` a batch, in the given order; their totals sum to the whole."""
    rest, found = iter(amounts), []
    while part := list(islice(rest, max_items)):
        found.append(Batch(len(part), sum(part, ZERO)))
    return found


def sendable(items: Iterable[tuple[str, Decimal]], min_amount: Decimal) -> tuple[list[str], list[str]]:
    """(sent, held): what is below the channel's minimum waits, and nothing that is not positive is ever sent."""
    send: list[str] = []
    hold: list[str] = []
    for key, amount in items:
        (send if amount >= min_amount and amount > 0 else hold).append(key)
    return send, hold


@dataclass(frozen=True, slots=True)
class Attempts:
    """How many bill numbers were used, and how the payout stands."""

    bill_numbers: int
    state: Literal["paid", "failed", "returned", "in_transit"]


def attempts(responses: Sequence[str]) -> Attempts:
    """What the channel answered, one after the other.

    An unknown result is asked again under the same number. Only a definite failure, or money that came back,
    frees the payout for a new number; a payment is the end.
    """
    numbers, state, is_over = 0, "in_transit", True
    for response in responses:
        if state == "paid":
            break
        if is_over:
            numbers, is_over = numbers + 1, False
        answer = response.removeprefix(QUERY).upper()
        state = state_of(answer)
        is_over = state in {"failed", "returned"}
    return Attempts(numbers, state)  # type: ignore[arg-type]


def state_of(answer: str) -> str:
    if answer in SUCCEEDED:
        return "paid"
    if answer in FAILED:
        return "failed"
    return "returned" if answer in RETURNED else "in_transit"
