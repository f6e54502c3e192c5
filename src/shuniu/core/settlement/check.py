"""What a person should know about a plan before it is published: errors that refuse it, warnings that do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from shuniu.core.settlement.plan import PlanDocument, WorkOrderFee
from shuniu.core.settlement.prepare import expression_problems
from shuniu.core.settlement.problems import Problem
from shuniu.core.settlement.words import Label


def check(plan: PlanDocument) -> tuple[Problem, ...]:
    """Every problem of the plan, errors first, in the order of the document."""
    found = [*structure_problems(plan), *expression_problems(plan)]
    for component in plan.components:
        if isinstance(component, WorkOrderFee):
            found += fee_problems(component)
    return tuple(sorted(found, key=lambda problem: problem.severity != "error"))


def structure_problems(plan: PlanDocument) -> Iterator[Problem]:
    for key, count in Counter(component.key for component in plan.components).items():
        if count > 1:
            label = Label(zh=f"组件编号“{key}”重复", en=f'the component key "{key}" is used twice')
            yield Problem(f"components.{key}", "duplicate_component", label)
    for component in plan.components:
        place = f"components.{component.key}"
        if not component.measure and component.after is None:
            label = Label(zh="没有说明按什么计量", en="it does not say what it measures")
            yield Problem(f"{place}.measure", "no_measure", label)
        scale = plan.rounding_of(component).scale
        if scale is None or scale > 2:
            label = Label(zh="入账金额最多两位小数", en="what is posted has at most two decimal places")
            yield Problem(f"{place}.rounding", "rounding_too_fine", label)


def fee_problems(component: WorkOrderFee) -> Iterator[Problem]:
    place = f"components.{component.key}.base"
    seen: dict[str | None, int] = {}
    for position, row in enumerate(component.base):
        if None in seen:
            label = Label(
                zh=f"第 {position + 1} 行永远不会用到：第 {seen[None] + 1} 行没有条件",
                en=f"row {position + 1} is never reached: row {seen[None] + 1} has no condition",
            )
            yield Problem(f"{place}.{position}", "unreachable_row", label)
        elif row.when in seen:
            label = Label(
                zh=f"第 {position + 1} 行与第 {seen[row.when] + 1} 行条件相同",
                en=f"row {position + 1} has the same condition as row {seen[row.when] + 1}",
            )
            yield Problem(f"{place}.{position}", "unreachable_row", label)
        seen.setdefault(row.when, position)
    if None not in seen:
        label = Label(
            zh="没有兜底的费用行：不符合任何条件的工单没有收益",
            en="no row without a condition: what matches none of them earns nothing",
        )
        yield Problem(place, "gap", label, severity="warning")
