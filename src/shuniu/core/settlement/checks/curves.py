"""Curves: tiers that do not ascend or are never reached, sales no tier holds, and selling more for less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from shuniu.core.settlement.checks.tables import NOBODY
from shuniu.core.settlement.context import AMOUNT, Context, PreparedPlan
from shuniu.core.settlement.curves.at_input import curve_at
from shuniu.core.settlement.curves.compile import AnyCurve
from shuniu.core.settlement.curves.pieces import BELOW_ALL, Pieces
from shuniu.core.settlement.plan import (
    Bounds,
    Choice,
    Component,
    Cumulative,
    Graduated,
    Shortfall,
    Tier,
    Volume,
)
from shuniu.core.settlement.problems import PlanError, Problem
from shuniu.core.settlement.telling.nodes import money, plain
from shuniu.core.settlement.words import Label


def curves_of(component: Component) -> Iterator[tuple[str, AnyCurve]]:
    """(place, curve) of everything in a component that is one."""
    place = f"components.{component.key}"
    if isinstance(component, Cumulative):
        if component.curve is not None:
            yield f"{place}.curve", component.curve
        for position, season in enumerate(component.seasons):
            yield f"{place}.seasons.{position}.curve", season.curve
    if isinstance(component, Choice):
        for option in component.options:
            yield f"{place}.options.{option.key}.curve", option.curve


def curve_problems(component: Component, prepared: PreparedPlan) -> Iterator[Problem]:
    for place, curve in curves_of(component):
        if isinstance(curve, Graduated | Volume):
            yield from tier_problems(place, curve.tiers, prepared)
        if isinstance(curve, Bounds):
            yield from bound_problems(place, curve, prepared)
        elif isinstance(component, Cumulative) and not isinstance(curve, Shortfall):
            yield from shape_problems(place, curve, component, prepared)
    if isinstance(component, Cumulative) and component.curve is None and not component.seasons:
        label = Label(zh="没有档位也没有时段", en="it has neither a curve nor seasons")
        yield Problem(f"components.{component.key}.curve", "no_curve", label)


def tier_problems(place: str, tiers: Sequence[Tier], prepared: PreparedPlan) -> Iterator[Problem]:
    lower = Decimal(0)
    for position, tier in enumerate(tiers):
        here = f"{place}.tiers.{position}"
        if tier.up_to is None:
            if position < len(tiers) - 1:
                label = Label(
                    zh=f"第 {position + 2} 档永远不会用到：第 {position + 1} 档没有上限",
                    en=f"tier {position + 2} is never reached: tier {position + 1} has no upper bound",
                )
                yield Problem(f"{place}.tiers.{position + 1}", "unreachable_row", label)
            return
        upper = number(tier.up_to, prepared)
        if upper is None:
            return
        if upper <= lower:
            label = Label(
                zh=f"第 {position + 1} 档的上限 {plain(upper)} 不高于下限 {plain(lower)}",
                en=f"tier {position + 1} ends at {plain(upper)}, not above {plain(lower)}",
            )
            yield Problem(here, "tiers_not_ascending", label)
        lower = upper
    label = Label(zh=f"{plain(lower)} 以外没有档位", en=f"no tier holds what is beyond {plain(lower)}")
    yield Problem(f"{place}.tiers", "gap", label, severity="warning")


def number(text: str, prepared: PreparedPlan) -> Decimal | None:
    """A number of the plan that is the same for every input; None for others."""
    if not prepared.is_fixed(text):
        return None
    try:
        return Context(prepared, NOBODY).number(text, "")
    except PlanError:
        return None


def bound_problems(place: str, curve: Bounds, prepared: PreparedPlan) -> Iterator[Problem]:
    if curve.minimum is None or curve.maximum is None:
        return
    minimum, maximum = number(curve.minimum, prepared), number(curve.maximum, prepared)
    if minimum is not None and maximum is not None and minimum > maximum:
        label = Label(zh="保底高于封顶", en="the minimum is above the maximum")
        yield Problem(place, "bounds_crossed", label)


def shape_problems(
    place: str, curve: AnyCurve, component: Cumulative, prepared: PreparedPlan
) -> Iterator[Problem]:
    """Where more sales earn less, and where each yuan sold pays more than a yuan."""
    try:
        worth = curve_at(curve, Context(prepared, NOBODY))
    except PlanError:
        return
    if not isinstance(worth, Pieces):
        return
    for before, after in zip(worth.pieces, worth.pieces[1:], strict=False):
        if after.start in {Decimal(0), BELOW_ALL}:
            continue
        if after.at(after.start) < before.at(after.start):
            lost = before.at(after.start) - after.at(after.start)
            label = Label(
                zh=f"到 {plain(after.start)} 时应得反而减少 {money(lost)}",
                en=f"at {plain(after.start)} the earnings fall by {money(lost)}",
            )
            yield Problem(place, "earns_less", label, severity="warning")
    if component.base == AMOUNT and any(piece.slope > 1 for piece in worth.pieces):
        label = Label(zh="比例超过 100%，支出会多于收入", en="a rate above 100 % pays out more than comes in")
        yield Problem(place, "pays_more_than_comes_in", label, severity="warning")
