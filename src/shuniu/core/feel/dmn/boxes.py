"""Boxed expressions of a model, from XML."""

from __future__ import annotations

from collections.abc import Callable

from shuniu.core.feel.dmn.model import (
    Box,
    ConditionalBox,
    ContextBox,
    FilterBox,
    FunctionBox,
    InvocationBox,
    IteratorBox,
    ListBox,
    RelationBox,
    TableBox,
    TextBox,
)
from shuniu.core.feel.dmn.xml import Element
from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.tables.model import Aggregation, HitPolicy, Input, Output, Rule, Table


def read_box(element: Element | None) -> Box | None:
    """The first expression directly below an element."""
    if element is None:
        return None
    return next((_BOXES[child.tag](child) for child in element.children if child.tag in _BOXES), None)


def _literal(element: Element) -> Box:
    return TextBox((element.text_of("text") or "null"), type_ref=element.get("typeRef"))


def _invocation(element: Element) -> Box:
    bindings = []
    for binding in element.all("binding"):
        parameter = binding.first("parameter")
        bindings.append(((parameter.get("name") if parameter else None) or "", read_box(binding)))
    function = read_box(element) or TextBox("null")
    return InvocationBox(function, tuple(bindings), type_ref=element.get("typeRef"))


def _context(element: Element) -> Box:
    entries = []
    for entry in element.all("contextEntry"):
        variable = entry.first("variable")
        name = variable.get("name") if variable else None
        entries.append((name, variable.get("typeRef") if variable else None, read_box(entry)))
    return ContextBox(tuple(entries), type_ref=element.get("typeRef"))


def _items(element: Element) -> tuple[Box, ...]:
    return tuple(_BOXES[child.tag](child) for child in element.children if child.tag in _BOXES)


def _list(element: Element) -> Box:
    return ListBox(_items(element), type_ref=element.get("typeRef"))


def _relation(element: Element) -> Box:
    columns = tuple((column.get("name") or "", column.get("typeRef")) for column in element.all("column"))
    rows = tuple(_items(row) for row in element.all("row"))
    return RelationBox(columns, rows, type_ref=element.get("typeRef"))


def read_function(element: Element) -> FunctionBox:
    params = tuple(
        (param.get("name") or "", param.get("typeRef")) for param in element.all("formalParameter")
    )
    is_feel = (element.get("kind") or "FEEL") == "FEEL"
    return FunctionBox(params, read_box(element), is_feel, type_ref=element.get("typeRef"))


def _conditional(element: Element) -> Box:
    condition, then, otherwise = (read_box(element.first(tag)) for tag in ("if", "then", "else"))
    return ConditionalBox(condition, then, otherwise, type_ref=element.get("typeRef"))


def _filter(element: Element) -> Box:
    source, match = read_box(element.first("in")), read_box(element.first("match"))
    return FilterBox(source, match, type_ref=element.get("typeRef"))


def _iterator(element: Element) -> Box:
    body = read_box(element.first("return", "satisfies"))
    variable = element.get("iteratorVariable") or ""
    source = read_box(element.first("in"))
    return IteratorBox(element.tag, variable, source, body, type_ref=element.get("typeRef"))


def _policy(element: Element) -> HitPolicy:
    written = element.get("hitPolicy") or "UNIQUE"
    try:
        return HitPolicy(written)
    except ValueError:
        raise FeelError(
            f"没有命中策略‘{written}’", f"there is no hit policy '{written}'", code="dmn"
        ) from None


def _table(element: Element) -> Box:
    inputs, input_types = [], []
    for column in element.all("input"):
        expression = column.first("inputExpression")
        text = column.text_of("inputExpression") or "null"
        input_types.append(expression.get("typeRef") if expression else None)
        inputs.append(Input(text, allowed=column.text_of("inputValues"), label=column.get("label")))
    outputs, output_types = [], []
    for column in element.all("output"):
        output_types.append(column.get("typeRef"))
        outputs.append(
            Output(
                column.get("name"),
                allowed=column.text_of("outputValues"),
                default=column.text_of("defaultOutputEntry"),
                label=column.get("label"),
            )
        )
    rules = tuple(
        Rule(
            tuple(entry.text_of("text") or "-" for entry in rule.all("inputEntry")),
            tuple(entry.text_of("text") or "null" for entry in rule.all("outputEntry")),
            rule.text_of("description"),
        )
        for rule in element.all("rule")
    )
    aggregation = element.get("aggregation")
    table = Table(
        tuple(inputs),
        tuple(outputs),
        rules,
        _policy(element),
        Aggregation(aggregation) if aggregation else None,
    )
    return TableBox(table, tuple(input_types), tuple(output_types), type_ref=element.get("typeRef"))


_BOXES: dict[str, Callable[[Element], Box]] = {
    "literalExpression": _literal,
    "invocation": _invocation,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "functionDefinition": read_function,
    "decisionTable": _table,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iterator,
    "some": _iterator,
    "every": _iterator,
}
