"""Decision tables to and from DMN XML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from shuniu.core.feel.dmn.items import Items
from shuniu.core.feel.dmn.model import Decision, TableBox
from shuniu.core.feel.dmn.read import read_model
from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.program import compile_expression
from shuniu.core.feel.tables.model import Input, Output, Rule, Table
from shuniu.core.feel.tree import Name, Origin, walk
from shuniu.core.feel.types import ANY, Declared, Scalar, Type

_SPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def _attributes(**given: str | None) -> str:
    return "".join(
        f" {name}={quoteattr(_checked(value))}" for name, value in given.items() if value is not None
    )


def _checked(text: str) -> str:
    """The text, if XML can carry it."""
    bad = next((char for char in text if char < " " and char not in "\t\n\r"), None)
    if bad is not None:
        raise FeelError(f"XML 不能有字符 U+{ord(bad):04X}", f"XML cannot carry U+{ord(bad):04X}", code="xml")
    return text


def _text(tag: str, text: str | None, indent: str, **attributes: str | None) -> str:
    if text is None:
        return ""
    inner = escape(_checked(text))
    return f"{indent}<{tag}{_attributes(**attributes)}><text>{inner}</text></{tag}>\n"


def _type_ref(of: Type) -> str | None:
    return of.name if isinstance(of, Scalar) else None


def _input(column: Input, number: int) -> str:
    return (
        f"      <input{_attributes(id=f'input_{number}', label=column.label)}>\n"
        + _text("inputExpression", column.expression, "        ", typeRef=_type_ref(column.type))
        + _text("inputValues", column.allowed, "        ")
        + "      </input>\n"
    )


def _output(column: Output, number: int) -> str:
    attributes = _attributes(
        id=f"output_{number}", name=column.name, label=column.label, typeRef=_type_ref(column.type)
    )
    inner = _text("outputValues", column.allowed, "        ") + _text(
        "defaultOutputEntry", column.default, "        "
    )
    return f"      <output{attributes}>\n{inner}      </output>\n"


def _rule(rule: Rule, number: int) -> str:
    note = (
        f"        <description>{escape(_checked(rule.note))}</description>\n" if rule.note is not None else ""
    )
    tests = "".join(_text("inputEntry", text, "        ") for text in rule.tests)
    outputs = "".join(_text("outputEntry", text, "        ") for text in rule.outputs)
    return f"      <rule{_attributes(id=f'rule_{number}')}>\n{note}{tests}{outputs}      </rule>\n"


def _inputs_needed(table: Table, names: Mapping[str, Declared]) -> list[str]:
    """The names that the table's input expressions read."""
    needed: list[str] = []
    for column in table.inputs:
        tree = compile_expression(column.expression, names, strict=False).tree
        needed.extend(
            node.name
            for node in walk(tree)
            if isinstance(node, Name) and node.origin in (Origin.INPUT, Origin.UNKNOWN)
        )
    return list(dict.fromkeys(needed))


def write_table(
    table: Table,
    *,
    name: str,
    namespace: str = "urn:shuniu:table",
    names: Mapping[str, Declared] | None = None,
) -> bytes:
    """A DMN 1.5 model with one decision, `name`, whose logic is the table.

    Every name that the input expressions read becomes input data; `names` declares those of several words.
    """
    needed = _inputs_needed(table, names or {})
    data = "".join(
        f"  <inputData{_attributes(id=f'data_{at}', name=wanted)}>"
        f"<variable{_attributes(name=wanted)}/></inputData>\n"
        for at, wanted in enumerate(needed, 1)
    )
    requirements = "".join(
        f'    <informationRequirement><requiredInput href="#data_{at}"/></informationRequirement>\n'
        for at in range(1, len(needed) + 1)
    )
    aggregation = table.aggregation.value if table.aggregation else None
    policy = _attributes(hitPolicy=table.hit_policy.value, aggregation=aggregation)
    columns = "".join(_input(column, at) for at, column in enumerate(table.inputs, 1))
    outputs = "".join(_output(column, at) for at, column in enumerate(table.outputs, 1))
    rules = "".join(_rule(rule, at) for at, rule in enumerate(table.rules, 1))
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<definitions xmlns="{_SPACE}"{_attributes(namespace=namespace, name=name, id="definitions")}>\n'
        f"{data}"
        f"  <decision{_attributes(id='decision', name=name)}>\n"
        f"    <variable{_attributes(name=name)}/>\n{requirements}"
        f"    <decisionTable{policy}>\n{columns}{outputs}{rules}    </decisionTable>\n"
        "  </decision>\n</definitions>\n"
    )
    return xml.encode()


def read_table(data: bytes, *, decision: str | None = None) -> tuple[str, Table]:
    """The table of a DMN file with its decision's name: of `decision`, or the first decision that is a table."""
    definitions = read_model(data)
    items = Items()
    items.add(definitions)
    for part in definitions.parts:
        if (
            isinstance(part, Decision)
            and isinstance(part.expression, TableBox)
            and decision in (None, part.name)
        ):
            return part.name, _typed(part.expression, items)
    raise FeelError("文件里没有这个决策表", "the file has no such decision table", code="dmn")


def _typed(box: TableBox, items: Items) -> Table:
    inputs = tuple(
        replace(column, type=_scalar(items.type_of(ref)))
        for column, ref in zip(box.table.inputs, box.input_types, strict=True)
    )
    outputs = tuple(
        replace(column, type=_scalar(items.type_of(ref)))
        for column, ref in zip(box.table.outputs, box.output_types, strict=True)
    )
    return replace(box.table, inputs=inputs, outputs=outputs)


def _scalar(of: Type) -> Type:
    return of if isinstance(of, Scalar) else ANY
