"""A compiled expression: its tree and, made from it, the closure that evaluates it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shuniu.core.feel.names import Scope
from shuniu.core.feel.parse_types import as_type
from shuniu.core.feel.parser import parse_expression, parse_tests
from shuniu.core.feel.tree import Node, Origin, UnaryTests
from shuniu.core.feel.types import Declared, Type


class Program:
    """What `compile` and `compile_tests` give."""

    __slots__ = ("names", "text", "tree")

    def __init__(self, text: str, tree: Node, names: Mapping[str, Type]) -> None:
        self.text = text
        self.tree = tree
        self.names = names

    @property
    def type(self) -> Type:
        return self.tree.type

    def evaluate(self, context: Mapping[str, Any], now: Any = None, calendar: Any = None) -> Any:
        raise NotImplementedError


def compile(
    text: str,
    names: Mapping[str, Declared] | None = None,
    *,
    strict: bool = True,
    types: Mapping[str, Type] | None = None,
) -> Program:
    """Parses an expression over declared names; FeelError names the place of what is wrong."""
    known = {name: as_type(declared, types) for name, declared in (names or {}).items()}
    tree = parse_expression(text, Scope(known, Origin.INPUT), strict=strict, types=types)
    return Program(text, tree, known)


def compile_tests(
    text: str,
    names: Mapping[str, Declared] | None = None,
    input_type: Declared = "Any",
    *,
    strict: bool = True,
    types: Mapping[str, Type] | None = None,
) -> Program:
    """Parses the unary tests of one cell; `?` and the value tested are of `input_type`."""
    known = {name: as_type(declared, types) for name, declared in (names or {}).items()}
    asked = as_type(input_type, types)
    tree: UnaryTests = parse_tests(text, Scope(known, Origin.INPUT), input_type=asked, strict=strict, types=types)
    return Program(text, tree, known)
