"""One amount cut into parts that sum to it, to the smallest unit.

Every share first gets its exact part rounded towards zero; the units left over are then given out by a
named method. Negative amounts mirror positive ones, so that a refund takes back exactly what a sale gave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shuniu.core.money.amounts import MoneyError, parse_ratio


class Method(StrEnum):
    """Who gets the units that do not divide evenly."""

    LARGEST_REMAINDER = "largest_remainder"  # the largest cut-off part first, ties to the first listed
    FIRST = "first"  # one unit each in the listed order, zero weights skipped
    LARGEST_WEIGHT = "largest_weight"  # all of them to the heaviest, ties to the first listed
    SEPARATE = "separate"  # nobody: they stay with the house


@dataclass(frozen=True, slots=True)
class Share:
    key: str
    amount: Decimal


def allocate(
    amount: Decimal,
    weights: Sequence[tuple[str, Decimal | Fraction | str | int]],
    method: Method = Method.LARGEST_REMAINDER,
    scale: int = 2,
) -> tuple[Share, ...]:
    """The shares of `amount` by weight, in the listed order; they sum to it (less the house's rest for SEPARATE)."""
    return allocate_with_remainder(amount, weights, method, scale)[0]


def allocate_with_remainder(
    amount: Decimal,
    weights: Sequence[tuple[str, Decimal | Fraction | str | int]],
    method: Method = Method.LARGEST_REMAINDER,
    scale: int = 2,
) -> tuple[tuple[Share, ...], Decimal]:
    """The shares and what stayed with the house (zero for every method but SEPARATE)."""
    ratios = exact_weights(weights)
    total = sum(ratios, Fraction(0))
    unit_count = Fraction(abs(amount)) * 10**scale
    if unit_count.denominator != 1:
        raise MoneyError(f"{amount} has more than {scale} decimal places")
    exact = [unit_count * ratio / total for ratio in ratios]
    units = [part.numerator // part.denominator for part in exact]
    rest = int(unit_count) - sum(units)
    if method is not Method.SEPARATE:
        for position in receivers(method, ratios, exact, rest):
            units[position] += 1
        rest = 0
    sign = -1 if amount < 0 else 1
    shares = tuple(
        Share(key, Decimal(sign * count).scaleb(-scale))
        for (key, _), count in zip(weights, units, strict=True)
    )
    return shares, Decimal(sign * rest).scaleb(-scale)


def exact_weights(weights: Sequence[tuple[str, Decimal | Fraction | str | int]]) -> list[Fraction]:
    ratios = [weight if isinstance(weight, Fraction) else parse_ratio(weight) for _, weight in weights]
    if not ratios:
        raise MoneyError("nobody to allocate to")
    if len({key for key, _ in weights}) != len(weights):
        raise MoneyError("a share is listed twice")
    if any(ratio < 0 for ratio in ratios):
        raise MoneyError("a weight is negative")
    if not any(ratios):
        raise MoneyError("all weights are zero")
    return ratios


def receivers(method: Method, ratios: Sequence[Fraction], exact: Sequence[Fraction], rest: int) -> list[int]:
    """Positions that receive one unit each, `rest` of them; a position may be named more than once."""
    weighted = [position for position, ratio in enumerate(ratios) if ratio > 0]
    if method is Method.LARGEST_WEIGHT:
        return [max(weighted, key=lambda position: ratios[position])] * rest
    if method is Method.LARGEST_REMAINDER:
        weighted.sort(key=lambda position: exact[position] % 1, reverse=True)
    # Fewer units are left than weighted shares, since each lost less than one.
    return weighted[:rest]
