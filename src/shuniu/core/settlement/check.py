"""What a person should know about a plan before it is published: errors that refuse it, warnings, and notes."""

from __future__ import annotations

from collections.abc import Iterator

from shuniu.core.settlement.checks.curves import curve_problems
from shuniu.core.settlement.checks.people import people_problems
from shuniu.core.settlement.checks.readings import threshold_notes
from shuniu.core.settlement.checks.structure import cycle_problems, structure_problems, use_problems
from shuniu.core.settlement.checks.tables import (
    band_problems,
    fee_problems,
    matrix_problems,
    parameter_problems,
    table_problems,
)
from shuniu.core.settlement.context import PreparedPlan
from shuniu.core.settlement.plan import Bands, DecisionTable, Matrix, PlanDocument, WorkOrderFee
from shuniu.core.settlement.prepare import expression_problems, prepare
from shuniu.core.settlement.problems import PlanError, Problem

ORDER = ("error", "warning", "note")
ALLOWED_LEVELS = 2
"""How many levels of a hierarchy may be paid before a lawyer should look; installations set their own."""


def check(plan: PlanDocument, *, allowed_levels: int = ALLOWED_LEVELS) -> tuple[Problem, ...]:
    """Every problem of the plan, errors first, then warnings, then notes, each in the order of the document."""
    found = [*structure_problems(plan), *expression_problems(plan)]
    if not any(problem.severity == "error" for problem in found):
        try:
            found += deeper_problems(prepare(plan), allowed_levels)
        except PlanError as refused:
            found.append(refused.problem)
    else:
        for component in plan.components:
            if isinstance(component, WorkOrderFee):
                found += fee_problems(component)
    return tuple(sorted(found, key=lambda problem: ORDER.index(problem.severity)))


def deeper_problems(prepared: PreparedPlan, allowed_levels: int) -> Iterator[Problem]:
    """What can be said of a plan all of whose expressions can be read."""
    document = prepared.document
    rings = list(cycle_problems(prepared))
    yield from rings
    if rings:
        return
    yield from use_problems(prepared)
    for name, parameter in document.parameters.items():
        yield from parameter_problems(name, parameter, document.timezone)
    for lookup in document.lookups:
        if isinstance(lookup, Bands):
            yield from band_problems(lookup, prepared)
        elif isinstance(lookup, Matrix):
            yield from matrix_problems(lookup)
        elif isinstance(lookup, DecisionTable):
            yield from table_problems(lookup, prepared)
    for component in document.components:
        if isinstance(component, WorkOrderFee):
            yield from fee_problems(component)
        yield from curve_problems(component, prepared)
        yield from people_problems(component, prepared, allowed_levels)
    yield from threshold_notes(prepared)
