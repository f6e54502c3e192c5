"""The typed tree of an expression: frozen nodes with the place they came from and their static type.

Two trees are equal when they mean the same: `pos` (characters from the start of the text) and `type` do not
count. Every consumer — closures, SQL, JSON, the visual builder, the printer — reads these nodes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any

from shuniu.core.feel.types import ANY, Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    pos: int = field(default=0, compare=False)
    type: Type = field(default=ANY, compare=False)


class Origin(Enum):
    """Where a name finds its value."""

    INPUT = "input"  # a declared name: the context given to evaluate
    LOCAL = "local"  # an iterator, a parameter, an earlier entry of a context literal, `item`, `partial`
    FIELD = "field"  # a field of the item that the nearest enclosing filter which has it looks at
    BUILTIN = "builtin"  # a standard function
    UNKNOWN = "unknown"  # not declared: a field of a filtered item if it has one, else null


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """null, a boolean, Decimal, str, or a value of `temporal` written as @"…"."""

    value: Any


@dataclass(frozen=True, slots=True)
class Name(Node):
    name: str
    origin: Origin = field(default=Origin.INPUT, compare=False)


@dataclass(frozen=True, slots=True)
class Input(Node):
    """`?`: the value that a unary test looks at."""


@dataclass(frozen=True, slots=True)
class Path(Node):
    base: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`base[condition]`: the items for which the condition is true, or the item at a number."""

    base: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call by position, or by name where `names` is as long as `args`."""

    function: Node
    args: tuple[Node, ...]
    names: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Negate(Node):
    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`op` is one of + - * / **."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`op` is one of = != < <= > >=."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`value in test` or `value in (test, …)`; each test as in `UnaryTests`."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And(Node):
    """Two or more conditions; a chain without parentheses is one node."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iterator(Node):
    """`name in source`, or `name in source..end` where `end` is given."""

    name: str
    source: Node
    end: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some` or `every` … satisfies."""

    every: bool
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry(Node):
    name: str
    value: Node


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral(Node):
    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class UnaryCompare(Node):
    """`< 5`: a test in unary tests; by itself the range of all values below 5. `op` as in `Compare`."""

    op: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Param(Node):
    name: str
    declared: Type | None = None


@dataclass(frozen=True, slots=True)
class FunctionLiteral(Node):
    """`function(params) body`; an `external` one has no value here and evaluates to null."""

    params: tuple[Param, ...]
    body: Node
    external: bool = False


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`asked` is None where the type is not known by name: then the value is null."""

    value: Node
    asked: Type | None
    written: str


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """The tests of one cell of a decision table: `-` is no tests at all, `not(…)` is negated.

    Each test is a `UnaryCompare`, a range, or any expression (its value is compared with the input, looked
    for in it when it is a list, or taken as the answer when it mentions `?` and is a boolean).
    """

    tests: tuple[Node, ...]
    negated: bool = False


_PARTS: dict[type[Node], tuple[str, ...]] = {}


def child_names(kind: type[Node]) -> tuple[str, ...]:
    """The names of a node's own fields: all but the place and the type."""
    names = _PARTS.get(kind)
    if names is None:
        names = _PARTS[kind] = tuple(f.name for f in fields(kind) if f.name not in ("pos", "type"))
    return names


def children(node: Node) -> list[Node]:
    """The nodes directly below, in the order of the text."""
    below: list[Node] = []
    for name in child_names(type(node)):
        value = getattr(node, name)
        if isinstance(value, Node):
            below.append(value)
        elif isinstance(value, tuple):
            below.extend(part for part in value if isinstance(part, Node))
    return below


def walk(node: Node) -> list[Node]:
    """The node and all below it, parents first; without recursion."""
    found, waiting = [], [node]
    while waiting:
        here = waiting.pop()
        found.append(here)
        waiting.extend(reversed(children(here)))
    return found
