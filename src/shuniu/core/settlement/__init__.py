"""Plans, calculation and explanation: what a set of frozen inputs is worth, and why. Pure.

Owns the plan document and the mathematics of every model in it. Refuses to know where inputs come from,
where money goes, and what the time is.
"""

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
from shuniu.core.settlement.explain import Node, explain, preview_node
from shuniu.core.settlement.inputs import BucketEarning, BucketKey, BucketState, Calculation, Input, Line
from shuniu.core.settlement.periods import period_key
from shuniu.core.settlement.plan import AnyComponent, Component, PlanDocument
from shuniu.core.settlement.prepare import prepare
from shuniu.core.settlement.problems import PlanError, Problem
from shuniu.core.settlement.words import Label

__all__ = [
    "AnyComponent",
    "BucketEarning",
    "BucketKey",
    "BucketState",
    "Calculation",
    "Compiled",
    "Component",
    "Earlier",
    "Input",
    "Label",
    "Line",
    "Node",
    "PlanDocument",
    "PlanError",
    "PreparedPlan",
    "Problem",
    "booked",
    "calculate",
    "check",
    "compiled",
    "component_effects",
    "derived_inputs",
    "effects",
    "explain",
    "groups_of",
    "layers",
    "period_key",
    "prepare",
    "preview_node",
    "settle_bucket",
]
