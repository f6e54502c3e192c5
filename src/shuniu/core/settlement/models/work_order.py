"""Base fee × difficulty coefficients + allowances − deductions, for each input alone.

The fee and every allowance and deduction are rounded by themselves, so that the lines shown when an order is
offered are, to the cent, the lines that are paid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from shuniu.core.money import format_amount, round_money
from shuniu.core.settlement.context import Context, PreparedPlan
from shuniu.core.settlement.inputs import Input
from shuniu.core.settlement.models.model import Model, Share, rounding_of, to_one
from shuniu.core.settlement.plan import (
    ONE,
    ZERO,
    AmountRow,
    CoefficientRow,
    Combine,
    FeeRow,
    Floor,
    WorkOrderFee,
)
from shuniu.core.settlement.words import MINUS, TIMES, Label


@dataclass(frozen=True, slots=True)
class Part:
    """One income line: `formula` can be followed with a pocket calculator, `amount` carries its sign.

    `rule` is the condition that let it apply, and `facts` the values that condition looked at.
    """

    kind: Literal["fee", "allowance", "deduction", "floor"]
    text: Label
    formula: Label
    amount: Decimal
    rule: str = ""
    facts: tuple[tuple[str, Any], ...] = ()
    exact: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FeeValue:
    """What one input is worth: parts that sum to `total`."""

    parts: tuple[Part, ...]
    total: Decimal


def fee_of(
    prepared: PreparedPlan, component: WorkOrderFee, facts: Mapping[str, Any], at: datetime
) -> FeeValue | None:
    """The fee of something with these facts, or None when no row of the fee table applies to it."""
    return fee_value(
        component, Context(prepared, Input(id=0, measure="", at=at, recorded_at=at, facts=facts))
    )


def fee_value(component: WorkOrderFee, context: Context) -> FeeValue | None:
    if not context.holds(component.when):
        return None
    row = next((row for row in component.base if context.holds(row.when)), None)
    if row is None:
        return None
    parts = [fee_part(component, row, context)]
    for kind, rows in (("allowance", component.allowances), ("deduction", component.deductions)):
        parts += [amount_part(component, kind, entry, context) for entry in rows if context.holds(entry.when)]
    total = sum((part.amount for part in parts), ZERO)
    if component.floor is Floor.ZERO and total < 0:
        parts.append(Part("floor", Label(zh="不低于零", en="Not below zero"), formula_of(-total), -total))
        total = total - total
    return FeeValue(tuple(parts), total)


def fee_moves(component: WorkOrderFee, contexts: Sequence[Context]) -> list[list[Share]]:
    values = [fee_value(component, context) for context in contexts]
    return [
        [] if value is None else to_one(component, context, value.total)
        for value, context in zip(values, contexts, strict=True)
    ]


def fee_part(component: WorkOrderFee, row: FeeRow, context: Context) -> Part:
    place = f"components.{component.key}"
    base = context.number(row.amount, f"{place}.base")
    applied = [
        (entry, context.number(entry.value, f"{place}.coefficients"))
        for entry in component.coefficients
        if context.holds(entry.when)
    ]
    exact = base * combined([value for _, value in applied], component.combine)
    amount = round_money(exact, rounding_of(component, context))
    conditions = [row.when, *(entry.when for entry, _ in applied)]
    return Part(
        "fee",
        row.text,
        fee_formula(base, applied, component.combine, amount),
        amount,
        rule=" ; ".join(dict.fromkeys(when for when in conditions if when)),
        facts=context.seen(*conditions),
        exact=exact,
    )


def amount_part(component: WorkOrderFee, kind: str, row: AmountRow, context: Context) -> Part:
    exact = context.number(row.amount, f"components.{component.key}.{kind}s")
    amount = round_money(exact, rounding_of(component, context))
    rule, facts = row.when or "", context.seen(row.when, row.amount)
    if kind == "deduction":
        formula = Label(zh=f"{MINUS}{format_amount(amount)}")
        return Part("deduction", row.text, formula, -amount, rule=rule, facts=facts, exact=exact)
    return Part("allowance", row.text, formula_of(amount), amount, rule=rule, facts=facts, exact=exact)


def combined(values: list[Decimal], how: Combine) -> Decimal:
    """Several coefficients as one factor; none at all is 1."""
    if not values:
        return ONE
    if how is Combine.MAX:
        return max(values)
    if how is Combine.SUM_INCREMENTS:
        return ONE + sum((value - ONE for value in values), ZERO)
    factor = ONE
    for value in values:
        factor *= value
    return factor


def fee_formula(
    base: Decimal, applied: list[tuple[CoefficientRow, Decimal]], how: Combine, amount: Decimal
) -> Label:
    return Label(
        zh=f"基础费 {format_amount(base)}{factors(applied, how, 'zh')} = {format_amount(amount)}",
        en=f"Base fee {format_amount(base)}{factors(applied, how, 'en')} = {format_amount(amount)}",
    )


def factors(applied: list[tuple[CoefficientRow, Decimal]], how: Combine, locale: str) -> str:
    named = [(entry.text.pick(locale), value) for entry, value in applied]
    if not named:
        return f" {TIMES} {'难度系数' if locale == 'zh' else 'coefficient'} 1.0"
    if how is Combine.SUM_INCREMENTS:
        inside = " + ".join(f"{text} {format_amount(value - ONE, 1)}" for text, value in named)
        return f" {TIMES} (1 + {inside})"
    if how is Combine.MAX and len(named) > 1:
        inside = ", ".join(f"{text} {format_amount(value, 1)}" for text, value in named)
        return f" {TIMES} max({inside})"
    return "".join(f" {TIMES} {text} {format_amount(value, 1)}" for text, value in named)


def formula_of(amount: Decimal) -> Label:
    return Label(zh=f"{'+' if amount >= 0 else MINUS}{format_amount(abs(amount))}")


WORK_ORDER = Model(fee_moves)
