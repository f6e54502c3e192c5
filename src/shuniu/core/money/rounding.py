"""One way to round. Half up goes away from zero, so that a refund exactly undoes its sale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from fractions import Fraction

# Wide enough for any product of amounts and rates in the house; the caller's context never narrows a result.
WIDE = Context(prec=60)


class RoundingMode(StrEnum):
    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"


# Python's ROUND_HALF_UP is away from zero for negatives too, as contracts read it.
DECIMAL_MODE = {
    RoundingMode.HALF_UP: ROUND_HALF_UP,
    RoundingMode.HALF_EVEN: ROUND_HALF_EVEN,
    RoundingMode.DOWN: ROUND_DOWN,
}


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a plan rounds: `mode` and the number of decimal places kept; `scale` None keeps the amount exact."""

    mode: RoundingMode = RoundingMode.HALF_UP
    scale: int | None = 2
    # the smallest unit and Python's name of the mode, worked out once: populations round by the million
    unit: Decimal | None = field(init=False, repr=False, compare=False)
    way: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        unit = None if self.scale is None else Decimal(1).scaleb(-self.scale)
        object.__setattr__(self, "unit", unit)
        object.__setattr__(self, "way", DECIMAL_MODE[self.mode])


FEN = Rounding()
EXACT = Rounding(scale=None)


def round_money(amount: Decimal | Fraction, rounding: Rounding = FEN) -> Decimal:
    """`amount` rounded as named; a Fraction is rounded from its exact value, not from a shortened decimal."""
    # asked this way round, since asking for a Fraction is slow
    if not isinstance(amount, Decimal):
        return round_fraction(amount, rounding)
    if rounding.unit is None:
        return amount
    return amount.quantize(rounding.unit, rounding.way, WIDE)


def rounder(rounding: Rounding) -> Callable[[Decimal], Decimal]:
    """`round_money` with its rounding looked up once, for a loop over many amounts."""
    if rounding.scale is None:
        return exactly
    unit, mode = Decimal(1).scaleb(-rounding.scale), DECIMAL_MODE[rounding.mode]
    quantize = Decimal.quantize
    return lambda amount: quantize(amount, unit, mode, WIDE)


def exactly(amount: Decimal) -> Decimal:
    return amount


def round_fraction(amount: Fraction, rounding: Rounding) -> Decimal:
    if rounding.scale is None:
        return WIDE.divide(Decimal(amount.numerator), Decimal(amount.denominator))
    scaled = abs(amount) * 10**rounding.scale
    units, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    tie_goes_up = rounding.mode is RoundingMode.HALF_UP or units % 2 == 1
    if rounding.mode is not RoundingMode.DOWN and (
        twice > scaled.denominator or (twice == scaled.denominator and tie_goes_up)
    ):
        units += 1
    signed = -units if amount < 0 else units
    return Decimal(signed).scaleb(-rounding.scale, context=WIDE)
