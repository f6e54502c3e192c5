"""The typed tree as JSON, for the browser: it runs the tree, it never parses text.

Every node is `{"k": kind, "t": static type, …fields}`; lists of nodes are arrays; a `Filter` has also the
`fields` of its items, and whether they are `open`. Constants are null, booleans,
`{"n": "12.5"}` for numbers, `{"s": "…"}` for strings and `{"@": "2026-11-22"}` for temporal values.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Any

from shuniu.core.feel.numbers import number_text
from shuniu.core.feel.temporal.text import temporal_text
from shuniu.core.feel.tree import Filter, Literal, Node, child_names
from shuniu.core.feel.types import ANY, ContextType, Type, item_type

VERSION = 1


def tree_json(node: Node) -> dict[str, Any]:
    """A whole program: its version and its tree."""
    return {"feel": VERSION, "tree": _node(node)}


def _node(node: Node) -> dict[str, Any]:
    json: dict[str, Any] = {"k": type(node).__name__, "t": str(node.type)}
    if isinstance(node, Literal):
        return {**json, "value": constant_json(node.value)}
    for name in child_names(type(node)):
        json[name] = _field(getattr(node, name))
    return json | _fields(node) if isinstance(node, Filter) else json


def _fields(node: Filter) -> dict[str, Any]:
    """The fields its items are known to have, and whether they may have others: what bare names may mean."""
    of = item_type(node.base.type)
    if isinstance(of, ContextType):
        return {"fields": [name for name, _ in of.fields], "open": of.is_open}
    return {"fields": [], "open": of == ANY}


def _field(value: Any) -> Any:
    if isinstance(value, Node):
        return _node(value)
    if isinstance(value, tuple):
        return [_field(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Type) else value


def constant_json(value: Any) -> Any:
    """A constant so that no digit is lost on the way through JavaScript."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return {"n": number_text(value)}
    return {"s": value} if isinstance(value, str) else {"@": temporal_text(value)}
