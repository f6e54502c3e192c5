"""A formula for every input alone, and the choice of the best among several offers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from shuniu.core.settlement.context import Context
from shuniu.core.settlement.curves.at_input import curve_at
from shuniu.core.settlement.models.model import Model, Share, bucket_text, line_amount, to_one
from shuniu.core.settlement.plan import Choice, Formula, Option
from shuniu.core.settlement.problems import PlanError


def formula_worth(component: Formula, context: Context) -> Decimal:
    place = f"components.{component.key}"
    value = context.number(component.amount, f"{place}.amount")
    if component.minimum is not None:
        value = max(value, context.number(component.minimum, f"{place}.minimum"))
    if component.maximum is not None:
        value = min(value, context.number(component.maximum, f"{place}.maximum"))
    return value


def formula_moves(component: Formula, contexts: Sequence[Context]) -> list[list[Share]]:
    counted = contexts[:1] if component.first is not None else contexts
    return [
        to_one(component, context, line_amount(component, context, formula_worth(component, context)))
        for context in counted
    ] + [[] for _ in contexts[len(counted) :]]


def formula_together(component: Formula, context: Context) -> str | None:
    if component.first is None:
        return None
    if component.first.per is None:
        return bucket_text(component, context)
    return context.text(component.first.per)


def chosen(component: Choice, context: Context) -> tuple[Option, Decimal]:
    """The best valid option and its price; equal prices are told apart by rank, then by key."""
    sign = 1 if component.best == "lowest" else -1
    found = []
    for option in component.options:
        if context.holds(option.when):
            base = context.number(option.base, f"components.{component.key}.{option.key}.base")
            price = curve_at(option.curve, context)(base)
            ranks = [
                context.number(rank, f"components.{component.key}.{option.key}.rank") for rank in option.rank
            ]
            found.append((sign * price, ranks, option.key, price, option))
    if not found:
        raise PlanError("no_offer", f"components.{component.key}", "没有可用的报价", "no offer is valid")
    *_, price, option = min(found, key=lambda each: each[:3])
    return option, price


def choice_moves(component: Choice, contexts: Sequence[Context]) -> list[list[Share]]:
    return [
        to_one(component, context, line_amount(component, context, chosen(component, context)[1]))
        for context in contexts
    ]


FORMULA = Model(formula_moves, formula_together)
CHOICE = Model(choice_moves)
