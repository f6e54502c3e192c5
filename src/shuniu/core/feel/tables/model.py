"""A decision table as it is written: texts, before anything is compiled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from shuniu.core.feel.types import ANY, Type


class HitPolicy(Enum):
    """Which of the rules that match give the result."""

    UNIQUE = "UNIQUE"  # the only one; null when several match
    FIRST = "FIRST"  # the first in the order of the table
    PRIORITY = "PRIORITY"  # the one whose output stands first among the allowed outputs
    ANY = "ANY"  # any, since they agree; null when they do not
    COLLECT = "COLLECT"  # all, as a list or aggregated
    RULE_ORDER = "RULE ORDER"  # all, in the order of the table
    OUTPUT_ORDER = "OUTPUT ORDER"  # all, in the order of the allowed outputs


class Aggregation(Enum):
    """What COLLECT makes of the outputs of all rules that match."""

    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True, slots=True)
class Input:
    """A column to test. `allowed` are unary tests: any other value gives null."""

    expression: str
    type: Type = ANY
    allowed: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A result column. `allowed` in order of priority; `default` where no rule matches. A table with one
    output gives its value, with several a context by their names.
    """

    name: str | None = None
    type: Type = ANY
    allowed: str | None = None
    default: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One test text per input (`-` for any value), one expression per output."""

    tests: tuple[str, ...]
    outputs: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    hit_policy: HitPolicy = HitPolicy.UNIQUE
    aggregation: Aggregation | None = None
