"""What a kind of component is to the engine, and the few things all kinds do alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from shuniu.core.money import EXACT, Rounding, round_money
from shuniu.core.settlement.context import Context
from shuniu.core.settlement.periods import period_of_input
from shuniu.core.settlement.plan import Component, Moment
from shuniu.core.settlement.problems import PlanError
from shuniu.core.settlement.scopes import in_effect

Share: TypeAlias = tuple[str, Decimal]
"""A beneficiary, and what is added to the base of his bucket."""


def alone(component: Any, context: Context) -> str | None:
    """Every input is worth something by itself."""
    return None


@dataclass(frozen=True, slots=True)
class Model:
    """`moves` takes inputs that belong together, in order, and gives the shares each of them moves.

    What the j-th input moves depends on the first j inputs only. `together` names the inputs that must be looked
    at together, whatever their bucket; None: this one stands alone. `exact`: shares are rounded already, and the
    bucket is their plain sum.
    """

    moves: Callable[[Any, Sequence[Context]], list[list[Share]]]
    together: Callable[[Any, Context], str | None] = alone
    exact: bool = False


def applies(component: Component, context: Context) -> bool:
    """Whether the component looks at the input; PlanError when it does and a guard fails."""
    document = context.plan.document
    conditions = (document.scope.when, document.effective.when, component.when)
    if not in_effect(document, context.one.at) or not all(context.holds(each) for each in conditions):
        return False
    if context.running is None:
        check_guards(component, context, running=False)
    return True


def check_guards(component: Component, context: Context, *, running: bool) -> None:
    """Refuse the call when a guard fails; those about 累计 are asked where it is known."""
    for guard in component.guards:
        about_running = "累计" in guard.holds
        if about_running is running and not context.holds(guard.holds):
            raise PlanError(
                guard.code, f"components.{component.key}.guards", guard.text.zh, guard.text.pick("en")
            )


def beneficiary_of(component: Component, context: Context) -> str | None:
    return context.one.parties.get(component.beneficiary)


def bucket_text(component: Component, context: Context) -> str:
    """Groups the inputs of one bucket: one beneficiary, one period."""
    period = period_of_input(context.plan.document, component, context.one)
    return f"{beneficiary_of(component, context)}|{period}"


def to_one(component: Component, context: Context, amount: Decimal) -> list[Share]:
    beneficiary = beneficiary_of(component, context)
    return [] if beneficiary is None else [(beneficiary, amount)]


def rounding_of(component: Component, context: Context) -> Rounding:
    return context.plan.document.rounding_of(component).rounding()


def line_rounding(component: Component, context: Context) -> Rounding:
    """How one line is rounded by itself; not at all when the plan rounds later."""
    rule = context.plan.document.rounding_of(component)
    return rule.rounding() if rule.moment is Moment.LINE else EXACT


def line_amount(component: Component, context: Context, exact: Decimal | Fraction) -> Decimal:
    return round_money(exact, line_rounding(component, context))
