"""Draws and guarantees: what a period pays beyond its earnings, and what later periods give back of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuniu.core.settlement.context import Context
from shuniu.core.settlement.models.model import Model, Share, beneficiary_of, line_amount, to_one
from shuniu.core.settlement.periods import period_of_input
from shuniu.core.settlement.plan import ZERO, Draw


@dataclass(frozen=True, slots=True)
class Drawn:
    """One period: what was drawn, what was taken back, what is paid out, and what is still owed afterwards."""

    earned: Decimal
    drawn: Decimal
    recovered: Decimal
    balance: Decimal

    @property
    def payout(self) -> Decimal:
        return self.earned + self.drawn - self.recovered

    @property
    def net(self) -> Decimal:
        return self.drawn - self.recovered


def draw_period(component: Draw, amount: Decimal, earned: Decimal, number: int, owed: Decimal) -> Drawn:
    """The `number`-th period (from 1) with these earnings, when `owed` is still to be recovered."""
    is_guarantee = component.type.endswith("guarantee")
    is_open = component.periods is None or number <= component.periods
    drawn = ZERO
    if is_open:
        drawn = max(amount - earned, ZERO) if is_guarantee else amount
    if component.type.startswith("non_recoverable"):
        return Drawn(earned, drawn, ZERO, ZERO)
    recovered = ZERO
    if not drawn:
        recovery = component.recovery or ("above_guarantee" if is_guarantee else "full_earnings")
        keeps = amount if recovery == "above_guarantee" else ZERO
        recovered = min(owed, max(earned - keeps, ZERO))
    return Drawn(earned, drawn, recovered, owed + drawn - recovered)


def draw_together(component: Draw, context: Context) -> str | None:
    """A balance is carried from period to period of one beneficiary."""
    return beneficiary_of(component, context) or ""


def draw_states(component: Draw, contexts: Sequence[Context]) -> list[tuple[str, Drawn]]:
    """(period, state of that period so far) after each input; periods follow one another in time."""
    document = contexts[0].plan.document
    earned: dict[str, Decimal] = {}
    owed_before, owed = ZERO, ZERO
    found = []
    for context in contexts:
        period = period_of_input(document, component, context.one)
        if period not in earned:
            earned[period] = ZERO
            owed_before = owed
        earned[period] += context.one.amount
        amount = context.number(component.amount, f"components.{component.key}.amount")
        state = draw_period(component, amount, earned[period], len(earned), owed_before)
        found.append((period, state))
        owed = state.balance
    return found


def draw_moves(component: Draw, contexts: Sequence[Context]) -> list[list[Share]]:
    """An input moves its own period only; what it changes for later ones is moved when the group is seen again."""
    nets: dict[str, Decimal] = {}
    found = []
    for context, (period, state) in zip(contexts, draw_states(component, contexts), strict=True):
        net = line_amount(component, context, state.net)
        found.append(to_one(component, context, net - nets.get(period, ZERO)))
        nets[period] = net
    return found


DRAW = Model(draw_moves, draw_together)
