"""Which function compiles which node."""

from __future__ import annotations

from dataclasses import dataclass

from shuniu.core.feel.closures.calls import call_code, context_code, function_code, list_code
from shuniu.core.feel.closures.compiler import Code, Compiler, Direct, Handler
from shuniu.core.feel.closures.logic import and_code, if_code, or_code
from shuniu.core.feel.closures.loops import filter_code, for_code, quantified_code
from shuniu.core.feel.closures.names import input_node_code, name_code, path_code
from shuniu.core.feel.closures.operators import (
    arithmetic_code,
    between_code,
    compare_code,
    in_code,
    instance_code,
    literal_code,
    negate_code,
    range_code,
    tests_code,
    unary_compare_code,
)
from shuniu.core.feel.tree import (
    And,
    Arithmetic,
    Between,
    Call,
    Compare,
    ContextLiteral,
    Filter,
    For,
    FunctionLiteral,
    If,
    In,
    Input,
    InstanceOf,
    ListLiteral,
    Literal,
    Name,
    Negate,
    Node,
    Or,
    Path,
    Quantified,
    RangeLiteral,
    UnaryCompare,
    UnaryTests,
)
from shuniu.core.feel.values import Value

_HANDLERS: dict[type[Node], Handler] = {
    And: and_code,
    Arithmetic: arithmetic_code,
    Between: between_code,
    Call: call_code,
    Compare: compare_code,
    ContextLiteral: context_code,
    Filter: filter_code,
    For: for_code,
    FunctionLiteral: function_code,
    If: if_code,
    In: in_code,
    Input: input_node_code,
    InstanceOf: instance_code,
    ListLiteral: list_code,
    Literal: literal_code,
    Name: name_code,
    Negate: negate_code,
    Or: or_code,
    Path: path_code,
    Quantified: quantified_code,
    RangeLiteral: range_code,
    UnaryCompare: unary_compare_code,
    UnaryTests: tests_code,
}


@dataclass(frozen=True, slots=True)
class Compiled:
    """The closure of a tree, the size of the frame it needs, and a faster closure where it needs none."""

    code: Code
    slots: int
    direct: Direct | None


def compiled(tree: Node, *, trusted: bool) -> Compiled:
    compiler = Compiler(_HANDLERS, trusted=trusted)
    code = compiler.code(tree)
    _, direct = compiler.direct.get(id(code), (code, None))
    return Compiled(code, compiler.slots, direct)


def constant_value(tree: Node) -> Value:
    """The value of a tree that depends on nothing; None where it depends on something, or is null."""
    compiler = Compiler(_HANDLERS, trusted=True)
    code = compiler.code(tree)
    return compiler.value_of(code) if compiler.is_constant(code) else None
