"""The typed tree as text again: canonical spacing, parentheses only where they are needed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shuniu.core.feel.lexer import quote
from shuniu.core.feel.numbers import number_text
from shuniu.core.feel.show import plain_name
from shuniu.core.feel.temporal.text import temporal_text
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
    Iterator,
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

_WHOLE, _OR, _AND, _COMPARE, _ADD, _MULTIPLY, _POWER, _UNARY, _POSTFIX, _ATOM = range(10)
_ARITHMETIC = {"+": _ADD, "-": _ADD, "*": _MULTIPLY, "/": _MULTIPLY, "**": _POWER}


def print_tree(node: Node) -> str:
    """The text of a tree: parsing it with the same names gives the tree again."""
    return _text(node)


def _strength(node: Node) -> int:
    """How tightly the outermost construct of a node binds."""
    if isinstance(node, Arithmetic):
        return _ARITHMETIC[node.op]
    if isinstance(node, If | For | Quantified | FunctionLiteral | UnaryCompare):
        return _WHOLE
    if isinstance(node, Literal) and isinstance(node.value, Decimal) and node.value < 0:
        return _UNARY
    return _STRENGTHS.get(type(node), _ATOM)


_STRENGTHS: dict[type[Node], int] = {
    Or: _OR,
    And: _AND,
    Compare: _COMPARE,
    Between: _COMPARE,
    In: _COMPARE,
    Negate: _UNARY,
    InstanceOf: _POSTFIX,
}


def _at_least(node: Node, strength: int) -> str:
    text = _text(node)
    return text if _strength(node) >= strength else f"({text})"


def literal_text(value: Any) -> str:
    """A constant as FEEL text."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    return quote(value) if isinstance(value, str) else f'@"{temporal_text(value)}"'


def _arithmetic(node: Arithmetic) -> str:
    mine = _ARITHMETIC[node.op]
    return f"{_at_least(node.left, mine)} {node.op} {_at_least(node.right, mine + 1)}"


def _in(node: In) -> str:
    value = _at_least(node.value, _COMPARE)
    if len(node.tests) == 1 and not isinstance(node.tests[0], UnaryCompare):
        return f"{value} in {_at_least(node.tests[0], _ADD)}"
    return f"{value} in ({', '.join(_text(test) for test in node.tests)})"


def _call(node: Call) -> str:
    if node.names is None:
        args = [_text(arg) for arg in node.args]
    else:
        args = [f"{name}: {_text(arg)}" for name, arg in zip(node.names, node.args, strict=True)]
    return f"{_at_least(node.function, _ATOM)}({', '.join(args)})"


def _iterators(iterators: tuple[Iterator, ...]) -> str:
    return ", ".join(
        f"{i.name} in {_text(i.source)}" + (f"..{_text(i.end)}" if i.end else "") for i in iterators
    )


def _key(name: str) -> str:
    """A context key: bare where that reads back as the same name."""
    return name if plain_name(name) else quote(name)


def _range(node: RangeLiteral) -> str:
    opened, closed = "[" if node.low_closed else "(", "]" if node.high_closed else ")"
    return f"{opened}{_text(node.low)}..{_text(node.high)}{closed}"


def _function(node: FunctionLiteral) -> str:
    params = ", ".join(p.name + (f": {p.declared}" if p.declared else "") for p in node.params)
    return f"function({params}) {'external ' if node.external else ''}{_text(node.body)}"


def _tests(node: UnaryTests) -> str:
    tests = ", ".join(_text(test) for test in node.tests) or "-"
    return f"not({tests})" if node.negated else tests


_TEXTS: dict[type[Node], Callable[[Any], str]] = {
    Literal: lambda n: literal_text(n.value),
    Name: lambda n: n.name,
    Input: lambda _: "?",
    Path: lambda n: f"{_at_least(n.base, _POSTFIX + 1)}.{n.name}",
    Filter: lambda n: f"{_at_least(n.base, _POSTFIX + 1)}[{_text(n.condition)}]",
    Call: _call,
    Negate: lambda n: f"-{_at_least(n.operand, _UNARY)}",
    Arithmetic: _arithmetic,
    Compare: lambda n: f"{_at_least(n.left, _COMPARE)} {n.op} {_at_least(n.right, _ADD)}",
    Between: lambda n: (
        f"{_at_least(n.value, _COMPARE)} between {_at_least(n.low, _ADD)} and {_at_least(n.high, _ADD)}"
    ),
    In: _in,
    And: lambda n: " and ".join(_at_least(item, _COMPARE) for item in n.items),
    Or: lambda n: " or ".join(_at_least(item, _AND) for item in n.items),
    If: lambda n: f"if {_text(n.condition)} then {_text(n.then)} else {_text(n.otherwise)}",
    For: lambda n: f"for {_iterators(n.iterators)} return {_text(n.body)}",
    Quantified: lambda n: (
        f"{'every' if n.every else 'some'} {_iterators(n.iterators)} satisfies {_text(n.condition)}"
    ),
    ListLiteral: lambda n: f"[{', '.join(_text(item) for item in n.items)}]",
    ContextLiteral: lambda n: "{" + ", ".join(f"{_key(e.name)}: {_text(e.value)}" for e in n.entries) + "}",
    RangeLiteral: _range,
    UnaryCompare: lambda n: f"{n.op} {_at_least(n.operand, _ADD)}",
    FunctionLiteral: _function,
    InstanceOf: lambda n: f"{_at_least(n.value, _POSTFIX)} instance of {n.asked or n.written}",
    UnaryTests: _tests,
}


def _text(node: Node) -> str:
    return _TEXTS[type(node)](node)
