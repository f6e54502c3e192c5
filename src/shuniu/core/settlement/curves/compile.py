"""From a curve of the plan to its function. The numbers of a curve are expressions, evaluated by the caller."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeAlias

from shuniu.core.settlement.curves.pieces import ABOVE_ALL, BELOW_ALL, Piece, Pieces
from shuniu.core.settlement.curves.steps import block_price, packages
from shuniu.core.settlement.plan import (
    ZERO,
    Blocks,
    Boundary,
    Bounds,
    Comparison,
    Flat,
    Formulated,
    Graduated,
    Package,
    Shortfall,
    Target,
    Tier,
    Volume,
)
from shuniu.core.settlement.problems import PlanError

Numbers: TypeAlias = Callable[[str], Decimal]
Worth: TypeAlias = Callable[[Decimal], Decimal]
AnyCurve: TypeAlias = Flat | Graduated | Volume | Package | Blocks | Target | Bounds | Shortfall | Formulated
NOTHING = Piece(BELOW_ALL, ZERO, ZERO)


def curve_function(curve: AnyCurve, number: Numbers, formula: Callable[[str, Decimal], Decimal]) -> Worth:
    """C as a function. `number` evaluates the curve's numbers, `formula` an expression at a running base."""
    if isinstance(curve, Package):
        size, price, free = above_zero(number(curve.size)), number(curve.price), number(curve.free)
        return lambda x: packages(x, size, free, curve.partial) * price
    if isinstance(curve, Blocks):
        tiers = [
            (
                ABOVE_ALL if t.max_blocks is None else number(t.max_blocks),
                above_zero(number(t.block_size)),
                number(t.price),
            )
            for t in curve.tiers
        ]
        return lambda x: block_price(x, tiers, curve.policy)
    if isinstance(curve, Formulated):
        return lambda x: formula(curve.amount, x)
    return Pieces(pieces_of(curve, number))


def above_zero(size: Decimal) -> Decimal:
    if size <= 0:
        raise PlanError("bad_size", "size", "每份数量必须大于零", "a package holds more than nothing")
    return size


def pieces_of(curve: Flat | Graduated | Volume | Target | Bounds | Shortfall, number: Numbers) -> list[Piece]:
    if isinstance(curve, Flat):
        return [Piece(BELOW_ALL, ZERO, number(curve.rate))]
    if isinstance(curve, Graduated):
        return graduated(curve, number)
    if isinstance(curve, Volume):
        return volume(curve, number)
    if isinstance(curve, Target):
        return target(curve, number)
    if isinstance(curve, Shortfall):
        to = number(curve.to)
        return [Piece(BELOW_ALL, to, Decimal(-1)), Piece(to, ZERO, ZERO, included=True)]
    return between(curve, number)


def bounds_of(tiers: Sequence[Tier], quota: str | None, number: Numbers) -> list[tuple[Decimal, Decimal]]:
    """(lower, upper) of each tier; bounds given as shares of a quota are multiplied out, so nothing is divided."""
    factor = Decimal(1)
    if quota is not None and (factor := number(quota)) <= 0:
        raise PlanError("zero_quota", "quota", "任务量必须大于零", "the quota must be above zero")
    lower, found = ZERO, []
    for tier in tiers:
        upper = ABOVE_ALL if tier.up_to is None else number(tier.up_to) * factor
        if upper < lower:
            raise PlanError("tiers_not_ascending", "tiers", "档位没有从低到高", "the tiers do not ascend")
        found.append((lower, upper))
        lower = upper
    return found


def graduated(curve: Graduated, number: Numbers) -> list[Piece]:
    bounds = bounds_of(curve.tiers, curve.quota, number)
    first = curve.tiers[0]
    below = NOTHING if curve.floor_zero else Piece(BELOW_ALL, ZERO, number(first.rate))
    pieces = [below]
    if curve.flat_on_zero and not curve.floor_zero:
        pieces.append(Piece(ZERO, number(first.flat), ZERO, included=True))
    earned = ZERO
    for tier, (lower, upper) in zip(curve.tiers, bounds, strict=True):
        rate = number(tier.rate)
        earned += number(tier.flat)
        pieces.append(Piece(lower, earned - rate * lower, rate))
        if upper == ABOVE_ALL:
            return pieces
        earned += rate * (upper - lower)
    return [*pieces, Piece(bounds[-1][1], earned, ZERO)]


def volume(curve: Volume, number: Numbers) -> list[Piece]:
    bounds = bounds_of(curve.tiers, curve.quota, number)
    included = curve.boundary is Boundary.LOWER_INCLUSIVE
    pieces = [
        Piece(BELOW_ALL if position == 0 else lower, number(tier.flat), number(tier.rate), included=included)
        for position, (tier, (lower, _)) in enumerate(zip(curve.tiers, bounds, strict=True))
    ]
    if curve.floor_zero:
        pieces[0] = Piece(ZERO, pieces[0].constant, pieces[0].slope)
        pieces.insert(0, NOTHING)
    last = bounds[-1][1]
    return pieces if last == ABOVE_ALL else [*pieces, Piece(last, ZERO, ZERO, included=included)]


def target(curve: Target, number: Numbers) -> list[Piece]:
    threshold, rate = number(curve.threshold), number(curve.rate)
    constant = number(curve.bonus) - (rate * threshold if curve.of == "excess" else ZERO)
    return [NOTHING, Piece(threshold, constant, rate, included=curve.comparison is Comparison.AT_LEAST)]


def between(curve: Bounds, number: Numbers) -> list[Piece]:
    pieces = [Piece(BELOW_ALL, ZERO, Decimal(1))]
    if curve.minimum is not None:
        minimum = number(curve.minimum)
        pieces = [Piece(BELOW_ALL, minimum, ZERO), Piece(minimum, ZERO, Decimal(1), included=True)]
    if curve.maximum is not None:
        maximum = number(curve.maximum)
        pieces = [piece for piece in pieces if piece.start < maximum]
        pieces.append(Piece(maximum, maximum, ZERO, included=True))
    return pieces
