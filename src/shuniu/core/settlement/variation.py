"""What a region may change of a plan without asking: named numbers and rows of a matrix, within their limits."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from shuniu.core.money import MoneyError, parse_amount
from shuniu.core.settlement.plan import Limits, Matrix, Parameter, PlanDocument, Season, Window
from shuniu.core.settlement.problems import PlanError


def vary(plan: PlanDocument, values: Mapping[str, str], *, window: Window | None = None) -> PlanDocument:
    """The plan with parameters set to other numbers, for a while if a window is given.

    PlanError `not_open` when a parameter may not be varied, `outside_limits` when the number is not within them.
    """
    parameters = dict(plan.parameters)
    for name, text in values.items():
        parameter = parameters.get(name)
        if parameter is None or parameter.limits is None:
            raise PlanError(
                "not_open", f"parameters.{name}", f"“{name}”不允许下级调整", f'"{name}" is not open to change'
            )
        check_within(parameter.limits, text, f"parameters.{name}", name)
        parameters[name] = varied(parameter, text, window)
    return plan.model_copy(update={"parameters": parameters})


def varied(parameter: Parameter, text: str, window: Window | None) -> Parameter:
    if window is None:
        return parameter.model_copy(update={"value": text})
    season = Season(window=window, value=text)
    return parameter.model_copy(update={"seasons": (*parameter.seasons, season)})


def vary_row(plan: PlanDocument, name: str, row: tuple[str, ...], value: str) -> PlanDocument:
    """The plan with one row of a matrix changed, or added; PlanError as in `vary`."""
    matrix = next((each for each in plan.lookups if each.name == name), None)
    place = f"lookups.{name}"
    if not isinstance(matrix, Matrix) or matrix.limits is None:
        raise PlanError("not_open", place, f"“{name}”不允许下级调整", f'"{name}" is not open to change')
    check_within(matrix.limits, value, place, name)
    rows = [each for each in matrix.rows if each.values != row]
    where = next((at for at, each in enumerate(matrix.rows) if each.values == row), len(rows))
    rows.insert(where, matrix.rows[0].model_copy(update={"values": row, "value": value}))
    changed = matrix.model_copy(update={"rows": tuple(rows)})
    return plan.model_copy(
        update={"lookups": tuple(changed if each is matrix else each for each in plan.lookups)}
    )


def check_within(limits: Limits, text: str, place: str, name: str) -> None:
    number = plain_number(text, place)
    least = None if limits.minimum is None else plain_number(limits.minimum, place)
    most = None if limits.maximum is None else plain_number(limits.maximum, place)
    if (least is not None and number < least) or (most is not None and number > most):
        shown = f"{'−∞' if least is None else least} … {'∞' if most is None else most}"
        raise PlanError(
            "outside_limits",
            place,
            f"“{name}”只能在 {shown} 之间调整",
            f'"{name}" may only be set within {shown}',
        )


def plain_number(text: str, place: str) -> Decimal:
    try:
        return parse_amount(text)
    except MoneyError as problem:
        raise PlanError("not_a_number", place, f"“{text}”不是数字", f'"{text}" is no number') from problem
