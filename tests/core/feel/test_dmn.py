"""DMN models beyond tables: requirements, knowledge, types, services, imports; and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from shuniu.core.feel import FeelError
from shuniu.core.feel.dmn.model import Import
from shuniu.core.feel.dmn.run import Model

SPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def model(body: str, *, space: str = SPACE, namespace: str = "urn:test") -> bytes:
    return f'<definitions xmlns="{space}" name="m" namespace="{namespace}">{body}</definitions>'.encode()


def text(expression: str) -> str:
    escaped = expression.replace("&", "&amp;").replace("<", "&lt;")
    return f"<literalExpression><text>{escaped}</text></literalExpression>"


def decision(name: str, logic: str, requires: str = "", type_ref: str = "Any") -> str:
    variable = f'<variable name="{name}" typeRef="{type_ref}"/>'
    return f'<decision id="{name}" name="{name}">{variable}{requires}{logic}</decision>'


def needs(*ids: str, kind: str = "requiredDecision") -> str:
    tag = "knowledgeRequirement" if kind == "requiredKnowledge" else "informationRequirement"
    return "".join(f'<{tag}><{kind} href="#{id_}"/></{tag}>' for id_ in ids)


AMOUNT = '<inputData id="i" name="金额"><variable name="金额" typeRef="number"/></inputData>'
DISCOUNT = (
    '<businessKnowledgeModel id="b" name="折后"><variable name="折后" typeRef="number"/><encapsulatedLogic>'
    '<formalParameter name="价" typeRef="number"/><formalParameter name="折" typeRef="number"/>'
    f"{text('价 * 折')}</encapsulatedLogic></businessKnowledgeModel>"
)
LEVEL = (
    '<itemDefinition name="t等级"><typeRef>string</typeRef><allowedValues><text>"金", "银"</text></allowedValues>'
    '</itemDefinition><itemDefinition name="t客户"><itemComponent name="等级"><typeRef>t等级</typeRef></itemComponent>'
    '</itemDefinition><itemDefinition name="t客户们" isCollection="true"><typeRef>t客户</typeRef></itemDefinition>'
)


def decided(body: str, name: str, context: dict[str, Any] | None = None) -> Any:
    return Model.from_xml(model(body)).decide(name, context or {})


def test_a_decision_asks_for_what_it_requires() -> None:
    body = AMOUNT + decision("双倍", text("金额 * 2"), needs("i", kind="requiredInput"))
    body += decision("结果", text("双倍 + 1"), needs("双倍"))
    assert decided(body, "结果", {"金额": 4}) == 9


def test_knowledge_is_called_by_position_name_and_invocation() -> None:
    required = needs("b", kind="requiredKnowledge")
    binding = "".join(
        f'<binding><parameter name="{name}"/>{text(value)}</binding>'
        for name, value in (("折", "0.5"), ("价", "8"))
    )
    body = DISCOUNT + decision("a", text("折后(100, 0.9)"), required)
    body += decision("b2", text("折后(折: 0.8, 价: 10)"), required)
    body += decision("c", f"<invocation>{text('折后')}{binding}</invocation>", required)
    assert [decided(body, name) for name in ("a", "b2", "c")] == [90, 8, 4]
    assert decided(body, "折后", {"价": 10, "折": Decimal("0.1")}) == 1


def test_values_are_fitted_to_their_types() -> None:
    body = LEVEL + "".join(
        decision(f"d{number}", text(expression), type_ref=type_ref)
        for number, (expression, type_ref) in enumerate(
            [('"金"', "t等级"), ('"铜"', "t等级"), ('{等级: "银"}', "t客户们"), ('{等级: "铜"}', "t客户"),
             ("[5]", "number"), ('"5"', "number"), ('date("2026-01-01")', "date and time")]
        )
    )  # fmt: skip
    assert decided(body, "d0") == "金"
    assert decided(body, "d1") is None
    assert decided(body, "d2") == [{"等级": "银"}]
    assert decided(body, "d3") is None
    assert decided(body, "d4") == 5
    assert decided(body, "d5") is None
    assert str(decided(body, "d6").time.offset) == "0"


def test_boxed_expressions_are_evaluated() -> None:
    entry = '<contextEntry><variable name="{0}"/>{1}</contextEntry>'
    context = "<context>" + entry.format("a", text("2")) + entry.format("b", text("a * 3")) + "</context>"
    result = context.replace("</context>", f"<contextEntry>{text('a + b')}</contextEntry></context>")
    relation = (
        '<relation><column name="x"/><column name="y"/>'
        f"<row>{text('1')}{text('2')}</row><row>{text('3')}{text('4')}</row></relation>"
    )
    boxes = {
        "context": context,
        "result": result,
        "list": f"<list>{text('1')}{text('2')}</list>",
        "relation": relation,
        "conditional": f"<conditional><if>{text('1 > 2')}</if><then>{text('1')}</then><else>{text('2')}</else></conditional>",
        "filter": f"<filter><in>{text('[1, 2, 3]')}</in><match>{text('item > 1')}</match></filter>",
        "for": f'<for iteratorVariable="i"><in>{text("[1, 2]")}</in><return>{text("i + 1")}</return></for>',
        "every": f'<every iteratorVariable="i"><in>{text("[1, 2]")}</in><satisfies>{text("i > 1")}</satisfies></every>',
        "plus one": f'<functionDefinition><formalParameter name="x"/>{text("x + 1")}</functionDefinition>',
    }
    body = "".join(decision(name, logic) for name, logic in boxes.items())
    body += decision("called", text("plus one(4)"), needs("plus one"))
    assert decided(body, "context") == {"a": 2, "b": 6}
    assert decided(body, "result") == 8
    assert decided(body, "list") == [1, 2]
    assert decided(body, "relation") == [{"x": 1, "y": 2}, {"x": 3, "y": 4}]
    assert decided(body, "conditional") == 2
    assert decided(body, "filter") == [2, 3]
    assert decided(body, "for") == [2, 3]
    assert decided(body, "every") is False
    assert decided(body, "called") == 5


def test_a_decision_service_is_decided_and_called() -> None:
    body = AMOUNT + decision("税", text("金额 / 10"), needs("i", kind="requiredInput"))
    body += (
        '<decisionService id="s" name="算税"><variable name="算税"/><outputDecision href="#税"/>'
        '<inputData href="#i"/></decisionService>'
    )
    body += decision("用", text("算税(50) + 算税(金额: 20)"), needs("s", kind="requiredKnowledge"))
    assert decided(body, "算税", {"金额": 30}) == 3
    assert decided(body, "用") == 7


def test_a_recursive_function_ends_in_the_budget_not_in_python() -> None:
    logic = f'<encapsulatedLogic><formalParameter name="n"/>{text("f(n + 1)")}</encapsulatedLogic>'
    body = f'<businessKnowledgeModel id="f" name="f"><variable name="f"/>{logic}</businessKnowledgeModel>'
    body += decision("d", text("f(1)"), needs("f", kind="requiredKnowledge"))
    with pytest.raises(FeelError, match="上限"):
        decided(body, "d")


def test_decisions_that_require_each_other_are_refused() -> None:
    body = decision("a", text("b"), needs("b")) + decision("b", text("a"), needs("a"))
    with pytest.raises(FeelError, match="依赖它自己"):
        decided(body, "a")


def test_what_does_not_parse_is_null_and_told() -> None:
    read = Model.from_xml(model(decision("坏", text("1 +"))))
    assert read.decide("坏", {}) is None
    assert len(read.problems) == 1
    assert "第 4 个字符" in read.problems[0]


def test_an_unknown_decision_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(FeelError, match="是否想写‘折后价’"):
        decided(decision("折后价", text("1")), "折厚价")


def test_models_are_imported_under_their_names() -> None:
    imported = model(
        AMOUNT + DISCOUNT + decision("基数", text("金额 + 1"), needs("i", kind="requiredInput")),
        namespace="urn:base",
    )
    body = '<import name="底" namespace="urn:base" locationURI="base.dmn" importType="dmn"/>'
    required = (
        '<informationRequirement><requiredDecision href="urn:base#基数"/></informationRequirement>'
        '<knowledgeRequirement><requiredKnowledge href="urn:base#b"/></knowledgeRequirement>'
    )
    body += decision("d", text("底.折后(底.基数, 0.5)"), required)

    def find(wanted: Import) -> bytes:
        assert wanted.location == "base.dmn"
        return imported

    assert Model.from_xml(model(body), find).decide("d", {"底": {"金额": 9}}) == 5


@pytest.mark.parametrize(
    "space",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        SPACE,
    ],
)
def test_all_versions_of_dmn_are_read(space: str) -> None:
    assert Model.from_xml(model(decision("d", text("1")), space=space)).decide("d", {}) == 1


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
        b"<a>",
        b"",
        b"<a xmlns='urn:x'/>",
        b"<a>" * 500,
    ],
)
def test_other_xml_is_refused(data: bytes) -> None:
    with pytest.raises(FeelError):
        Model.from_xml(data)
