"""An expression with its names replaced by what they were, and every name that was itself found told below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from shuniu.core import feel
from shuniu.core.feel.tree import If, Literal, Name, Origin, child_names
from shuniu.core.feel.tree import Node as Tree
from shuniu.core.settlement.context import AMOUNT, EARNED, QUANTITY, RUNNING, Context
from shuniu.core.settlement.plan import Let
from shuniu.core.settlement.telling.nodes import Node, money, percent
from shuniu.core.settlement.words import Label

SIMPLE = (Decimal, str, bool, type(None))
MAX_DEPTH = 8
OWN_NAMES = frozenset({AMOUNT, QUANTITY, RUNNING})


def formula_node(context: Context, text: str, label: Label, place: str, depth: int = 0) -> Node:
    """The value of an expression with the way to it."""
    value = context.number(text, place)
    if text in context.plan.constants:
        return Node("formula", label, Label(zh=money(value)), value)
    names = context.plan.names[text]
    values = {name: context.value(name) for name in names}
    with_values = filled_in(context.plan.programs[text].tree, values)
    return Node(
        "formula",
        label,
        Label(zh=f"{spoken(with_values)} = {money(value)}"),
        value,
        rule=text,
        facts=tuple((name, values[name]) for name in names if is_plain(name, context)),
        children=tuple(name_nodes(context, names, depth)),
    )


def is_plain(name: str, context: Context) -> bool:
    return name in OWN_NAMES or name not in context.plan.resolvers


def name_nodes(context: Context, names: tuple[str, ...], depth: int) -> list[Node]:
    """A node for every parameter, lookup or other component that an expression used."""
    found = []
    for name in names:
        if not is_plain(name, context) and depth < MAX_DEPTH:
            value = context.value(name)
            number = value if isinstance(value, Decimal) else Decimal(0)
            found.append(name_node(context, name, value, number, depth))
    return found


def name_node(context: Context, name: str, value: Any, number: Decimal, depth: int) -> Node:
    document = context.plan.document
    label = Label(zh=name)
    lookup = next((each for each in document.lookups if each.name == name), None)
    if isinstance(lookup, Let) and isinstance(value, Decimal):
        return replace(formula_node(context, lookup.value, label, f"lookups.{name}", depth + 1), kind="name")
    if lookup is not None:
        of = asked_by(lookup)
        facts = tuple((text, context.evaluate(text)) for text in of)
        return Node(
            "name", label, Label(zh=f"{name} = {shown(value)}"), number, rule=lookup.kind, facts=facts
        )
    if name.startswith(EARNED):
        component = document.component(name.removeprefix(EARNED))
        return Node("name", component.name, Label(zh=money(number)), number)
    text = document.parameters[name].text or label
    return Node("name", text, Label(zh=f"{name} = {shown(value)}"), number)


def asked_by(lookup: Any) -> tuple[str, ...]:
    """The expressions a table looks at."""
    if lookup.kind == "bands":
        return (lookup.of,)
    if lookup.kind == "matrix":
        return tuple(dimension.of for dimension in lookup.dimensions)
    return tuple(lookup.inputs)


def shown(value: Any) -> str:
    return percent(value) if isinstance(value, Decimal) and abs(value) < 1 else str(value)


def filled_in(tree: Tree, values: Mapping[str, Any]) -> Tree:
    """The tree with the names' values in their places; of a choice only the branch taken."""
    if isinstance(tree, Name) and tree.origin is Origin.INPUT and isinstance(values.get(tree.name), SIMPLE):
        return Literal(values[tree.name], pos=tree.pos, type=tree.type)
    parts: dict[str, Any] = {}
    for name in child_names(type(tree)):
        part = getattr(tree, name)
        if isinstance(part, Tree):
            parts[name] = filled_in(part, values)
        elif isinstance(part, tuple) and any(isinstance(each, Tree) for each in part):
            parts[name] = tuple(filled_in(each, values) if isinstance(each, Tree) else each for each in part)
    filled = replace(tree, **parts) if parts else tree
    if isinstance(filled, If):
        is_taken = feel.Program("", filled.condition, {}).evaluate({})
        return filled.then if is_taken is True else filled.otherwise
    return filled


def spoken(tree: Tree) -> str:
    return feel.print_tree(tree).replace(" * ", " × ").replace(" / ", " ÷ ").replace(" - ", " − ")
