"""Shares of people: stages and weights that do not sum, hierarchies that pay too much, too deep, or for recruiting."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from shuniu.core.settlement.checks.tables import NOBODY
from shuniu.core.settlement.context import Context, PreparedPlan
from shuniu.core.settlement.plan import Component, Credit, Hierarchy, Milestone, Split
from shuniu.core.settlement.problems import PlanError, Problem
from shuniu.core.settlement.telling.nodes import percent
from shuniu.core.settlement.words import Label


def people_problems(component: Component, prepared: PreparedPlan, allowed_levels: int) -> Iterator[Problem]:
    if isinstance(component, Milestone):
        yield from milestone_problems(component, prepared)
    elif isinstance(component, Split):
        yield from split_problems(component, prepared)
    elif isinstance(component, Credit):
        yield from credit_problems(component)
    elif isinstance(component, Hierarchy):
        yield from hierarchy_problems(component, prepared, allowed_levels)


def ratios(texts: list[str], prepared: PreparedPlan) -> list[Fraction] | None:
    """The ratios, when all of them are the same for every input."""
    try:
        return [Context(prepared, NOBODY).ratio(text, "") for text in texts]
    except PlanError:
        return None


def milestone_problems(component: Milestone, prepared: PreparedPlan) -> Iterator[Problem]:
    place = f"components.{component.key}.stages"
    keys = [stage.key for stage in component.stages]
    for key in {key for key in keys if keys.count(key) > 1}:
        label = Label(zh=f"阶段“{key}”重复", en=f'the stage "{key}" is listed twice')
        yield Problem(place, "duplicate_stage", label)
    shares = ratios([stage.share for stage in component.stages], prepared)
    if shares is not None and (total := sum(shares)) != 1:
        label = Label(
            zh=f"各阶段合计 {percent(Fraction(total))}，不是 100%",
            en=f"the stages total {percent(Fraction(total))}, not 100 %",
        )
        yield Problem(place, "does_not_sum", label, severity="error" if total > 1 else "warning")


def split_problems(component: Split, prepared: PreparedPlan) -> Iterator[Problem]:
    place = f"components.{component.key}.parts"
    if not component.parts and component.among is None:
        yield Problem(place, "nobody", Label(zh="没有说明分给谁", en="it does not say among whom"))
    roles = [part.role for part in component.parts]
    for role in {role for role in roles if roles.count(role) > 1}:
        yield Problem(
            place, "duplicate_part", Label(zh=f"角色“{role}”重复", en=f'the role "{role}" is listed twice')
        )
    weights = ratios([part.weight for part in component.parts], prepared)
    if not weights:
        return
    total = sum(weights, Fraction(0))
    if min(weights) < 0 or total == 0:
        yield Problem(
            place,
            "bad_weights",
            Label(zh="权重不能为负，也不能全为零", en="weights are not negative, nor all zero"),
        )
    # Weights are taken in proportion; these look as if somebody had meant per cents.
    looks_like_shares = max(weights) < 1 and total != 1
    looks_like_hundredths = 90 <= total <= 110 and total != 100
    if looks_like_shares or looks_like_hundredths:
        label = Label(
            zh=f"权重合计 {percent(total if looks_like_shares else total / 100)}，会按比例放大到 100%",
            en=f"the weights total {percent(total if looks_like_shares else total / 100)} and are scaled to 100 %",
        )
        yield Problem(place, "does_not_sum", label, severity="warning")


def credit_problems(component: Credit) -> Iterator[Problem]:
    for kind in component.whole:
        if kind not in component.rates:
            place = f"components.{component.key}.whole"
            yield Problem(place, "unknown_kind", Label(zh=f"“{kind}”没有比例", en=f'"{kind}" has no rate'))


def hierarchy_problems(
    component: Hierarchy, prepared: PreparedPlan, allowed_levels: int
) -> Iterator[Problem]:
    place = f"components.{component.key}"
    depth = len(component.rates[: component.levels]) if component.mode == "absolute" else component.levels
    if component.mode == "absolute" and not component.rates:
        yield Problem(f"{place}.rates", "no_rates", Label(zh="没有各级比例", en="it has no rates per level"))
    rates = ratios(list(component.rates), prepared) if component.mode == "absolute" else None
    cap = ratios([component.cap], prepared) if component.cap is not None else None
    if rates is not None:
        total = sum(rates)
        if total > 1 and (cap is None or cap[0] > 1):
            label = Label(
                zh=f"各级合计 {percent(Fraction(total))}，付出多于收入",
                en=f"the levels total {percent(Fraction(total))}: more goes out than comes in",
            )
            yield Problem(f"{place}.rates", "pays_more_than_comes_in", label)
        elif cap is not None and total > cap[0]:
            label = Label(
                zh=f"各级合计 {percent(Fraction(total))}，超过封顶 {percent(cap[0])}，由远端承担",
                en=f"the levels total {percent(Fraction(total))}, above the cap of {percent(cap[0])}: the far end bears it",
            )
            yield Problem(f"{place}.rates", "over_cap", label, severity="warning")
    elif component.mode == "differential" and cap is None:
        label = Label(zh="级差比例来自事实，没有封顶", en="the rates come from facts and nothing caps them")
        yield Problem(f"{place}.cap", "no_cap", label, severity="warning")
    if depth > allowed_levels:
        label = Label(
            zh=f"付到第 {depth} 级，超过设定的 {allowed_levels} 级：请先由法务确认（《禁止传销条例》）",
            en=f"it pays {depth} levels, more than the {allowed_levels} that are set: have it confirmed by a lawyer first",
        )
        yield Problem(f"{place}.levels", "too_deep", label, severity="warning")
    if component.recruiting:
        label = Label(
            zh="按发展人员付酬：《禁止传销条例》所禁止，请勿发布",
            en="it pays for bringing people in, which the regulation against pyramid selling forbids",
        )
        yield Problem(place, "pays_for_recruiting", label, severity="warning")
