"""A running base and its curve.

Where the curve means the same for every input the engine keeps only the base (`is_running`) and moves are what
inputs add to it. Where it depends on facts, on the season, on the matter or on each line's own rounding, the
inputs are looked at together, in order, and moves are money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuniu.core.money import round_money
from shuniu.core.settlement.context import RUNNING, Context, PreparedPlan
from shuniu.core.settlement.curves.at_input import curve_at
from shuniu.core.settlement.curves.compile import AnyCurve, Worth
from shuniu.core.settlement.models.model import Model, Share, bucket_text, check_guards, rounding_of, to_one
from shuniu.core.settlement.plan import ZERO, Cumulative, Moment
from shuniu.core.settlement.problems import PlanError
from shuniu.core.settlement.texts import spoken_in
from shuniu.core.settlement.windows import best_window


def is_running(component: Cumulative, plan: PreparedPlan) -> bool:
    """Whether a bucket's earnings are a function of its base alone."""
    if component.seasons or component.together is not None or component.curve is None:
        return False
    if plan.document.rounding_of(component).moment is Moment.LINE:
        return False
    about_running = any(RUNNING in guard.holds for guard in component.guards)
    return not about_running and all(
        plan.is_fixed(text) for _, text in spoken_in(component.curve, "curve", spoken=False)
    )


def cumulative_together(component: Cumulative, context: Context) -> str | None:
    if component.together is not None:
        return context.text(component.together)
    return None if is_running(component, context.plan) else bucket_text(component, context)


def cumulative_moves(component: Cumulative, contexts: Sequence[Context]) -> list[list[Share]]:
    if is_running(component, contexts[0].plan):
        return [to_one(component, context, base_of(component, context)) for context in contexts]
    ledger = Running(component)
    return [to_one(component, context, ledger.line(context)) for context in contexts]


def base_of(component: Cumulative, context: Context) -> Decimal:
    return context.number(component.base, f"components.{component.key}.base")


@dataclass(slots=True)
class Stand:
    """One running base: what it is, and what it is worth by the curve that priced it last."""

    base: Decimal = ZERO
    worth: Decimal = ZERO
    is_new: bool = True


class Running:
    """The running bases of inputs that belong together, line by line."""

    def __init__(self, component: Cumulative) -> None:
        self.component = component
        self.stands: dict[int, Stand] = {}

    def line(self, context: Context) -> Decimal:
        """What this line earns; see `Cumulative` for what a change of the curve does."""
        component = self.component
        season, curve = active_curve(component, context)
        stand = self.stands.setdefault(season if component.on_change == "separate" else 0, Stand())
        before, after = stand.base, stand.base + base_of(component, context)
        check_guards(component, context.at_base(after), running=True)
        worth = curve_at(curve, context, f"components.{component.key}.curve")
        keeps = component.on_change == "restate" or stand.is_new
        old = stand.worth if keeps else worth(before)
        new = worth(after)
        stand.base, stand.worth, stand.is_new = after, new, False
        rounding = rounding_of(component, context)
        if context.plan.document.rounding_of(component).moment is Moment.LINE:
            return round_money(new - old, rounding)
        return round_money(new, rounding) - round_money(old, rounding)


def active_curve(component: Cumulative, context: Context) -> tuple[int, AnyCurve]:
    """The curve in force for the input and its number: 0 is the component's own, then its seasons."""
    season = best_window(
        tuple(enumerate(component.seasons, start=1)),
        lambda row: row[1].window,
        at=context.one.at,
        as_of=context.as_of,
        timezone=context.plan.document.timezone,
        holds=context.holds,
    )
    if season is not None:
        return season[0], season[1].curve
    if component.curve is None:
        place = f"components.{component.key}.seasons"
        raise PlanError("no_curve", place, "此时没有适用的档位", "no curve is in force at that time")
    return 0, component.curve


def running_worth(component: Cumulative, context: Context) -> Worth:
    """C of a running component; any input serves as context, since the curve's numbers are fixed."""
    if component.curve is None:
        raise PlanError("no_curve", f"components.{component.key}.curve", "没有档位", "there is no curve")
    return curve_at(component.curve, context, f"components.{component.key}.curve")


CUMULATIVE = Model(cumulative_moves, cumulative_together)
