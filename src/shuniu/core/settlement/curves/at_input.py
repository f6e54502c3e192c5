"""The function of a curve as one input sees it: its numbers evaluated over that input's facts."""

from __future__ import annotations

from decimal import Decimal

from shuniu.core.settlement.context import Context
from shuniu.core.settlement.curves.compile import AnyCurve, Worth, curve_function


def curve_at(curve: AnyCurve, context: Context, place: str = "curve") -> Worth:
    """C by the facts, parameters and seasons of this input. PlanError when a number is missing."""

    def number(text: str) -> Decimal:
        return context.number(text, place)

    def formula(text: str, running: Decimal) -> Decimal:
        return context.at_base(running).number(text, place)

    return curve_function(curve, number, formula)
