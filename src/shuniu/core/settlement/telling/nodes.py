"""The nodes of an explanation, and how amounts, rates and roundings are written in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Context, Decimal
from fractions import Fraction
from typing import Any

from shuniu.core.money import Rounding, RoundingMode, format_amount
from shuniu.core.settlement.plan import ZERO
from shuniu.core.settlement.words import MINUS, Label

SHOWN = Decimal("0.000001")
WIDE = Context(prec=60)
MODES = {
    RoundingMode.HALF_UP: Label(zh="四舍五入", en="half up"),
    RoundingMode.HALF_EVEN: Label(zh="四舍六入五成双", en="half to even"),
    RoundingMode.DOWN: Label(zh="舍去", en="cut off"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """One step: what it is, how it came to be, what came out, and the steps it stands on."""

    kind: str
    text: Label
    formula: Label
    value: Decimal
    rule: str = ""
    facts: tuple[tuple[str, Any], ...] = ()
    rounding: Label | None = None
    children: tuple[Node, ...] = ()


def money(amount: Decimal) -> str:
    """An amount as it is read; of one that does not end, the first places."""
    shortened = amount.quantize(SHOWN, ROUND_DOWN, WIDE)
    return format_amount(amount) if shortened == amount else f"{shortened:f}…"


def plain(number: Decimal) -> str:
    """A number that is no amount: a quantity, a coefficient."""
    return format_amount(number, 0)


def percent(rate: Decimal | Fraction) -> str:
    """A rate as people say it: 0.05 is 5%; a third stays 1/3."""
    if isinstance(rate, Fraction):
        hundredths = rate * 100
        if hundredths.denominator not in {1, 2, 4, 5, 10, 20, 25, 50, 100}:
            return f"{rate.numerator}/{rate.denominator}"
        return f"{plain(Decimal(hundredths.numerator) / Decimal(hundredths.denominator))}%"
    return f"{plain(rate.scaleb(2))}%"


def equation(left: str, value: Decimal) -> Label:
    return Label(zh=f"{left} = {money(value)}")


def signed_sum(first: Decimal, *others: Decimal) -> str:
    """ "360.00 + 20.00 − 5.00"."""
    terms = [money(first)]
    terms += [f"{MINUS if other < 0 else '+'} {money(abs(other))}" for other in others]
    return " ".join(terms)


def sum_node(kind: str, text: Label, parts: list[Node]) -> Node:
    """A node whose value is the sum of its parts."""
    if not parts:
        return Node(kind, text, Label(zh="0.00"), ZERO)
    if len(parts) == 1:
        return Node(kind, text, parts[0].formula, parts[0].value, children=tuple(parts))
    values = [part.value for part in parts]
    total = sum(values, ZERO)
    return Node(kind, text, equation(signed_sum(*values), total), total, children=tuple(parts))


def difference_node(text: Label, after: Node, before: Node | None) -> Node:
    """What something is worth now, less what it was worth before (a child of kind "before", subtracted)."""
    if before is None:
        return replace(after, kind="input", text=text)
    value = after.value - before.value
    formula = equation(f"{money(after.value)} {MINUS} {money(before.value)}", value)
    return Node("input", text, formula, value, children=(after, replace(before, kind="before")))


def rounding_text(exact: Decimal, rounded: Decimal, rounding: Rounding) -> Label | None:
    """How an exact amount became the posted one; None where the plan does not round."""
    if rounding.scale is None:
        return None
    mode = MODES[rounding.mode]
    change_zh, change_en = "无尾差", "exact"
    if exact != rounded:
        change_zh = change_en = f"{money(exact)} → {money(rounded)}"
    return Label(
        zh=f"{mode.zh}到 {rounding.scale} 位小数：{change_zh}",
        en=f"{mode.en} to {rounding.scale} places: {change_en}",
    )
