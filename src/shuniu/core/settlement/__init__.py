"""Plans, calculation and explanation: what a set of frozen inputs is worth, and why. Pure.

Owns the plan document and the mathematics of every model in it. Refuses to know where inputs come from,
where money goes, and what the time is.
"""

from shuniu.core.settlement.asking import best_offer, drawn, fee_parts, named
from shuniu.core.settlement.buckets import Compiled, compiled, derived_inputs, groups_of, layers
from shuniu.core.settlement.calculate import (
    Earlier,
    booked,
    calculate,
    component_effects,
    effects,
    settle_bucket,
)
from shuniu.core.settlement.check import check
from shuniu.core.settlement.context import PreparedPlan
from shuniu.core.settlement.differences import Difference, PeriodAmount, differences
from shuniu.core.settlement.explain import Node, explain, preview_node
from shuniu.core.settlement.inputs import BucketEarning, BucketKey, BucketState, Calculation, Input, Line
from shuniu.core.settlement.next_step import NextStep, next_step
from shuniu.core.settlement.periods import first_day, period_after, period_key
from shuniu.core.settlement.plan import AnyComponent, Component, PlanDocument
from shuniu.core.settlement.prepare import prepare
from shuniu.core.settlement.problems import PlanError, Problem
from shuniu.core.settlement.reports import ranking, rollup
from shuniu.core.settlement.scopes import covers, in_effect
from shuniu.core.settlement.statements import Statement, statements
from shuniu.core.settlement.variation import vary, vary_row
from shuniu.core.settlement.words import Label

__all__ = [
    "AnyComponent",
    "BucketEarning",
    "BucketKey",
    "BucketState",
    "Calculation",
    "Compiled",
    "Component",
    "Difference",
    "Earlier",
    "Input",
    "Label",
    "Line",
    "NextStep",
    "Node",
    "PeriodAmount",
    "PlanDocument",
    "PlanError",
    "PreparedPlan",
    "Problem",
    "Statement",
    "best_offer",
    "booked",
    "calculate",
    "check",
    "compiled",
    "component_effects",
    "covers",
    "derived_inputs",
    "differences",
    "drawn",
    "effects",
    "explain",
    "fee_parts",
    "first_day",
    "groups_of",
    "in_effect",
    "layers",
    "named",
    "next_step",
    "period_after",
    "period_key",
    "prepare",
    "preview_node",
    "ranking",
    "rollup",
    "settle_bucket",
    "statements",
    "vary",
    "vary_row",
]
