"""Settling by difference, as values: what has to be posted so that lines come from what was posted to what is right."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuniu.core.settlement.plan import ZERO


@dataclass(frozen=True, slots=True)
class PeriodAmount:
    """An amount of one line in one period: posted there, or right for it."""

    line: str
    period: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """What to post for a line: in `period`, though it belongs to `origin`."""

    line: str
    period: str
    amount: Decimal
    origin: str


def differences(
    posted: Iterable[PeriodAmount],
    right: Iterable[PeriodAmount],
    *,
    closed: Container[str],
    open_period: str,
) -> list[Difference]:
    """Per line what is right less all postings so far, in its own period while that is open, else in the open one.

    A line that is right no more belongs to the period it was first posted in. Nothing is posted where nothing
    changed.
    """
    origins: dict[str, str] = {}
    sums: dict[str, Decimal] = {}
    for one in posted:
        origins.setdefault(one.line, one.period)
        sums[one.line] = sums.get(one.line, ZERO) - one.amount
    for one in right:
        origins[one.line] = one.period
        sums[one.line] = sums.get(one.line, ZERO) + one.amount
    return [
        Difference(line, open_period if origins[line] in closed else origins[line], amount, origins[line])
        for line, amount in sums.items()
        if amount
    ]


def total_of(found: Sequence[Difference]) -> Decimal:
    return sum((one.amount for one in found), ZERO)
