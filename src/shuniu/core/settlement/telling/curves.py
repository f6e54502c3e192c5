"""What a base is worth by a curve, tier by tier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from shuniu.core.settlement.context import Context
from shuniu.core.settlement.curves.at_input import curve_at
from shuniu.core.settlement.curves.compile import AnyCurve, bounds_of
from shuniu.core.settlement.curves.pieces import ABOVE_ALL
from shuniu.core.settlement.curves.steps import packages
from shuniu.core.settlement.plan import (
    ZERO,
    Boundary,
    Bounds,
    Comparison,
    Flat,
    Formulated,
    Graduated,
    Package,
    Shortfall,
    Target,
    Volume,
)
from shuniu.core.settlement.telling.formulas import formula_node
from shuniu.core.settlement.telling.nodes import (
    Node,
    equation,
    money,
    percent,
    plain,
    sum_node,
)
from shuniu.core.settlement.words import MINUS, TIMES, Label

PLACE = "curve"


def curve_node(curve: AnyCurve, context: Context, base: Decimal, text: Label) -> Node:
    """C(base) with the way to it."""
    worth = curve_at(curve, context)(base)
    children = curve_steps(curve, context, base)
    if children is None:
        return Node("worth", text, Label(zh=money(worth)), worth)
    node = sum_node("worth", text, children)
    return replace(node, children=node.children[0].children) if is_formula(children) else node


def is_formula(children: Sequence[Node]) -> bool:
    return len(children) == 1 and children[0].kind == "formula"


def curve_steps(curve: AnyCurve, context: Context, base: Decimal) -> list[Node] | None:
    """Nodes that sum to C(base); None where there is nothing to tell but the value."""
    if isinstance(curve, Flat):
        return [rated(Label(zh="按比例", en="At the rate"), base, context.number(curve.rate, PLACE))]
    if isinstance(curve, Graduated):
        return graduated_steps(curve, context, base)
    if isinstance(curve, Volume):
        return volume_steps(curve, context, base)
    if isinstance(curve, Target):
        return target_steps(curve, context, base)
    if isinstance(curve, Package):
        return package_steps(curve, context, base)
    if isinstance(curve, Bounds | Shortfall):
        return bound_steps(curve, context, base)
    if isinstance(curve, Formulated):
        return [formula_node(context.at_base(base), curve.amount, Label(zh="公式", en="Formula"), PLACE)]
    return None


def rated(text: Label, amount: Decimal, rate: Decimal) -> Node:
    """An amount at a rate below one, or a number of units at a price."""
    shown = percent(rate) if abs(rate) < 1 else money(rate)
    value = amount * rate
    return Node("tier", text, equation(f"{money(amount)} {TIMES} {shown}", value), value)


def fixed(text: Label, amount: Decimal) -> Node:
    return Node("flat", text, Label(zh=money(amount)), amount)


def tier_text(position: int, lower: Decimal, upper: Decimal) -> Label:
    bounds = f"{plain(lower)} – {plain(upper)}" if upper != ABOVE_ALL else f"> {plain(lower)}"
    return Label(zh=f"第 {position + 1} 档（{bounds}）", en=f"Tier {position + 1} ({bounds})")


def graduated_steps(curve: Graduated, context: Context, base: Decimal) -> list[Node]:
    def number(text: str) -> Decimal:
        return context.number(text, PLACE)

    if base < 0 or (base == 0 and curve.floor_zero):
        if curve.floor_zero:
            return [fixed(Label(zh="累计不大于零，没有收益", en="Nothing is earned on nothing"), ZERO)]
        return [rated(Label(zh="第 1 档", en="Tier 1"), base, number(curve.tiers[0].rate))]
    found = []
    bounds = bounds_of(curve.tiers, curve.quota, number)
    for position, (tier, (lower, upper)) in enumerate(zip(curve.tiers, bounds, strict=True)):
        text = tier_text(position, lower, upper)
        if base > lower:
            found.append(rated(text, min(base, upper) - lower, number(tier.rate)))
        if (base > lower or (position == 0 and curve.flat_on_zero and base == 0)) and (
            flat := number(tier.flat)
        ):
            found.append(fixed(Label(zh=f"{text.zh}固定费", en=f"{text.en}, flat fee"), flat))
    return found


def volume_steps(curve: Volume, context: Context, base: Decimal) -> list[Node]:
    def number(text: str) -> Decimal:
        return context.number(text, PLACE)

    if curve.floor_zero and base <= 0:
        return [fixed(Label(zh="累计不大于零，没有收益", en="Nothing is earned on nothing"), ZERO)]
    bounds = bounds_of(curve.tiers, curve.quota, number)
    upper_included = curve.boundary is Boundary.UPPER_INCLUSIVE
    for position, (tier, (lower, upper)) in enumerate(zip(curve.tiers, bounds, strict=True)):
        if base < upper or (upper_included and base == upper):
            text = tier_text(position, lower, upper)
            found = [rated(text, base, number(tier.rate))]
            flat = number(tier.flat)
            return [*found, fixed(Label(zh="本档固定费", en="Flat fee of the tier"), flat)] if flat else found
    return [fixed(Label(zh="超出最高一档", en="Beyond the last tier"), ZERO)]


def target_steps(curve: Target, context: Context, base: Decimal) -> list[Node]:
    threshold = context.number(curve.threshold, PLACE)
    at_least = curve.comparison is Comparison.AT_LEAST
    word_zh, word_en = ("达到", "reach") if at_least else ("超过", "exceed")
    is_passed = base >= threshold if at_least else base > threshold
    if not is_passed:
        text = Label(zh=f"未{word_zh} {plain(threshold)}", en=f"Does not {word_en} {plain(threshold)}")
        return [fixed(text, ZERO)]
    text = Label(zh=f"{word_zh} {plain(threshold)}", en=f"Does {word_en} {plain(threshold)}")
    rate, bonus = context.number(curve.rate, PLACE), context.number(curve.bonus, PLACE)
    found = []
    if rate:
        found.append(rated(text, base - threshold if curve.of == "excess" else base, rate))
    if bonus or not found:
        found.append(fixed(text, bonus))
    return found


def package_steps(curve: Package, context: Context, base: Decimal) -> list[Node]:
    size, price = context.number(curve.size, PLACE), context.number(curve.price, PLACE)
    free = context.number(curve.free, PLACE)
    count = packages(base, size, free, curve.partial)
    text = Label(
        zh=f"每满 {plain(size)}，{plain(base)} {MINUS} {plain(free)} 计 {plain(count)} 份",
        en=f"Per {plain(size)}: {plain(base)} {MINUS} {plain(free)} makes {plain(count)}",
    )
    return [
        Node("tier", text, equation(f"{plain(count)} {TIMES} {money(price)}", count * price), count * price)
    ]


def bound_steps(curve: Bounds | Shortfall, context: Context, base: Decimal) -> list[Node]:
    if isinstance(curve, Shortfall):
        to = context.number(curve.to, PLACE)
        missing = max(to - base, ZERO)
        text = Label(zh=f"补足到 {money(to)}", en=f"Made up to {money(to)}")
        return [Node("bound", text, equation(f"{money(to)} {MINUS} {money(base)}", missing), missing)]
    found = [Node("base", Label(zh="累计", en="So far"), Label(zh=money(base)), base)]
    worth = curve_at(curve, context)(base)
    if worth != base:
        text = Label(zh="封顶", en="At most") if worth < base else Label(zh="保底", en="At least")
        found.append(Node("bound", text, Label(zh=money(worth - base)), worth - base))
    return found
