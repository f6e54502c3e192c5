"""Lookups and parameters at work: how a name of the plan gets its value for one input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shuniu.core.feel import tables
from shuniu.core.feel.types import Declared
from shuniu.core.money import MoneyError, parse_amount
from shuniu.core.settlement.context import Context, Resolver
from shuniu.core.settlement.curves.pieces import ABOVE_ALL, BELOW_ALL
from shuniu.core.settlement.plan import (
    ANY_VALUE,
    Band,
    Bands,
    DecisionTable,
    Let,
    Lookup,
    Matrix,
    Parameter,
)
from shuniu.core.settlement.problems import PlanError
from shuniu.core.settlement.windows import best_window

POLICIES = {
    "UNIQUE": (tables.HitPolicy.UNIQUE, None),
    "FIRST": (tables.HitPolicy.FIRST, None),
    "COLLECT_SUM": (tables.HitPolicy.COLLECT, tables.Aggregation.SUM),
}


def lookup_resolver(lookup: Lookup, names: Mapping[str, Declared]) -> Resolver:
    """How the name of the lookup is found. PlanError or FeelError when it cannot be made ready."""
    if isinstance(lookup, Let):
        return lambda context: context.evaluate(lookup.value)
    if isinstance(lookup, Bands):
        return bands_resolver(lookup)
    if isinstance(lookup, Matrix):
        return matrix_resolver(lookup)
    return table_resolver(lookup, names)


def parameter_resolver(name: str, parameter: Parameter) -> Resolver:
    def resolve(context: Context) -> Decimal:
        season = best_window(
            parameter.seasons,
            lambda row: row.window,
            at=context.one.at,
            as_of=context.as_of,
            timezone=context.plan.document.timezone,
            holds=context.holds,
        )
        text = parameter.value if season is None else season.value
        if text is None:
            raise PlanError(
                "no_value", f"parameters.{name}", f"“{name}”此时没有值", f'"{name}" has no value at that time'
            )
        return context.number(text, f"parameters.{name}")

    return resolve


def typed(text: str | None, type_: str) -> Any:
    """A result as written in a table: a number, or a word."""
    if text is None or type_ == "string":
        return text
    try:
        return parse_amount(text)
    except MoneyError as problem:
        raise PlanError("not_a_number", "lookups", f"“{text}”不是数字", f'"{text}" is no number') from problem


def bands_resolver(lookup: Bands) -> Resolver:
    def resolve(context: Context) -> Any:
        edges = [(*band_edges(band, context), band) for band in lookup.bands]
        if lookup.overlap == "refuse" and (pair := overlapping([(low, high) for low, high, _ in edges])):
            first, second = pair
            raise PlanError(
                "overlapping_bands",
                f"lookups.{lookup.name}",
                f"第 {first + 1} 档与第 {second + 1} 档重叠",
                f"bands {first + 1} and {second + 1} overlap",
            )
        value = context.evaluate(lookup.of)
        if value is None:
            return typed(lookup.otherwise, lookup.type)
        key = (context.number(lookup.of, f"lookups.{lookup.name}"), 0)
        found = next((band.value for low, high, band in edges if low <= key <= high), lookup.otherwise)
        return typed(found, lookup.type)

    return resolve


Edge = tuple[Decimal, int]
"""A number and where beside it: −1 just below, 0 exactly there, 1 just above."""


def band_edges(band: Band, context: Context) -> tuple[Edge, Edge]:
    """The first and the last place of a band."""
    low: Edge = (BELOW_ALL, 0)
    high: Edge = (ABOVE_ALL, 0)
    if band.low is not None:
        low = (context.number(band.low, "bands"), 0 if band.low_included else 1)
    if band.high is not None:
        high = (context.number(band.high, "bands"), 0 if band.high_included else -1)
    return low, high


def overlapping(edges: Sequence[tuple[Edge, Edge]]) -> tuple[int, int] | None:
    """Positions of two bands that share a number, if any do."""
    order = sorted((place for place in range(len(edges)) if edges[place][0] <= edges[place][1]),
                   key=lambda place: edges[place])  # fmt: skip
    furthest: int | None = None
    for place in order:
        if furthest is not None and edges[place][0] <= edges[furthest][1]:
            return min(furthest, place), max(furthest, place)
        if furthest is None or edges[place][1] > edges[furthest][1]:
            furthest = place
    return None


@dataclass(slots=True)
class Branch:
    """One level of the tree the rows of a matrix make: what follows each value of a dimension."""

    below: dict[str, Branch] = field(default_factory=dict)
    value: str | None = None


def matrix_resolver(lookup: Matrix) -> Resolver:
    root = Branch()
    for row in lookup.rows:
        if len(row.values) != len(lookup.dimensions):
            raise PlanError(
                "row_length",
                f"lookups.{lookup.name}",
                "行的格数与维度数不同",
                "a row has another number of cells",
            )
        here = root
        for value in row.values:
            here = here.below.setdefault(value, Branch())
        here.value = row.value if here.value is None else here.value

    def resolve(context: Context) -> Any:
        paths = [
            nearest(written(context.evaluate(dimension.of)), dimension.parents)
            for dimension in lookup.dimensions
        ]
        return typed(most_specific(root, paths), lookup.type)

    return resolve


def most_specific(here: Branch, paths: Sequence[Sequence[str]]) -> str | None:
    """The value on the branch that is nearest in the first dimension, then in the second, and so on."""
    if not paths:
        return here.value
    for value in paths[0]:
        branch = here.below.get(value)
        if branch is not None and (found := most_specific(branch, paths[1:])) is not None:
            return found
    return None


def nearest(value: str | None, parents: Mapping[str, str]) -> list[str]:
    """A value, what it lies in, what that lies in …, and finally anything."""
    found: list[str] = []
    while value is not None and value not in found:
        found.append(value)
        value = parents.get(value)
    return [*found, ANY_VALUE]


def written(value: Any) -> str | None:
    """A value as the cells of a matrix write it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def decision_table(lookup: DecisionTable) -> tables.Table:
    policy, aggregation = POLICIES[lookup.hit]
    return tables.Table(
        inputs=tuple(tables.Input(text) for text in lookup.inputs),
        outputs=(tables.Output(lookup.name),),
        rules=tuple(tables.Rule(row.tests, (row.value,)) for row in lookup.rows),
        hit_policy=policy,
        aggregation=aggregation,
    )


def table_resolver(lookup: DecisionTable, names: Mapping[str, Declared]) -> Resolver:
    program = tables.compile_table(decision_table(lookup), names)
    cells = {cell for row in lookup.rows for cell in (*row.tests, row.value)}
    mentioned = mentioned_in(cells, (name for name in names if name != lookup.name))

    def resolve(context: Context) -> Any:
        asked = dict.fromkeys(name for text in lookup.inputs for name in context.plan.names.get(text, ()))
        values = {name: context.value(name) for name in (*asked, *mentioned)}
        return program.evaluate(values, now=context.one.at)

    return resolve


def mentioned_in(texts: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Names that cells speak of beside the value they test."""
    plain = "\n".join(texts)
    return tuple(name for name in names if name in plain)
