"""What the last of some inputs moved for one beneficiary, told per kind of component."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from shuniu.core.money import round_money
from shuniu.core.settlement.context import Context
from shuniu.core.settlement.models.cumulative import Running, active_curve, base_of, is_running
from shuniu.core.settlement.models.draw import Drawn, draw_states
from shuniu.core.settlement.models.formula import chosen, formula_worth
from shuniu.core.settlement.models.hierarchy import agents
from shuniu.core.settlement.models.milestone import share_of
from shuniu.core.settlement.models.model import line_rounding, rounding_of
from shuniu.core.settlement.models.per_order import orders_in_turn, orders_so_far
from shuniu.core.settlement.models.sharing import exact, members_of, shares_of, weights_of
from shuniu.core.settlement.models.work_order import Part, fee_value
from shuniu.core.settlement.plan import (
    ZERO,
    AnyComponent,
    Choice,
    Credit,
    Cumulative,
    Draw,
    Formula,
    Hierarchy,
    Milestone,
    PerOrder,
    Split,
    WorkOrderFee,
)
from shuniu.core.settlement.telling.curves import curve_node
from shuniu.core.settlement.telling.formulas import formula_node
from shuniu.core.settlement.telling.nodes import (
    Node,
    difference_node,
    equation,
    money,
    percent,
    plain,
    rounding_text,
    sum_node,
)
from shuniu.core.settlement.words import MINUS, OVER, TIMES, Label

Teller: TypeAlias = Callable[[Any, Sequence[Context], str], Node]
"""(component, inputs of the group up to the one told, beneficiary) → what that input moved for the beneficiary."""


def tell_work_order(component: WorkOrderFee, contexts: Sequence[Context], _: str) -> Node:
    value = fee_value(component, contexts[-1])
    if value is None:
        return nothing(component, Label(zh="没有适用的费用行", en="No row of the fee table applies"))
    parts = [part_node(part, component, contexts[-1]) for part in value.parts]
    return Node(
        "input", component.name, fee_sum(value.parts, value.total), value.total, children=tuple(parts)
    )


def part_node(part: Part, component: WorkOrderFee, context: Context) -> Node:
    rounding = None
    if part.exact is not None:
        rounding = rounding_text(abs(part.exact), abs(part.amount), rounding_of(component, context))
    return Node(part.kind, part.text, part.formula, part.amount, part.rule, part.facts, rounding)


def fee_sum(parts: Sequence[Part], total: Decimal) -> Label:
    terms = [money(parts[0].amount)]
    for part in parts[1:]:
        sign = MINUS if part.kind == "deduction" or part.amount < 0 else "+"
        terms.append(f"{sign} {money(abs(part.amount))}")
    return equation(" ".join(terms), total)


def nothing(component: AnyComponent, why: Label) -> Node:
    return Node("input", component.name, why, Decimal("0.00"))


def tell_formula(component: Formula, contexts: Sequence[Context], _: str) -> Node:
    if component.first is not None and len(contexts) > 1:
        return nothing(component, Label(zh="不是第一笔", en="Not the first"))
    context = contexts[-1]
    place = f"components.{component.key}.amount"
    node = formula_node(context, component.amount, component.name, place)
    worth = formula_worth(component, context)
    children = list(node.children)
    if worth != node.value:
        text = Label(zh="最低", en="At least") if worth > node.value else Label(zh="最高", en="At most")
        children.append(Node("bound", text, Label(zh=money(worth)), worth))
    value = round_money(worth, line_rounding(component, context))
    return Node(
        "input", component.name, node.formula, value, rule=component.when or node.rule,
        facts=node.facts or context.seen(component.when),
        rounding=rounding_text(worth, value, rounding_of(component, context)), children=tuple(children),
    )  # fmt: skip


def tell_choice(component: Choice, contexts: Sequence[Context], _: str) -> Node:
    context = contexts[-1]
    option, price = chosen(component, context)
    base = context.number(option.base, f"components.{component.key}")
    node = curve_node(option.curve, context, base, Label(zh=f"择优：{option.key}", en=f"Best: {option.key}"))
    return replace(node, kind="input", value=price, rule=option.when or "", facts=context.seen(option.when))


def tell_per_order(component: PerOrder, contexts: Sequence[Context], _: str) -> Node:
    keys = [key for key, _ in orders_in_turn(component, contexts)]
    earlier = [place for place, key in enumerate(keys[:-1]) if key == keys[-1]]
    before = order_state(component, contexts[: earlier[-1] + 1]) if earlier else None
    return difference_node(component.name, order_state(component, contexts), before)


def order_state(component: PerOrder, contexts: Sequence[Context]) -> Node:
    context = contexts[-1]
    place = f"components.{component.key}"
    order = orders_so_far(component, contexts)
    rate = context.number(component.rate, f"{place}.rate")
    fee = context.number(component.fixed, f"{place}.fixed") if order.pays_fee else ZERO
    parts = [Node("flat", Label(zh="基础费", en="Base fee"), Label(zh=money(fee)), fee)]
    base = order.net - order.free
    shown = money(order.net) if not order.free else f"({money(order.net)} {MINUS} {money(order.free)})"
    parts.append(
        Node(
            "share",
            Label(zh="抽成", en="Share"),
            equation(f"{shown} {TIMES} {percent(rate)}", base * rate),
            base * rate,
        )
    )
    total = fee + base * rate
    if order.earned != round_money(total, rounding_of(component, context)):
        rest = order.earned - total
        parts.append(
            Node(
                "bound", Label(zh="上下限或免收", en="Bounds or free of charge"), Label(zh=money(rest)), rest
            )
        )
    return replace(sum_node("state", Label(zh="本单应得", en="The order so far"), parts), value=order.earned)


def tell_cumulative(component: Cumulative, contexts: Sequence[Context], _: str) -> Node:
    """For running components the base it adds; the curve is told from the line's own columns."""
    context = contexts[-1]
    if is_running(component, context.plan):
        place = f"components.{component.key}.base"
        return replace(
            formula_node(context, component.base, Label(zh="计入累计", en="Adds to the base"), place),
            kind="base",
        )
    running = Running(component)
    for earlier in contexts[:-1]:
        running.line(earlier)
    season, curve = active_curve(component, context)
    stand = running.stands.get(season if component.on_change == "separate" else 0)
    before = stand.base if stand is not None else ZERO
    worth_before = (
        None if stand is None else curve_node(curve, context, before, Label(zh="此前累计", en="Before"))
    )
    value = running.line(context)
    after = curve_node(curve, context, before + base_of(component, context), Label(zh="累计", en="So far"))
    if worth_before is None:
        return replace(after, kind="input", value=value)
    formula = equation(f"{money(after.value)} {MINUS} {money(worth_before.value)}", value)
    return Node(
        "input", component.name, formula, value, children=(after, replace(worth_before, kind="before"))
    )


def tell_milestone(component: Milestone, contexts: Sequence[Context], _: str) -> Node:
    before = milestone_state(component, contexts[:-1]) if len(contexts) > 1 else None
    return difference_node(component.name, milestone_state(component, contexts), before)


def milestone_state(component: Milestone, contexts: Sequence[Context]) -> Node:
    context = contexts[-1]
    contract = context.number(component.contract, f"components.{component.key}.contract")
    accepted = {
        key: share_of(component, key, each) for each in contexts for key in [each.text(component.stage)]
    }
    shares = " + ".join(percent(share) for share in accepted.values())
    total = round_money(Fraction(contract) * sum(accepted.values()), rounding_of(component, context))
    texts = {stage.key: stage.text or Label(zh=stage.key) for stage in component.stages}
    stages = "、".join(texts[key].zh for key in accepted)
    return Node(
        "state", Label(zh=f"已验收：{stages}", en=f"Accepted: {', '.join(texts[key].pick('en') for key in accepted)}"),
        equation(f"{money(contract)} {TIMES} ({shares})", total), total, facts=context.seen(component.contract, component.stage),
    )  # fmt: skip


def tell_split(component: Split, contexts: Sequence[Context], beneficiary: str) -> Node:
    before = split_state(component, contexts[:-1], beneficiary) if len(contexts) > 1 else None
    return difference_node(component.name, split_state(component, contexts, beneficiary), before)


def split_state(component: Split, contexts: Sequence[Context], beneficiary: str) -> Node:
    context = contexts[-1]
    place = f"components.{component.key}.amount"
    retained = sum((each.number(component.amount, place) for each in contexts), ZERO)
    weights = dict(weights_of(component, context))
    share = dict(shares_of(component, context, retained)).get(beneficiary, ZERO)
    total = sum(weights.values(), Fraction(0))
    weight = weights.get(beneficiary, Fraction(0))
    formula = f"{money(retained)} {TIMES} {plain_ratio(weight)} {OVER} {plain_ratio(total)}"
    fair = Fraction(retained) * weight / total
    rounding = None
    if fair != Fraction(share):
        rounding = Label(
            zh=f"尾差分配：{component.method}", en=f"Remainder: {component.method.replace('_', ' ')}"
        )
    return Node("state", component.name, equation(formula, share), share, rounding=rounding)


def plain_ratio(ratio: Fraction) -> str:
    return plain(Decimal(ratio.numerator)) if ratio.denominator == 1 else percent(ratio).replace("%", " %")


def tell_credit(component: Credit, contexts: Sequence[Context], beneficiary: str) -> Node:
    context = contexts[-1]
    place = f"components.{component.key}"
    amount = context.number(component.amount, f"{place}.amount")
    parts = []
    for one in members_of(component.among, context, place):
        if str(one["party"]) == beneficiary:
            share, rate = exact(one["share"], place), context.ratio(component.rates[str(one["kind"])], place)
            value = round_money(Fraction(amount) * share * rate, rounding_of(component, context))
            formula = equation(f"{money(amount)} {TIMES} {percent(share)} {TIMES} {percent(rate)}", value)
            parts.append(Node("share", Label(zh=str(one["kind"])), formula, value))
    return sum_node("input", component.name, parts)


def tell_hierarchy(component: Hierarchy, contexts: Sequence[Context], beneficiary: str) -> Node:
    context = contexts[-1]
    amount = context.number(component.amount, f"components.{component.key}.amount")
    shares = dict(zip((a.party for a in agents(component, context)), agents(component, context), strict=True))
    agent = shares[beneficiary]
    level = list(shares).index(beneficiary) + 1
    text = Label(zh=f"第 {level} 级", en=f"Level {level}")
    if not agent.active:
        return Node("input", text, Label(zh="未激活，不支付", en="Inactive: not paid"), ZERO)
    step = agent.high - agent.low
    rounding = rounding_of(component, context)
    by_itself = line_rounding(component, context).scale is not None
    whole = round_money(Fraction(amount) * agent.high, rounding) - round_money(
        Fraction(amount) * agent.low, rounding
    )
    value = round_money(Fraction(amount) * step, rounding) if by_itself else whole
    shown = percent(step)
    if component.mode == "differential" and agent.low:
        shown = f"({percent(agent.high)} {MINUS} {percent(agent.low)})"
    return Node("input", text, equation(f"{money(amount)} {TIMES} {shown}", value), value)


def tell_draw(component: Draw, contexts: Sequence[Context], _: str) -> Node:
    periods = [period for period, _ in draw_states(component, contexts)]
    is_same = len(periods) > 1 and periods[-2] == periods[-1]
    before = draw_state(component, contexts[:-1]) if is_same else None
    return difference_node(component.name, draw_state(component, contexts), before)


def draw_state(component: Draw, contexts: Sequence[Context]) -> Node:
    period, state = draw_states(component, contexts)[-1]
    amount = contexts[-1].number(component.amount, f"components.{component.key}.amount")
    parts = [
        Node("drawn", Label(zh="预支 / 补足", en="Drawn"), drawn_formula(component, amount, state), state.drawn),
        Node(
            "recovered", Label(zh="收回", en="Recovered"),
            Label(zh=f"{MINUS}{money(state.recovered)}（尚欠 {money(state.balance)}）",
                  en=f"{MINUS}{money(state.recovered)} ({money(state.balance)} still owed)"), -state.recovered,
        ),
    ]  # fmt: skip
    return sum_node(
        "state",
        Label(zh=f"{period} 实得 {money(state.payout)}", en=f"{period} pays {money(state.payout)}"),
        parts,
    )


def drawn_formula(component: Draw, amount: Decimal, state: Drawn) -> Label:
    if component.type.endswith("guarantee"):
        return equation(f"max({money(amount)} {MINUS} {money(state.earned)}, 0)", state.drawn)
    return Label(zh=money(state.drawn))


TELLERS: Mapping[str, Teller] = {
    "work_order": tell_work_order,
    "formula": tell_formula,
    "choice": tell_choice,
    "per_order": tell_per_order,
    "cumulative": tell_cumulative,
    "milestone": tell_milestone,
    "split": tell_split,
    "credit": tell_credit,
    "hierarchy": tell_hierarchy,
    "draw": tell_draw,
}
