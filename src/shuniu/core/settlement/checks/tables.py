"""Tables: rows that are never reached, values no row covers, and rows that both claim a value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from shuniu.core.feel import FeelError, tables
from shuniu.core.settlement.context import Context, PreparedPlan
from shuniu.core.settlement.curves.pieces import ABOVE_ALL, BELOW_ALL
from shuniu.core.settlement.inputs import Input
from shuniu.core.settlement.lookups import Edge, band_edges, decision_table, overlapping
from shuniu.core.settlement.plan import ANY_VALUE, Bands, DecisionTable, Matrix, Parameter, WorkOrderFee
from shuniu.core.settlement.prepare import declared_names
from shuniu.core.settlement.problems import PlanError, Problem
from shuniu.core.settlement.windows import instant, is_yearly
from shuniu.core.settlement.words import Label

ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
NOBODY = Input(id=0, measure="", at=ANY_TIME, recorded_at=ANY_TIME)


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


def band_problems(lookup: Bands, prepared: PreparedPlan) -> Iterator[Problem]:
    """Overlaps, gaps and bands that hold nothing, where the bounds are plain numbers."""
    place = f"lookups.{lookup.name}"
    try:
        edges = [band_edges(band, Context(prepared, NOBODY)) for band in lookup.bands]
    except PlanError:
        return
    for position, (low, high) in enumerate(edges):
        if low > high:
            label = Label(zh=f"第 {position + 1} 档没有任何数", en=f"band {position + 1} holds no number")
            yield Problem(f"{place}.bands.{position}", "empty_band", label)
    if pair := overlapping(edges):
        first, second = pair[0] + 1, pair[1] + 1
        label = Label(zh=f"第 {first} 档与第 {second} 档重叠", en=f"bands {first} and {second} overlap")
        yield Problem(place, "overlap", label, severity="error" if lookup.overlap == "refuse" else "warning")
    if lookup.otherwise is None:
        for low, high in gaps(edges):
            label = Label(zh=f"没有档位覆盖：{between(low, high)}", en=f"no band covers {between(low, high)}")
            yield Problem(place, "gap", label, severity="warning")


def gaps(edges: list[tuple[Edge, Edge]]) -> Iterator[tuple[Edge, Edge]]:
    """(last place before, first place after) of each stretch no band holds, the ends of the world included."""
    reached: Edge = (BELOW_ALL, 0)
    for low, high in sorted(edge for edge in edges if edge[0] <= edge[1]):
        if low > reached and not touch(reached, low):
            yield reached, low
        reached = max(reached, high)
    if reached < (ABOVE_ALL, 0):
        yield reached, (ABOVE_ALL, 0)


def touch(high: Edge, low: Edge) -> bool:
    """Whether nothing lies between the last place of one band and the first of the next."""
    return high[0] == low[0] and low[1] - high[1] <= 1


def between(low: Edge, high: Edge) -> str:
    left = "−∞" if low[0] == BELOW_ALL else f"{low[0]:f}"
    right = "∞" if high[0] == ABOVE_ALL else f"{high[0]:f}"
    return f"{left} … {right}"


def matrix_problems(lookup: Matrix) -> Iterator[Problem]:
    place = f"lookups.{lookup.name}"
    seen: dict[tuple[str, ...], int] = {}
    for position, row in enumerate(lookup.rows):
        if row.values in seen:
            first = seen[row.values] + 1
            label = Label(
                zh=f"第 {position + 1} 行永远不会用到：第 {first} 行的条件相同",
                en=f"row {position + 1} is never reached: row {first} says the same",
            )
            yield Problem(f"{place}.rows.{position}", "unreachable_row", label)
        seen.setdefault(row.values, position)
    if not any(all(value == ANY_VALUE for value in row.values) for row in lookup.rows):
        label = Label(
            zh="没有“其他”行：不在表中的组合无法计算，会被拒绝",
            en="no row for everything else: combinations that are not listed are refused",
        )
        yield Problem(place, "gap", label, severity="warning")


def table_problems(lookup: DecisionTable, prepared: PreparedPlan) -> Iterator[Problem]:
    """What the rule language finds in the table."""
    try:
        found = tables.check(decision_table(lookup), declared_names(prepared.document))
    except FeelError:
        return
    for each in found:
        is_wrong = each.kind == "overlap"
        label = Label(zh=each.zh, en=each.en)
        yield Problem(f"lookups.{lookup.name}", each.kind, label, severity="error" if is_wrong else "warning")


def parameter_problems(name: str, parameter: Parameter, timezone: str) -> Iterator[Problem]:
    place = f"parameters.{name}"
    if parameter.value is None and not parameter.seasons:
        yield Problem(place, "no_value", Label(zh=f"“{name}”没有值", en=f'"{name}" has no value'))
    for position, season in enumerate(parameter.seasons):
        since, until = season.window.since, season.window.until
        if since is None or until is None or is_yearly(since) or is_yearly(until):
            continue
        if instant(since, timezone) >= instant(until, timezone):
            label = Label(zh="开始不早于结束，永远不会生效", en="it begins no earlier than it ends")
            yield Problem(f"{place}.seasons.{position}", "unreachable_row", label)
    bounds = parameter.limits
    if bounds is not None and bounds.minimum is None and bounds.maximum is None:
        label = Label(zh=f"“{name}”的可调范围没有上下限", en=f'the limits of "{name}" have no ends')
        yield Problem(f"{place}.limits", "no_limits", label, severity="warning")
