"""DMN models for tests, written in a few words: each function gives the XML of one element."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from shuniu.core.feel.dmn.run import Model
from shuniu.core.feel.jsonform import json_text, read_json

_HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="http://x" name="m">'
_REQUIRED = {
    "decision": ("informationRequirement", "requiredDecision"),
    "input": ("informationRequirement", "requiredInput"),
    "knowledge": ("knowledgeRequirement", "requiredKnowledge"),
}
Needs = Sequence[tuple[str, str]]


def model(*elements: str) -> Model:
    return Model.from_xml(f"{_HEAD}{''.join(elements)}</definitions>".encode())


def decided(made: Model, name: str, context: dict[str, Any] | None = None) -> str:
    """The value of a decision as the command prints it; dates in the context are `{"@": …}`."""
    return json_text(made.decide(name, read_json(json.dumps(context or {}))))


def _typed(ref: str | None) -> str:
    return f' typeRef="{escape(ref)}"' if ref else ""


def literal(text: str, ref: str | None = None) -> str:
    return f"<literalExpression{_typed(ref)}><text>{escape(text)}</text></literalExpression>"


def decision(name: str, expression: str, ref: str | None = None, needs: Needs = ()) -> str:
    requirements = "".join(
        f'<{_REQUIRED[kind][0]}><{_REQUIRED[kind][1]} href="#{id_}"/></{_REQUIRED[kind][0]}>'
        for kind, id_ in needs
    )
    variable = f'<variable name="{name}"{_typed(ref)}/>'
    return f'<decision id="{name}" name="{name}">{variable}{requirements}{expression}</decision>'


def data(name: str, ref: str | None = None) -> str:
    return f'<inputData id="{name}" name="{name}"><variable name="{name}"{_typed(ref)}/></inputData>'


def knowledge(
    name: str, params: Sequence[tuple[str, str | None]], expression: str, ref: str | None = None
) -> str:
    formal = "".join(f'<formalParameter name="{param}"{_typed(of)}/>' for param, of in params)
    logic = f"<encapsulatedLogic>{formal}{expression}</encapsulatedLogic>"
    variable = f'<variable name="{name}"{_typed(ref)}/>'
    return f'<businessKnowledgeModel id="{name}" name="{name}">{variable}{logic}</businessKnowledgeModel>'


def service(
    name: str, outputs: Sequence[str], decisions: Sequence[str] = (), inputs: Sequence[str] = ()
) -> str:
    parts = [("outputDecision", outputs), ("inputDecision", decisions), ("inputData", inputs)]
    hrefs = "".join(f'<{tag} href="#{id_}"/>' for tag, ids in parts for id_ in ids)
    return f'<decisionService id="{name}" name="{name}"><variable name="{name}"/>{hrefs}</decisionService>'


def invocation(function: str, **bindings: str) -> str:
    bound = "".join(
        f'<binding><parameter name="{name}"/>{literal(text)}</binding>' for name, text in bindings.items()
    )
    return f"<invocation>{literal(function)}{bound}</invocation>"


def context(*entries: tuple[str | None, str] | tuple[str | None, str, str]) -> str:
    """Entries of a name (None: the result), an expression, and perhaps a type."""
    out = ""
    for name, expression, *ref in entries:
        variable = f'<variable name="{name}"{_typed(ref[0] if ref else None)}/>' if name else ""
        out += f"<contextEntry>{variable}{expression}</contextEntry>"
    return f"<context>{out}</context>"


def table(
    inputs: Sequence[str],
    outputs: Sequence[str],
    rules: Sequence[tuple[list[str], list[str]]],
    policy: str = "",
) -> str:
    """Columns as the XML that `column` gives; `policy` as attributes: `hitPolicy="COLLECT"`."""
    rows = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{escape(test)}</text></inputEntry>" for test in tests)
        + "".join(f"<outputEntry><text>{escape(value)}</text></outputEntry>" for value in values)
        + "</rule>"
        for tests, values in rules
    )
    return f"<decisionTable {policy}>{''.join(inputs)}{''.join(outputs)}{rows}</decisionTable>"


def asked(expression: str, ref: str | None = None, allowed: str = "") -> str:
    """An input column."""
    values = f"<inputValues><text>{escape(allowed)}</text></inputValues>" if allowed else ""
    return f"<input><inputExpression{_typed(ref)}><text>{escape(expression)}</text></inputExpression>{values}</input>"


def given(name: str = "", ref: str | None = None, allowed: str = "", default: str = "") -> str:
    """An output column."""
    values = f"<outputValues><text>{escape(allowed)}</text></outputValues>" if allowed else ""
    otherwise = f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
    return f'<output name="{name}"{_typed(ref)}>{values}{otherwise}</output>'
