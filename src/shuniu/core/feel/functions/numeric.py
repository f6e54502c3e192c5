"""Numeric functions."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)

from shuniu.core.feel.functions.table import builtin
from shuniu.core.feel.numbers import CONTEXT, MAX_SCALE, MIN_SCALE
from shuniu.core.feel.temporal.values import DaysDuration, MonthsDuration
from shuniu.core.feel.types import ANY, BOOLEAN, NUMBER, Type
from shuniu.core.feel.values import Value

_ZERO = Decimal(0)
_WIDE = Context(prec=7000, Emin=-20_000, Emax=20_000)
"""Wide enough to hold any number at any scale before it is brought back to 34 digits."""


def rounded(value: Decimal, scale: Decimal, rounding: str) -> Decimal | None:
    """`value` at `scale` decimals; null for scales beyond the exponents there are."""
    places = int(scale)
    if not MIN_SCALE <= places <= MAX_SCALE:
        return None
    exact = value.quantize(Decimal(1).scaleb(-places, _WIDE), rounding, _WIDE)
    try:
        return CONTEXT.plus(exact)
    except ArithmeticError:
        return None


def _rounding(rounding: str):  # type: ignore[no-untyped-def]
    def run(n: Decimal, scale: Decimal = _ZERO) -> Decimal | None:
        return rounded(n, scale, rounding)

    return run


def absolute(n: Value) -> Value:
    if type(n) is Decimal:
        return CONTEXT.abs(n)
    if type(n) is DaysDuration:
        return DaysDuration(abs(n.nanos))
    return MonthsDuration(abs(n.months)) if type(n) is MonthsDuration else None


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """What is left of the dividend after whole divisors: dividend - divisor × floor(dividend / divisor)."""
    if not divisor:
        return None
    try:
        rest = CONTEXT.remainder(dividend, divisor)
    except ArithmeticError:
        return _exact_modulo(dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = CONTEXT.add(rest, divisor)
    return rest


def _exact_modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Where the quotient has more than 34 digits: whole numbers of the smaller unit."""
    unit = min(int(dividend.as_tuple().exponent), int(divisor.as_tuple().exponent))
    a, b = int(dividend.scaleb(-unit, _WIDE)), int(divisor.scaleb(-unit, _WIDE))
    return CONTEXT.create_decimal(Decimal(a % b).scaleb(unit, _WIDE))


def square_root(n: Decimal) -> Decimal | None:
    return CONTEXT.sqrt(n) if n >= 0 else None


def logarithm(n: Decimal) -> Decimal | None:
    return CONTEXT.ln(n) if n > 0 else None


def exponential(n: Decimal) -> Decimal | None:
    try:
        return CONTEXT.exp(n)
    except ArithmeticError:
        return None


def _is_whole(n: Decimal) -> bool:
    return n == n.to_integral_value(ROUND_DOWN)


def is_odd(n: Decimal) -> bool | None:
    return modulo(n, Decimal(2)) == 1 if _is_whole(n) else None


def is_even(n: Decimal) -> bool | None:
    return modulo(n, Decimal(2)) == 0 if _is_whole(n) else None


def _same(args: list[Type]) -> Type:
    return args[0] if args else ANY


_G = "numeric"
FUNCTIONS = (
    builtin(_G, "decimal(n: number, scale: number)", NUMBER, _rounding(ROUND_HALF_EVEN),
            "保留 scale 位小数,五成双。", "`n` at `scale` decimals, half to even.",
            "decimal(1/3, 2) => 0.33", "decimal(2.5, 0) => 2"),
    builtin(_G, "floor(n: number, scale?: number)", NUMBER, _rounding(ROUND_FLOOR),
            "向下取整,到 scale 位小数。", "Rounded down to `scale` decimals, 0 if left out.",
            "floor(1.56, 1) => 1.5", "floor(-1.5) => -2"),
    builtin(_G, "ceiling(n: number, scale?: number)", NUMBER, _rounding(ROUND_CEILING),
            "向上取整,到 scale 位小数。", "Rounded up to `scale` decimals, 0 if left out.",
            "ceiling(1.56, 1) => 1.6", "ceiling(-1.5) => -1"),
    builtin(_G, "round up(n: number, scale: number)", NUMBER, _rounding(ROUND_UP),
            "远离零舍入。", "Rounded away from zero.", "round up(5.5, 0) => 6", "round up(-1.126, 2) => -1.13"),
    builtin(_G, "round down(n: number, scale: number)", NUMBER, _rounding(ROUND_DOWN),
            "向零舍入。", "Rounded towards zero.", "round down(1.129, 2) => 1.12"),
    builtin(_G, "round half up(n: number, scale: number)", NUMBER, _rounding(ROUND_HALF_UP),
            "四舍五入。", "Rounded to the nearest, halves away from zero.",
            "round half up(5.5, 0) => 6", "round half up(1.125, 2) => 1.13"),
    builtin(_G, "round half down(n: number, scale: number)", NUMBER, _rounding(ROUND_HALF_DOWN),
            "五舍六入。", "Rounded to the nearest, halves towards zero.", "round half down(5.5, 0) => 5"),
    builtin(_G, "abs(n: value)", _same, absolute,
            "绝对值;数或时长。", "The absolute value of a number or a duration.",
            "abs(-10) => 10", 'abs(@"-PT5H") => @"PT5H"'),
    builtin(_G, "modulo(dividend: number, divisor: number)", NUMBER, modulo,
            "余数,符号同除数。", "The remainder, with the sign of the divisor.",
            "modulo(12, 5) => 2", "modulo(-12, 5) => 3"),
    builtin(_G, "sqrt(number: number)", NUMBER, square_root,
            "平方根。", "The square root.", "sqrt(16) => 4"),
    builtin(_G, "log(number: number)", NUMBER, logarithm,
            "自然对数。", "The natural logarithm.", "decimal(log(10), 8) => 2.30258509"),
    builtin(_G, "exp(number: number)", NUMBER, exponential,
            "e 的幂。", "e to the power of the number.", "decimal(exp(5), 8) => 148.41315910"),
    builtin(_G, "odd(number: number)", BOOLEAN, is_odd, "是否奇数。", "Whether it is odd.", "odd(5) => true"),
    builtin(_G, "even(number: number)", BOOLEAN, is_even, "是否偶数。", "Whether it is even.", "even(5) => false"),
)  # fmt: skip
