"""What the caller declares of its tables, and what it gets back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """Where a name's value stands: an SQL expression of a fitting type.

    numeric for number, text for string, boolean, date, timestamptz for date and time. `digits` bounds a number's
    digits before and after the point (an integer column: (19, 0)); arithmetic that stays within FEEL's 34 digits
    then needs no rounding.
    """

    sql: str
    nullable: bool = True
    digits: tuple[int, int] = (24, 10)


@dataclass(frozen=True, slots=True)
class Child:
    """A list of contexts that is a table of its own: `some 行 in 订单行 satisfies 行.金额 > 100`.

    `table` is what stands after FROM (with its alias), `link` the condition that ties its rows to the outer row.
    """

    table: str
    link: str
    columns: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Sql:
    """An SQL expression with named parameters (`%(p1)s`; `%(now)s` is the caller's moment, a timestamptz)."""

    text: str
    params: Mapping[str, Any] = field(default_factory=dict)
    needs_now: bool = False
