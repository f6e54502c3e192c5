"""Explanations, regenerated from inputs and typed columns: a tree that can be followed with a pocket calculator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from shuniu.core.settlement.buckets import compiled
from shuniu.core.settlement.context import Context, PreparedPlan
from shuniu.core.settlement.inputs import Input, Line
from shuniu.core.settlement.models.cumulative import is_running
from shuniu.core.settlement.models.model import applies
from shuniu.core.settlement.models.work_order import fee_value
from shuniu.core.settlement.plan import ZERO, AnyComponent, Cumulative, Floor, WorkOrderFee
from shuniu.core.settlement.telling.curves import curve_node
from shuniu.core.settlement.telling.models import TELLERS, tell_cumulative
from shuniu.core.settlement.telling.nodes import (
    MODES,
    Node,
    equation,
    money,
    rounding_text,
)
from shuniu.core.settlement.words import MINUS, Label

__all__ = ["MODES", "Node", "explain", "preview_node"]

THIS = Label(zh="本次", en="This input")
BEFORE = Label(zh="更正前", en="Before the correction")


def explain(
    prepared: PreparedPlan,
    line: Line,
    one: Input,
    together: Sequence[Input] = (),
    *,
    as_of: datetime | None = None,
) -> Node:
    """The tree of one line. Its root's value is the line's amount; the formula says what its children do together.

    `together` are the inputs the line's input must be looked at with, itself among them or not, for components
    that look at several (`Compiled.together`).
    """
    component = prepared.document.component(line.bucket.component)
    if isinstance(component, Cumulative) and is_running(component, prepared):
        return running_line(prepared, component, line, one)
    told = told_input(prepared, component, one, together, line.bucket.beneficiary, as_of)
    if one.corrects is not None and not together:
        old = told_input(prepared, component, one.corrects, (), line.bucket.beneficiary, as_of)
        formula = equation(f"{money(told.value)} {MINUS} {money(old.value)}", told.value - old.value)
        children = (replace(told, text=THIS), replace(old, text=BEFORE))
        root = Node("line", component.name, formula, told.value - old.value, children=children)
    else:
        root = replace(told, kind="line", text=component.name)
    return completed(prepared, component, line, root)


def completed(prepared: PreparedPlan, component: AnyComponent, line: Line, root: Node) -> Node:
    """The root with what lies between what the input is worth and what the bucket moved, where they differ."""
    rest = line.amount - root.value
    if rest == 0:
        return root
    rule = prepared.document.rounding_of(component)
    if rule.scale is not None and abs(rest) <= Decimal(1).scaleb(-rule.scale):
        # What the whole bucket is rounded to falls on its lines by difference.
        return replace(
            root, value=line.amount, rounding=rounding_text(root.value, line.amount, rule.rounding())
        )
    extra = Node("cumulative", why_different(component, line), Label(zh=money(rest)), rest)
    told = replace(root, kind="input", text=THIS)
    sign = MINUS if rest < 0 else "+"
    formula = equation(f"{money(root.value)} {sign} {money(abs(rest))}", line.amount)
    return Node("line", component.name, formula, line.amount, children=(told, extra))


def why_different(component: AnyComponent, line: Line) -> Label:
    carries = isinstance(component, WorkOrderFee) and component.floor is Floor.ZERO_CARRY
    if carries and min(line.base_before, line.base_after) < 0:
        return Label(
            zh="本期累计不低于零，不足部分结转", en="The period does not go below zero; the rest is carried"
        )
    return Label(zh="其他各笔因此改变", en="What it changes for other inputs")


def told_input(
    prepared: PreparedPlan,
    component: AnyComponent,
    one: Input,
    together: Sequence[Input],
    beneficiary: str,
    as_of: datetime | None,
) -> Node:
    """What one input moves for a beneficiary, told by the component's model."""
    inputs = sorted(together, key=lambda each: (each.at, each.id))
    inputs = [each for each in inputs if (each.at, each.id) < (one.at, one.id)]
    contexts = [Context(prepared, each, as_of) for each in (*inputs, one)]
    contexts = [context for context in contexts if applies(component, context)]
    if not contexts or contexts[-1].one.id != one.id:
        why = Label(zh="方案不看这一笔", en="The plan does not look at this input")
        return Node("input", component.name, why, Decimal("0.00"))
    return TELLERS[component.model](component, contexts, beneficiary)


def running_line(prepared: PreparedPlan, component: Cumulative, line: Line, one: Input) -> Node:
    """What the base is worth after the line, less what it was worth before, tier by tier."""
    context = Context(prepared, one)
    curve = component.curve
    if curve is None:
        return Node("line", component.name, Label(zh=money(line.amount)), line.amount)
    rounding = prepared.document.rounding_of(component).rounding()
    told = []
    for text, base, earned in (
        (
            Label(zh=f"累计 {money(line.base_after)}", en=f"So far {money(line.base_after)}"),
            line.base_after,
            line.earned_after,
        ),
        (
            Label(zh=f"此前累计 {money(line.base_before)}", en=f"Before {money(line.base_before)}"),
            line.base_before,
            line.earned_before,
        ),
    ):
        node = curve_node(curve, context, base, text)
        told.append(replace(node, value=earned, rounding=rounding_text(node.value, earned, rounding)))
    after, before = told
    if line.base_before == 0 and line.earned_before == 0:
        return replace(after, kind="line", text=component.name)
    added = tell_cumulative(component, [context], line.bucket.beneficiary)
    formula = equation(f"{money(after.value)} {MINUS} {money(before.value)}", line.amount)
    children = (after, replace(before, kind="before"), replace(added, kind="base"))
    return Node("line", component.name, formula, line.amount, children=children)


def preview_node(prepared: PreparedPlan, component: AnyComponent, one: Input) -> Node | None:
    """The same tree for something that has not happened yet; None when the component passes it over.

    For tiers it tells what the input would earn from a base of zero; see `next_step` for where one stands.
    """
    ready = compiled(prepared, component.key)
    if not ready.looks_at(one):
        return None
    if isinstance(component, WorkOrderFee) and fee_value(component, Context(prepared, one)) is None:
        return None
    beneficiaries = [beneficiary for beneficiary, _ in ready.moves([one])[0]] or [""]
    if isinstance(component, Cumulative) and is_running(component, prepared) and component.curve is not None:
        base = sum((amount for _, amount in ready.moves([one])[0]), ZERO)
        return curve_node(component.curve, Context(prepared, one), base, component.name)
    nodes = [told_input(prepared, component, one, (), each, None) for each in beneficiaries]
    if len(nodes) == 1:
        return replace(nodes[0], text=component.name)
    total = sum((node.value for node in nodes), ZERO)
    return Node("input", component.name, Label(zh=money(total)), total, children=tuple(nodes))
