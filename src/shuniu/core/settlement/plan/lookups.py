"""Lookups: names whose value is found in a table. Any expression of the plan may use them."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from shuniu.core.settlement.plan.values import Expression, Name, Number, Window
from shuniu.core.settlement.words import Frozen, Label

ANY_VALUE = "*"
Cell = Annotated[str, Field(max_length=500)]


class Band(Frozen):
    """以上 / 以下 / 以内 include their number; 超过 / 不满 / 以外 do not."""

    low: Number | None = None
    low_included: bool = True
    high: Number | None = None
    high_included: bool = False
    value: str


class Bands(Frozen):
    """分档: the value of the band that holds `of`. Overlapping bands are refused unless the first one is to win."""

    kind: Literal["bands"] = "bands"
    name: Name
    of: Number
    bands: Annotated[tuple[Band, ...], Field(min_length=1, max_length=500)]
    type: Literal["number", "string"] = "number"
    overlap: Literal["refuse", "first"] = "refuse"
    otherwise: str | None = None


class Limits(Frozen):
    """Within what a region may set a value without asking."""

    minimum: Number | None = None
    maximum: Number | None = None


class Dimension(Frozen):
    """One side of a matrix. `parents` lets a value without a row of its own fall back on what it lies in."""

    name: Name
    of: Expression
    parents: dict[str, str] = Field(default_factory=dict, max_length=10_000)


class MatrixRow(Frozen):
    """Values by the order of the dimensions; * is any."""

    values: tuple[str, ...]
    value: str


class Matrix(Frozen):
    """Rates by several dimensions (地区 × 级别): the most specific row, the first dimension weighing most."""

    kind: Literal["matrix"] = "matrix"
    name: Name
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1, max_length=30)]
    rows: Annotated[tuple[MatrixRow, ...], Field(min_length=1, max_length=5000)]
    type: Literal["number", "string"] = "number"
    limits: Limits | None = None


class TableRow(Frozen):
    """Unary tests, one per input (- for any), and what comes out."""

    tests: tuple[Cell, ...]
    value: Cell


class DecisionTable(Frozen):
    """决策表: rules of FEEL tests over any number of inputs."""

    kind: Literal["table"] = "table"
    name: Name
    inputs: Annotated[tuple[Expression, ...], Field(min_length=1, max_length=60)]
    rows: Annotated[tuple[TableRow, ...], Field(min_length=1, max_length=5000)]
    hit: Literal["UNIQUE", "FIRST", "COLLECT_SUM"] = "UNIQUE"
    type: Literal["number", "string"] = "number"


class Let(Frozen):
    """A formula with a name, so that others can say it shortly."""

    kind: Literal["let"] = "let"
    name: Name
    value: Expression
    type: Literal["number", "string", "boolean"] = "number"


Lookup: TypeAlias = Annotated[Bands | Matrix | DecisionTable | Let, Field(discriminator="kind")]


class Season(Frozen):
    """A value that starts and reverts by itself (寒暑假), or while a watched condition over facts holds."""

    window: Window
    value: Number


class Parameter(Frozen):
    """A number with a name. `value` None: nothing applies outside the seasons, and a call that needs it is refused."""

    text: Label | None = None
    value: Number | None = None
    seasons: tuple[Season, ...] = Field(default=(), max_length=500)
    limits: Limits | None = None
