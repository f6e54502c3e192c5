"""Explanations, regenerated from inputs and typed columns: a tree that can be followed with a pocket calculator."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuniu.core.money import RoundingMode, format_amount
from shuniu.core.settlement.context import PreparedPlan
from shuniu.core.settlement.inputs import Input, Line
from shuniu.core.settlement.models.work_order import MINUS, FeeValue, Part, fee_of
from shuniu.core.settlement.plan import AnyComponent, Floor, RoundingRule
from shuniu.core.settlement.words import Label

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


def explain(prepared: PreparedPlan, line: Line, one: Input) -> Node:
    """The tree of one line. Its root's value is the line's amount; the children sum to it or say why not."""
    component = prepared.document.component(line.bucket.component)
    children = [input_node(prepared, component, one, Label(zh="本次", en="This input"))]
    if one.corrects is not None:
        old = input_node(prepared, component, one.corrects, Label(zh="更正前", en="Before the correction"))
        children.append(old)
    if line.base_after - line.base_before != line.amount:
        children.append(cumulative_node(component, line))
    return Node(
        "line",
        component.name,
        root_formula(children, line),
        line.amount,
        children=tuple(children) if len(children) > 1 else children[0].children,
    )


def preview_node(prepared: PreparedPlan, component: AnyComponent, one: Input) -> Node | None:
    """The same tree for something that has not happened yet; None when the component passes it over."""
    if fee_of(prepared, component, one.facts, one.at) is None:
        return None
    return input_node(prepared, component, one, component.name)


def input_node(prepared: PreparedPlan, component: AnyComponent, one: Input, text: Label) -> Node:
    value = fee_of(prepared, component, one.facts, one.at)
    if value is None:
        nothing = Label(zh="没有适用的费用行", en="No row of the fee table applies")
        return Node("input", text, nothing, Decimal("0.00"))
    rule = prepared.document.rounding_of(component)
    return Node(
        "input",
        text,
        sum_formula(value),
        value.total,
        children=tuple(part_node(part, rule) for part in value.parts),
    )


def part_node(part: Part, rule: RoundingRule) -> Node:
    rounding = None
    if part.exact is not None:
        rounding = rounding_text(part.exact, abs(part.amount), rule)
    return Node(part.kind, part.text, part.formula, part.amount, part.rule, part.facts, rounding)


def sum_formula(value: FeeValue) -> Label:
    terms = [format_amount(value.parts[0].amount)]
    for part in value.parts[1:]:
        sign = MINUS if part.kind == "deduction" or part.amount < 0 else "+"
        terms.append(f"{sign} {format_amount(abs(part.amount))}")
    return Label(zh=f"{' '.join(terms)} = {format_amount(value.total)}")


def root_formula(children: list[Node], line: Line) -> Label:
    if len(children) == 1:
        return children[0].formula
    if children[1].kind == "input":
        difference = f"{format_amount(children[0].value)} {MINUS} {format_amount(children[1].value)}"
        return Label(zh=f"{difference} = {format_amount(line.amount)}")
    return children[-1].formula


def cumulative_node(component: AnyComponent, line: Line) -> Node:
    """Why the line is not simply its input's worth: the bucket's floor carried something."""
    carried = component.floor is Floor.ZERO_CARRY and min(line.base_before, line.base_after) < 0
    text = Label(
        zh="本期累计不低于零，不足部分结转", en="The period does not go below zero; the rest is carried"
    )
    if not carried:
        text = Label(zh="按累计金额取整", en="Rounded on the cumulative amount")
    formula = f"{format_amount(line.earned_after)} {MINUS} {format_amount(line.earned_before)}"
    return Node("cumulative", text, Label(zh=f"{formula} = {format_amount(line.amount)}"), line.amount)


def rounding_text(exact: Decimal, rounded: Decimal, rule: RoundingRule) -> Label:
    mode = MODES[rule.mode]
    if rule.scale is None or abs(exact) == rounded:
        return Label(
            zh=f"{mode.zh}到 {rule.scale} 位小数：无尾差", en=f"{mode.en} to {rule.scale} places: exact"
        )
    change = f"{format_amount(exact)} → {format_amount(rounded)}"
    return Label(
        zh=f"{mode.zh}到 {rule.scale} 位小数：{change}", en=f"{mode.en} to {rule.scale} places: {change}"
    )
