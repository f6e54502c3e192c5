"""Amounts in and out of text. A float never becomes an amount: its cents are already lost."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

AMOUNT = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?|[+-]?\d+(\.\d+)?")
MAX_DIGITS = 40


class MoneyError(ValueError):
    """The text or value is not an exact amount."""


def parse_amount(value: str | int | Decimal) -> Decimal:
    """A decimal amount from text such as "1,280.50", an int or a Decimal. Exponents, NaN and floats are refused."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise MoneyError(f"not an exact amount: {value!r}")
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise MoneyError(f"not a finite amount: {value}")
        return value
    text = str(value).strip()
    if len(text) > MAX_DIGITS or not AMOUNT.fullmatch(text):
        raise MoneyError(f"not an amount: {text[:MAX_DIGITS]!r}")
    return Decimal(text.replace(",", ""))


def parse_ratio(value: str | int | Decimal) -> Fraction:
    """An exact ratio from a decimal or a fraction string: "0.05", "1/3". Used for weights and percentages."""
    if isinstance(value, str) and "/" in value:
        above, below = value.split("/", 1)
        divisor = Fraction(parse_amount(below))
        if divisor == 0:
            raise MoneyError(f"a ratio over zero: {value!r}")
        return Fraction(parse_amount(above)) / divisor
    return Fraction(parse_amount(value))


def format_amount(amount: Decimal, scale: int = 2) -> str:
    """The amount as people and files write it: at least `scale` places, further ones only when they are not zero."""
    sign, digits, exponent = amount.as_tuple()
    if not isinstance(exponent, int):
        raise MoneyError(f"not a finite amount: {amount}")
    text = f"{amount:f}"
    if exponent >= 0:
        return text + ("." + "0" * scale if scale else "")
    whole, _, places = text.partition(".")
    places = places.rstrip("0").ljust(scale, "0")
    negative_zero = sign and not any(digits)
    whole = whole.removeprefix("-") if negative_zero else whole
    return f"{whole}.{places}" if places else whole
