"""Base fee × difficulty coefficients + allowances − deductions, for each input alone.

The fee and every allowance and deduction are rounded by themselves, so that the lines shown when an order is
offered are, to the cent, the lines that are paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from shuniu.core.money import format_amount, round_money
from shuniu.core.settlement.expressions import PreparedPlan
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
from shuniu.core.settlement.words import Label

TIMES, MINUS = "×", "−"


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
    """The fee of one input, or None when no row of the fee table applies to it."""
    if not prepared.holds(component.when, facts, at):
        return None
    row = next((row for row in component.base if prepared.holds(row.when, facts, at)), None)
    if row is None:
        return None
    parts = [fee_part(prepared, component, row, facts, at)]
    for kind, rows in (("allowance", component.allowances), ("deduction", component.deductions)):
        parts += [
            amount_part(prepared, component, kind, entry, facts, at)
            for entry in rows
            if prepared.holds(entry.when, facts, at)
        ]
    total = sum((part.amount for part in parts), ZERO)
    if component.floor is Floor.ZERO and total < 0:
        parts.append(Part("floor", Label(zh="不低于零", en="Not below zero"), formula_of(-total), -total))
        total = total - total
    return FeeValue(tuple(parts), total)


def fee_part(
    prepared: PreparedPlan, component: WorkOrderFee, row: FeeRow, facts: Mapping[str, Any], at: datetime
) -> Part:
    place = f"components.{component.key}"
    base = prepared.number(row.amount, facts, at, f"{place}.base")
    applied = [
        (entry, prepared.number(entry.value, facts, at, f"{place}.coefficients"))
        for entry in component.coefficients
        if prepared.holds(entry.when, facts, at)
    ]
    exact = base * combined([value for _, value in applied], component.combine)
    amount = round_money(exact, prepared.document.rounding_of(component).rounding())
    conditions = [row.when, *(entry.when for entry, _ in applied)]
    return Part(
        "fee",
        row.text,
        fee_formula(base, applied, component.combine, amount),
        amount,
        rule=" ; ".join(dict.fromkeys(when for when in conditions if when)),
        facts=seen(prepared, conditions, facts),
        exact=exact,
    )


def amount_part(
    prepared: PreparedPlan,
    component: WorkOrderFee,
    kind: str,
    row: AmountRow,
    facts: Mapping[str, Any],
    at: datetime,
) -> Part:
    exact = prepared.number(row.amount, facts, at, f"components.{component.key}.{kind}s")
    amount = round_money(exact, prepared.document.rounding_of(component).rounding())
    if kind == "deduction":
        sign = MINUS
        return Part(
            "deduction", row.text, Label(zh=f"{sign}{format_amount(amount)}"), -amount,
            rule=row.when or "", facts=seen(prepared, [row.when, row.amount], facts), exact=exact,
        )  # fmt: skip
    return Part(
        "allowance", row.text, formula_of(amount), amount,
        rule=row.when or "", facts=seen(prepared, [row.when, row.amount], facts), exact=exact,
    )  # fmt: skip


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


def seen(
    prepared: PreparedPlan, conditions: list[str | None], facts: Mapping[str, Any]
) -> tuple[tuple[str, Any], ...]:
    names = dict.fromkeys(name for text in conditions for name in prepared.facts_in(text))
    return tuple((name, facts.get(name)) for name in names)
