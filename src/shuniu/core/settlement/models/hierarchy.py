"""What an upline chain earns of one sale: fixed shares by distance, or differences of rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from shuniu.core.money import round_money
from shuniu.core.settlement.context import Context
from shuniu.core.settlement.models.model import Model, Share, rounding_of
from shuniu.core.settlement.models.sharing import exact, members_of
from shuniu.core.settlement.plan import ZERO, Hierarchy, Moment
from shuniu.core.settlement.problems import PlanError

NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent of a chain: the rates between which the sale pays him (`low` is the best below him)."""

    party: str
    active: bool
    low: Fraction
    high: Fraction


def hierarchy_moves(component: Hierarchy, contexts: Sequence[Context]) -> list[list[Share]]:
    return [chain_shares(component, context) for context in contexts]


def chain_shares(component: Hierarchy, context: Context) -> list[Share]:
    """Everybody in the chain with what he gets, zeros included; steps of rates keep the rounded sum."""
    amount = Fraction(context.number(component.amount, f"components.{component.key}.amount"))
    by_itself = context.plan.document.rounding_of(component).moment is Moment.LINE
    rounding = rounding_of(component, context)
    found = []
    for agent in agents(component, context):
        if by_itself:
            share = round_money(amount * (agent.high - agent.low), rounding)
        else:
            share = round_money(amount * agent.high, rounding) - round_money(amount * agent.low, rounding)
        found.append((agent.party, share if agent.active else ZERO))
    return found


def agents(component: Hierarchy, context: Context) -> list[Agent]:
    place = f"components.{component.key}"
    chain = chain_of(component, context)
    cap = None if component.cap is None else context.ratio(component.cap, f"{place}.cap")
    steps = (
        absolute(component, context, chain)
        if component.mode == "absolute"
        else differential(component, chain)
    )
    found = []
    for (party, active, _), (low, high) in zip(chain, steps, strict=True):
        if cap is not None and high > cap and component.over_cap == "refuse":
            raise PlanError("over_cap", place, "层级合计超过封顶比例", "the levels together exceed the cap")
        within = (low, high) if cap is None else (min(low, cap), min(high, cap))
        found.append(Agent(party, active, *within))
    return found


def chain_of(component: Hierarchy, context: Context) -> list[tuple[str, bool, Fraction]]:
    place = f"components.{component.key}.chain"
    chain = [
        (str(one["party"]), bool(one.get("active", True)), exact(one.get("rate") or "0", place))
        for one in members_of(component.chain, context, place)
    ]
    if len({party for party, _, _ in chain}) < len(chain):
        raise PlanError(
            "hierarchy_cycle", place, "上级链中有人出现两次", "somebody stands twice in the chain"
        )
    return chain


def absolute(
    component: Hierarchy, context: Context, chain: Sequence[tuple[str, bool, Fraction]]
) -> Iterator[tuple[Fraction, Fraction]]:
    """Steps of the shares by distance, one upon the other; beyond the last level nothing is paid."""
    rates = [context.ratio(rate, f"components.{component.key}.rates") for rate in component.rates]
    rates = rates[: component.levels]
    place, total = 0, NONE
    for _, active, _ in chain:
        if not active:
            # What an inactive agent does not get is not paid, so it counts towards no cap either.
            yield total, total
            place += 1 if component.inactive == "skip" else 0
            continue
        rate = rates[place] if place < len(rates) else NONE
        yield total, total + rate
        place, total = place + 1, total + rate


def differential(
    component: Hierarchy, chain: Sequence[tuple[str, bool, Fraction]]
) -> Iterator[tuple[Fraction, Fraction]]:
    """Steps from the best rate so far; a lower rate adds nothing. With compress an inactive agent leaves no mark."""
    best, place = NONE, 0
    for _, active, rate in chain:
        if place >= component.levels or (not active and component.inactive == "compress"):
            yield best, best
            continue
        yield best, max(best, rate)
        best, place = max(best, rate), place + 1


HIERARCHY = Model(hierarchy_moves, exact=True)
