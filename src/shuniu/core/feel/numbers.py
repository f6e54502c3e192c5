"""Numbers: Decimal with 34 digits, half-even; the exponent is bounded, so no value is ever huge."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

DIGITS = 34
CONTEXT = Context(
    prec=DIGITS,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""IEEE 754 decimal128. Its methods raise ArithmeticError where FEEL says null."""


def read_number(text: str) -> Decimal | None:
    """The number of a literal, rounded to 34 digits; None beyond the exponents there are."""
    try:
        return CONTEXT.create_decimal(text)
    except ArithmeticError:
        return None


def number_text(value: Decimal) -> str:
    """All digits, without an exponent (6,000 zeros at the very most)."""
    text = f"{value:f}"
    return "0" if not value else text


MIN_SCALE, MAX_SCALE = -6111, 6176
"""The scales `decimal` and the rounding functions take, as the standard has them."""


def is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()
