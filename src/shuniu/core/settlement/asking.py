"""Questions to a plan that are not earnings: what a name means for an input, which offer is best, what was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from shuniu.core.settlement.context import Context, PreparedPlan
from shuniu.core.settlement.inputs import Input
from shuniu.core.settlement.models.draw import Drawn, draw_states
from shuniu.core.settlement.models.formula import chosen
from shuniu.core.settlement.models.work_order import FeeValue, fee_value
from shuniu.core.settlement.plan import Choice, Component, Draw, WorkOrderFee
from shuniu.core.settlement.problems import PlanError

Kind = TypeVar("Kind", bound=Component)


def named(prepared: PreparedPlan, name: str, one: Input, as_of: datetime | None = None) -> Any:
    """The value of a parameter, a lookup or a fact for one input; None where nothing is known."""
    return Context(prepared, one, as_of).value(name)


def best_offer(prepared: PreparedPlan, key: str, one: Input) -> tuple[str, Decimal]:
    """The key of the best valid offer, and its price. PlanError when none is valid."""
    component = of_kind(prepared, key, Choice)
    option, price = chosen(component, Context(prepared, one))
    return option.key, price


def drawn(prepared: PreparedPlan, key: str, inputs: Sequence[Input]) -> list[tuple[str, Drawn]]:
    """(period, its state so far) after each input of one beneficiary, in (event time, id) order."""
    contexts = [Context(prepared, one) for one in inputs]
    return draw_states(of_kind(prepared, key, Draw), contexts) if contexts else []


def fee_parts(prepared: PreparedPlan, key: str, one: Input) -> FeeValue | None:
    """The income lines of one work order; None when no row of the fee table applies."""
    return fee_value(of_kind(prepared, key, WorkOrderFee), Context(prepared, one))


def of_kind(prepared: PreparedPlan, key: str, kind: type[Kind]) -> Kind:
    """The component of that key; PlanError when it is of another kind, KeyError when there is none."""
    component = prepared.document.component(key)
    if not isinstance(component, kind):
        raise PlanError(
            "other_kind", f"components.{key}", f"组件“{key}”不是所问的类型", f'"{key}" is a {component.model}'
        )
    return component
