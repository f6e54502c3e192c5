"""Which model runs which kind of component."""

from __future__ import annotations

from decimal import Decimal

from shuniu.core.money import round_money
from shuniu.core.settlement.context import Context
from shuniu.core.settlement.models.cumulative import CUMULATIVE, running_worth
from shuniu.core.settlement.models.draw import DRAW
from shuniu.core.settlement.models.formula import CHOICE, FORMULA
from shuniu.core.settlement.models.hierarchy import HIERARCHY
from shuniu.core.settlement.models.milestone import MILESTONE
from shuniu.core.settlement.models.model import Model, applies, rounding_of
from shuniu.core.settlement.models.per_order import PER_ORDER
from shuniu.core.settlement.models.sharing import CREDIT, SPLIT
from shuniu.core.settlement.models.work_order import WORK_ORDER
from shuniu.core.settlement.plan import ZERO, AnyComponent
from shuniu.core.settlement.problems import PlanError

MODELS: dict[str, Model] = {
    "work_order": WORK_ORDER,
    "formula": FORMULA,
    "per_order": PER_ORDER,
    "cumulative": CUMULATIVE,
    "milestone": MILESTONE,
    "split": SPLIT,
    "credit": CREDIT,
    "hierarchy": HIERARCHY,
    "draw": DRAW,
    "choice": CHOICE,
}


def model_of(component: AnyComponent) -> Model:
    return MODELS[component.model]


def worth_alone(component: AnyComponent, context: Context) -> Decimal:
    """收益.<key>: what the component pays for this one input, to all beneficiaries together, rounded."""
    if not applies(component, context):
        return ZERO
    model = model_of(component)
    if model.together(component, context) is not None:
        place = f"components.{component.key}"
        raise PlanError(
            "not_alone", place, "该组件不能只按一笔计算", "the component does not price one input alone"
        )
    total = sum((amount for _, amount in model.moves(component, [context])[0]), ZERO)
    if component.model == "cumulative":
        total = running_worth(component, context)(total)
    return total if model.exact else round_money(total, rounding_of(component, context))
