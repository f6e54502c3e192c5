"""One amount among several people: by weights that sum to the whole, or by everybody's own credit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from shuniu.core.money import Method, MoneyError, allocate_with_remainder, parse_ratio, round_money
from shuniu.core.settlement.context import Context
from shuniu.core.settlement.models.model import Model, Share, rounding_of
from shuniu.core.settlement.plan import ZERO, Credit, Split
from shuniu.core.settlement.problems import PlanError


def split_together(component: Split, context: Context) -> str | None:
    if component.together is not None:
        return context.text(component.together)
    return context.one.source or None


def split_moves(component: Split, contexts: Sequence[Context]) -> list[list[Share]]:
    """Shares of what is retained after each input, less the shares before it."""
    retained = ZERO
    before: dict[str, Decimal] = {}
    found = []
    for context in contexts:
        retained += context.number(component.amount, f"components.{component.key}.amount")
        after = dict(shares_of(component, context, retained))
        keys = dict.fromkeys((*after, *before))
        found.append([(key, after.get(key, ZERO) - before.get(key, ZERO)) for key in keys])
        before = after
    return found


def shares_of(component: Split, context: Context, amount: Decimal) -> list[Share]:
    weights = weights_of(component, context)
    try:
        shares, rest = allocate_with_remainder(amount, weights, Method(component.method), component.scale)
    except MoneyError as problem:
        place = f"components.{component.key}"
        raise PlanError(
            "cannot_split", place, f"无法拆分：{problem}", f"cannot be split: {problem}"
        ) from problem
    found = [(share.key, share.amount) for share in shares]
    return [*found, (component.remainder, rest)] if component.method == "separate" else found


def weights_of(component: Split, context: Context) -> list[tuple[str, Fraction]]:
    place = f"components.{component.key}"
    if component.among is None:
        parties = context.one.parties
        return [
            (parties[part.role], context.ratio(part.weight, f"{place}.parts"))
            for part in component.parts
            if part.role in parties
        ]
    members = members_of(component.among, context, place)
    return [(str(one["party"]), exact(one.get("weight"), place)) for one in members]


def members_of(name: str, context: Context, place: str) -> Sequence[Mapping[str, Any]]:
    """The list a fact holds; PlanError when it is not one."""
    found = context.value(name)
    if not isinstance(found, list | tuple):
        raise PlanError("not_a_list", place, f"“{name}”不是名单", f'"{name}" is not a list')
    return found


def exact(value: Any, place: str) -> Fraction:
    try:
        return parse_ratio(value)
    except MoneyError as problem:
        raise PlanError("not_a_number", place, f"{value!r} 不是数字", f"{value!r} is no number") from problem


def credit_moves(component: Credit, contexts: Sequence[Context]) -> list[list[Share]]:
    return [credits_of(component, context) for context in contexts]


def credits_of(component: Credit, context: Context) -> list[Share]:
    place = f"components.{component.key}"
    amount = Fraction(context.number(component.amount, f"{place}.amount"))
    members = members_of(component.among, context, place)
    check_whole(component, members, place)
    found: dict[str, Decimal] = {}
    for one in members:
        text = component.rates.get(str(one["kind"]))
        if text is None:
            raise PlanError(
                "unknown_kind", place, f"没有“{one['kind']}”的比例", f"no rate for {one['kind']!r}"
            )
        share = amount * exact(one["share"], place) * context.ratio(text, f"{place}.rates")
        party = str(one["party"])
        found[party] = found.get(party, ZERO) + round_money(share, rounding_of(component, context))
    return list(found.items())


def check_whole(component: Credit, members: Sequence[Mapping[str, Any]], place: str) -> None:
    for kind in component.whole:
        total = sum((exact(one["share"], place) for one in members if one["kind"] == kind), Fraction(0))
        if total != 1:
            raise PlanError(
                "split_not_100",
                place,
                f"“{kind}”的比例合计不是 100%",
                f'the shares of "{kind}" do not total 100 %',
            )


SPLIT = Model(split_moves, split_together, exact=True)
CREDIT = Model(credit_moves, exact=True)
