"""Rules as the visual builder draws them (the tree of react-querybuilder) and the same rules as FEEL.

A group is `{"combinator": "and" | "or", "not": bool, "rules": [...]}`, a rule `{"field", "operator", "value",
"valueSource"?: "value" | "field"}`. Numbers travel as strings. What a builder cannot draw stays text.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shuniu.core.feel import tree as t
from shuniu.core.feel.errors import FeelError, nearest
from shuniu.core.feel.lexer import name_parts
from shuniu.core.feel.numbers import number_text, read_number
from shuniu.core.feel.printer import print_tree
from shuniu.core.feel.temporal.text import read_date, read_date_time, read_duration, temporal_text
from shuniu.core.feel.temporal.values import Temporal
from shuniu.core.feel.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    MONTHS_DURATION,
    NUMBER,
    ContextType,
    Type,
)

Group = dict[str, Any]

_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_CALLS = {"contains": "contains", "beginsWith": "starts with", "endsWith": "ends with"}
_NEGATED = {
    "doesNotContain": "contains",
    "doesNotBeginWith": "beginsWith",
    "doesNotEndWith": "endsWith",
    "notIn": "in",
    "notBetween": "between",
}
_POSITIVE = {positive: negative for negative, positive in _NEGATED.items()}
_OPERATOR_OF_CALL = {function: operator for operator, function in _CALLS.items()}
DEPTH_MAX = 20


def _broken(zh: str, en: str) -> FeelError:
    return FeelError(zh, en, code="builder")


def from_builder(group: Mapping[str, Any], names: Mapping[str, Type]) -> str:
    """The FEEL text of a drawn rule; `names` gives the type of each field (fields of contexts by dotted name)."""
    return print_tree(_group(group, names, 0))


def _group(group: Mapping[str, Any], names: Mapping[str, Type], depth: int) -> t.Node:
    if depth > DEPTH_MAX:
        raise _broken(f"条件嵌套超过 {DEPTH_MAX} 层", f"groups nested more than {DEPTH_MAX} deep")
    combinator = group.get("combinator", "and")
    if combinator not in ("and", "or"):
        raise _broken(f"不支持的组合方式‘{combinator}’", f"unknown combinator '{combinator}'")
    items = tuple(
        _group(rule, names, depth + 1) if "rules" in rule else _rule(rule, names)
        for rule in group.get("rules", ())
    )
    if not items:
        # a group without rules asks for nothing
        inner: t.Node = t.Literal(value=True)
    elif len(items) == 1:
        inner = items[0]
    else:
        inner = t.And(items=items) if combinator == "and" else t.Or(items=items)
    return _not(inner) if group.get("not") else inner


def _call(function: str, *args: t.Node) -> t.Node:
    return t.Call(function=t.Name(name=function, origin=t.Origin.BUILTIN), args=args)


def _not(inner: t.Node) -> t.Node:
    return _call("not", inner)


def _rule(rule: Mapping[str, Any], names: Mapping[str, Type]) -> t.Node:
    field, operator = str(rule.get("field", "")), str(rule.get("operator", ""))
    kind = field_type(field, names)
    if kind is None:
        guess = nearest(field, names)
        zh, en = (f",是否想写‘{guess}’?", f"; did you mean '{guess}'?") if guess else ("", "")
        raise _broken(f"没有‘{field}’这个字段{zh}", f"there is no field '{field}'{en}")
    subject = _path(field)
    if operator in _NEGATED:
        return _not(_positive(_NEGATED[operator], subject, rule, kind, names))
    return _positive(operator, subject, rule, kind, names)


def _positive(
    operator: str, subject: t.Node, rule: Mapping[str, Any], kind: Type, names: Mapping[str, Type]
) -> t.Node:
    if operator in ("null", "notNull"):
        return t.Compare(op="=" if operator == "null" else "!=", left=subject, right=t.Literal(value=None))
    if operator in ("in", "between"):
        values = [_value(value, kind) for value in _listed(rule.get("value"))]
        if operator == "in" and values:
            return t.In(value=subject, tests=tuple(values))
        if operator == "between" and len(values) == 2:
            return t.Between(value=subject, low=values[0], high=values[1])
        raise _broken(f"‘{rule['field']}’的取值不完整", f"the values of '{rule['field']}' are not complete")
    other = _other(rule, kind, names)
    if operator in _CALLS:
        return _call(_CALLS[operator], subject, other)
    if operator in _COMPARISONS:
        return t.Compare(op=operator, left=subject, right=other)
    raise _broken(f"不支持的比较方式‘{operator}’", f"unknown operator '{operator}'")


def _other(rule: Mapping[str, Any], kind: Type, names: Mapping[str, Type]) -> t.Node:
    if rule.get("valueSource") != "field":
        return _value(rule.get("value"), kind)
    other = str(rule.get("value", ""))
    if field_type(other, names) is None:
        raise _broken(f"没有‘{other}’这个字段", f"there is no field '{other}'")
    return _path(other)


def _listed(value: Any) -> list[Any]:
    """react-querybuilder gives several values as a list or as one text with commas."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return list(value) if isinstance(value, list | tuple) else []


def _value(value: Any, kind: Type) -> t.Node:
    if kind == BOOLEAN and (isinstance(value, bool) or value in ("true", "false")):
        return t.Literal(value=value is True or value == "true")
    text = number_text(value) if isinstance(value, Decimal) else str("" if value is None else value)
    found: Any = text
    if kind == NUMBER:
        found = read_number(text.strip()) if not isinstance(value, bool) else None
    elif kind == DATE:
        found = read_date(text)
    elif kind == DATE_TIME:
        found = read_date_time(text)
    elif kind in (DAYS_DURATION, MONTHS_DURATION):
        found = read_duration(text)
    elif kind == BOOLEAN:
        found = None
    if found is None or (isinstance(found, Decimal) and not found.is_finite()):
        raise _broken(f"‘{text}’不是 {kind} 的值", f"'{text}' is not a value of type {kind}")
    return t.Literal(value=found)


def field_type(field: str, names: Mapping[str, Type]) -> Type | None:
    """The type of a field, by its whole name or by its path through declared contexts."""
    if field in names:
        return names[field]
    first, dot, rest = field.partition(".")
    base: Type | None = names.get(first)
    while dot and isinstance(base, ContextType):
        found = base.field(rest)
        if found is not None:
            return found
        first, dot, rest = rest.partition(".")
        base = base.field(first)
    return None


def _path(field: str) -> t.Node:
    if not all(name_parts(part) for part in field.split(".")):
        raise _broken(f"‘{field}’不能作为名字", f"'{field}' cannot be a name")
    first, *rest = field.split(".")
    node: t.Node = t.Name(name=first)
    for part in rest:
        node = t.Path(base=node, name=part)
    return node


def to_builder(node: t.Node) -> Group | None:
    """The drawn form of an expression, a group at the top; None where the builder cannot draw it."""
    drawn = _drawn_group(node)
    if drawn is None:
        rule = _drawn_rule(node)
        return None if rule is None else {"combinator": "and", "not": False, "rules": [rule]}
    return drawn


def _drawn_group(node: t.Node) -> Group | None:
    if isinstance(node, t.Literal) and node.value is True:
        return {"combinator": "and", "not": False, "rules": []}
    negated = _negated(node)
    if negated is not None:
        inner = _drawn_group(negated)
        if inner is not None and not inner["not"]:
            return {**inner, "not": True}
        rule = _drawn_rule(negated) if inner is None and _drawn_rule(node) is None else None
        return None if rule is None else {"combinator": "and", "not": True, "rules": [rule]}
    if not isinstance(node, t.And | t.Or):
        return None
    rules = [_drawn_group(item) or _drawn_rule(item) for item in node.items]
    if any(rule is None for rule in rules):
        return None
    return {"combinator": "and" if isinstance(node, t.And) else "or", "not": False, "rules": rules}


def _negated(node: t.Node) -> t.Node | None:
    """What stands in `not(…)`."""
    if not isinstance(node, t.Call) or node.names or len(node.args) != 1 or _function(node) != "not":
        return None
    return node.args[0]


def _function(node: t.Call) -> str | None:
    function = node.function
    if isinstance(function, t.Name) and function.origin is t.Origin.BUILTIN:
        return function.name
    return None


def _drawn_rule(node: t.Node) -> dict[str, Any] | None:
    negated = _negated(node)
    if negated is not None:
        rule = _drawn_rule(negated)
        if rule is None or rule["operator"] not in _POSITIVE:
            return None
        return {**rule, "operator": _POSITIVE[rule["operator"]]}
    if isinstance(node, t.Compare):
        return _drawn_comparison(node)
    if isinstance(node, t.Between):
        return _drawn_values(node.value, "between", (node.low, node.high))
    if isinstance(node, t.In):
        return _drawn_values(node.value, "in", node.tests)
    if isinstance(node, t.Call) and len(node.args) == 2 and not node.names:
        operator = _OPERATOR_OF_CALL.get(_function(node) or "")
        return _drawn(node.args[0], operator, node.args[1]) if operator else None
    return None


def _drawn_comparison(node: t.Compare) -> dict[str, Any] | None:
    if isinstance(node.right, t.Literal) and node.right.value is None and node.op in ("=", "!="):
        field = _field(node.left)
        operator = "null" if node.op == "=" else "notNull"
        return {"field": field, "operator": operator, "value": None} if field else None
    return _drawn(node.left, node.op, node.right) or _drawn(node.right, _MIRRORED[node.op], node.left)


def _drawn(left: t.Node, operator: str, right: t.Node) -> dict[str, Any] | None:
    field = _field(left)
    if field is None:
        return None
    other = _field(right)
    if other is not None:
        return {"field": field, "operator": operator, "value": other, "valueSource": "field"}
    value = _constant(right)
    return None if value is None else {"field": field, "operator": operator, "value": value}


def _drawn_values(value: t.Node, operator: str, tests: tuple[t.Node, ...]) -> dict[str, Any] | None:
    field, values = _field(value), [_constant(test) for test in tests]
    if field is None or any(found is None for found in values):
        return None
    return {"field": field, "operator": operator, "value": values}


def _field(node: t.Node) -> str | None:
    parts: list[str] = []
    while isinstance(node, t.Path):
        parts.append(node.name)
        node = node.base
    if not isinstance(node, t.Name) or node.origin is not t.Origin.INPUT:
        return None
    return ".".join([node.name, *reversed(parts)])


def _constant(node: t.Node) -> Any:
    """The value as the builder keeps it: text, except booleans; None for anything that is not a constant."""
    if isinstance(node, t.Negate) and isinstance(node.operand, t.Literal):
        inner = node.operand.value
        return f"-{number_text(inner)}" if isinstance(inner, Decimal) else None
    if not isinstance(node, t.Literal) or node.value is None:
        return None
    value = node.value
    if isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return number_text(value)
    return temporal_text(value) if isinstance(value, Temporal) else None
