"""The rules of the standard for whole models: types and their limits, invocations, boxed expressions, services."""

from __future__ import annotations

import pytest
from tests.core.feel.models import (
    context,
    data,
    decided,
    decision,
    invocation,
    knowledge,
    literal,
    model,
    service,
)

from shuniu.core.feel.dmn.run import Model

TYPES = """
<itemDefinition name="tNumbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>
<itemDefinition name="tPerson"><itemComponent name="id"><typeRef>number</typeRef></itemComponent>
<itemComponent name="name"><typeRef>string</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tLevel"><typeRef>string</typeRef><allowedValues><text>"a","b"</text></allowedValues></itemDefinition>
<itemDefinition name="tLevels" isCollection="true"><typeRef>string</typeRef>
<allowedValues><text>"a","b"</text></allowedValues></itemDefinition>
<itemDefinition name="tLevelList" isCollection="true"><typeRef>tLevel</typeRef></itemDefinition>
<itemDefinition name="tShort" isCollection="true"><typeRef>number</typeRef>
<typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tAge"><typeRef>number</typeRef><typeConstraint><text>[0..150]</text></typeConstraint></itemDefinition>
<itemDefinition name="tAged"><itemComponent name="age"><typeRef>tAge</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tFunction"><functionItem outputTypeRef="number"><parameters name="x" typeRef="number"/>
</functionItem></itemDefinition>
"""
BOUND = [
    ("1+1", "string", "null"), ("[1]", "number", "1"), ("[1,2]", "number", "null"), ("1", "tNumbers", "[1]"),
    ('["a"]', "tNumbers", "null"), ('"a"', "tNumbers", "null"), ("[]", "tNumbers", "[]"), ("[null]", "tNumbers", "[null]"),
    ('@"2020-01-01"', "date and time", '{"@": "2020-01-01T00:00:00Z"}'), ('@"2020-01-01T00:00:00"', "date", "null"),
    ('{id: 1, name: "a"}', "tPerson", '{"id": 1, "name": "a"}'), ("{id: 1}", "tPerson", "null"),
    ('{id: 1, name: "a", x: 1}', "tPerson", '{"id": 1, "name": "a", "x": 1}'), ('{id: "1", name: "a"}', "tPerson", "null"),
    ('"a"', "tLevel", '"a"'), ('"c"', "tLevel", "null"), ('["a","b"]', "tLevels", '["a", "b"]'),
    ('["a","c"]', "tLevels", "null"), ('["a","c"]', "tLevelList", "null"), ('"a"', "tLevels", '["a"]'),
    ("[1,2]", "tShort", "[1, 2]"), ("[1,2,3]", "tShort", "null"), ("151", "tAge", "null"), ("15", "tAge", "15"),
    ("{age: 200}", "tAged", "null"), ("{age: null}", "tAged", '{"age": null}'), ("1", "Any", "1"),
    ("[1..3]", "range<number>", '{"@": "[1..3]"}'), ("[1]", "list<number>", "[1]"), ('"1"', "number", "null"),
    ("(function(x: number) x)", "tFunction", '{"@": "function(x)"}'), ("(function(x: string) x)", "tFunction", "null"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ref", "value"), BOUND)
def test_a_value_is_converted_to_the_type_of_its_variable_or_null(text: str, ref: str, value: str) -> None:
    assert decided(model(TYPES, decision("d", literal(text), ref)), "d") == value


@pytest.mark.parametrize(
    ("value", "shown"), [(1, "1"), ("1", "null"), ([1], "1"), ([1, 2], "null"), (None, "null")]
)
def test_an_input_is_converted_to_its_type_or_null(value: object, shown: str) -> None:
    made = model(data("x", "number"), decision("d", literal("x"), needs=[("input", "x")]))
    assert decided(made, "d", {"x": value}) == shown


INVOKED = [
    (literal('f("a", 1)'), '"x"'), (literal("f(1, 1)"), "null"), (literal('f("a")'), "null"),
    (literal('f(a: "a")'), '"x"'), (literal('f(b: 1, a: "a")'), '"x"'), (literal("f(c: 1)"), "null"),
    (literal('f(["a"], [1])'), '"x"'), (literal("f(null, null)"), '"x"'), (invocation("f", a='"q"'), '"x"'),
    (invocation("f", zz="1"), "null"), (invocation("sum", list="[1,2]"), "3"), (literal("g(1)"), "null"),
    (literal('g("s")'), '"s"'), (literal("fact(5)"), "120"), (literal("counted(1)"), "1"), (literal("seven()"), "7"),
    (literal("f instance of function<string, number> -> string"), "true"), (literal("nobody(1)"), "null"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "value"), INVOKED)
def test_an_invocation_takes_arguments_that_conform(expression: str, value: str) -> None:
    made = model(
        TYPES,
        knowledge("f", [("a", "string"), ("b", "number")], literal('"x"')),
        knowledge("g", [("a", None)], literal("a"), "string"),
        knowledge("fact", [("n", "number")], literal("if n <= 1 then 1 else n * fact(n - 1)")),
        knowledge("counted", [("a", "tNumbers")], literal("count(a)")),
        knowledge("seven", [], literal("7")),
        decision(
            "d", expression, needs=[("knowledge", name) for name in ("f", "g", "fact", "counted", "seven")]
        ),
    )
    assert decided(made, "d") == value


def _filter(source: str, match: str) -> str:
    return f"<filter><in>{literal(source)}</in><match>{literal(match)}</match></filter>"


def _loop(kind: str, source: str, body: str) -> str:
    tag = "return" if kind == "for" else "satisfies"
    return f'<{kind} iteratorVariable="i"><in>{literal(source)}</in><{tag}>{literal(body)}</{tag}></{kind}>'


def _if(condition: str) -> str:
    return (
        f"<conditional><if>{literal(condition)}</if><then>{literal('1')}</then><else>{literal('2')}</else>"
        "</conditional>"
    )


BOXED = [
    (context(("a", literal("1")), ("b", literal("a + 1"))), '{"a": 1, "b": 2}'),
    (context(("a", literal("1")), (None, literal("a + 5"))), "6"),
    (context(("a", literal('"s"'), "number"), ("b", literal("a"))), '{"a": null, "b": null}'),
    (context(("a b", literal("1")), ("c", context(("d e", literal("a b + 1")))), (None, literal("c.d e"))), "2"),
    (_if("1 > 0"), "1"), (_if("null"), "2"), (_if('"s"'), "2"),
    (_filter("[1,2,3]", "item > 1"), "[2, 3]"), (_filter("[{x:1},{x:2}]", "x > 1"), '[{"x": 2}]'),
    (_filter("[{a b:1},{a b:2}]", "a b > 1"), '[{"a b": 2}]'), (_filter("5", "item = 5"), "[5]"),
    (_filter("null", "true"), "[]"), (_filter("[1,2]", "null"), "[]"), (_filter("[1,2]", '"a"'), "null"),
    (_filter("[4,5]", "2"), "5"),
    (_loop("for", "[1,2]", "i * 2"), "[2, 4]"), (_loop("for", "null", "i"), "null"), (_loop("for", "7", "i"), "[7]"),
    (_loop("for", "[1..3]", "if i = 1 then 1 else partial[-1] * i"), "[1, 2, 6]"),
    (_loop("for", "[{a b:1}]", "i.a b"), "[1]"),
    (_loop("some", "[1,2]", "i > 1"), "true"), (_loop("some", "[1,null]", "i > 1"), "null"),
    (_loop("every", "[]", "i > 1"), "true"), (_loop("every", "[1,2]", "i > 0"), "true"),
    (f"<list>{literal('1')}{literal('1+1')}</list>", "[1, 2]"), ("", "null"), (literal("1", "string"), "null"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "value"), BOXED)
def test_a_boxed_expression_has_its_value(expression: str, value: str) -> None:
    assert decided(model(decision("d", expression)), "d") == value


ROWS = [('@"2008-03-12"', "100"), ('@"2011-05-01"', "150")]
RELATION = (
    '<relation><column name="record date"/><column name="weight"/>'
    + "".join(f"<row>{literal(date)}{literal(weight)}</row>" for date, weight in ROWS)
    + "</relation>"
)
UNTYPED = [
    ('sum(history[record date > @"2011-01-01"].weight)', "150"), ("history[1].record date", '{"@": "2008-03-12"}'),
    ("made.a b + made.c.d e", "3"), ("both(1).o 2.c d", "2"), ("wrapped(3).p q", "3"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), UNTYPED)
def test_names_with_spaces_are_known_inside_values_without_a_declared_type(text: str, value: str) -> None:
    needs = [("decision", "history"), ("decision", "made"), ("knowledge", "both"), ("knowledge", "wrapped")]
    made = model(
        decision("history", RELATION),
        decision("made", literal("{a b: 1, c: {d e: 2}}")),
        decision("o 2", literal("{c d: 2}")),
        data("x"),
        service("both", ["made", "o 2"], inputs=["x"]),
        knowledge("wrapped", [("x", None)], context(("p q", literal("x")))),
        decision("d", literal(text), needs=needs),
    )
    assert decided(made, "d") == value


SERVED = [
    ("S(1, 2)", "6"), ("S(x: 1, base: 2)", "6"), ("S(base: 2, x: 1)", "6"), ("S(1)", "null"), ('S("a", 2)', "null"),
    ("S(x: 1)", "null"), ("T(1, 2)", '{"twice": 6, "thrice": 9}'), ("T(1, 2).thrice", "9"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SERVED)
def test_a_decision_service_is_a_function_of_its_inputs_and_then_its_input_decisions(
    text: str, value: str
) -> None:
    made = model(
        data("x", "number"),
        decision("base", literal("100"), "number"),
        decision("sum", literal("x + base"), needs=[("input", "x"), ("decision", "base")]),
        decision("twice", literal("sum * 2"), needs=[("decision", "sum")]),
        decision("thrice", literal("sum * 3"), needs=[("decision", "sum")]),
        service("S", ["twice"], ["base"], ["x"]),
        service("T", ["twice", "thrice"], ["base"], ["x"]),
        decision("d", literal(text), needs=[("knowledge", "S"), ("knowledge", "T")]),
    )
    assert decided(made, "d") == value
    assert decided(made, "S", {"x": 1, "base": 2}) == "6"
    assert decided(made, "twice", {"x": 1}) == "202"


IMPORTED = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="http://b" name="b">
<inputData id="x" name="x"><variable name="x" typeRef="number"/></inputData>
<decision id="D" name="D"><variable name="D"/><informationRequirement><requiredInput href="#x"/>
</informationRequirement><literalExpression><text>x * 2</text></literalExpression></decision></definitions>"""
IMPORTING = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="http://a" name="a">
<import name="b" namespace="http://b" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
<decisionService id="L" name="L"><variable name="L"/><outputDecision href="http://b#D"/><inputData href="http://b#x"/>
</decisionService><decision id="E" name="E"><variable name="E"/><informationRequirement>
<requiredDecision href="http://b#D"/></informationRequirement><literalExpression><text>b.D + 1</text>
</literalExpression></decision><decisionService id="M" name="M"><variable name="M"/><outputDecision href="#E"/>
<inputDecision href="http://b#D"/></decisionService><decision id="d" name="d"><variable name="d"/>
<knowledgeRequirement><requiredKnowledge href="#L"/></knowledgeRequirement><knowledgeRequirement>
<requiredKnowledge href="#M"/></knowledgeRequirement><literalExpression><text>[L(4), L(b.x: 5), M(7)]</text>
</literalExpression></decision></definitions>"""


def test_a_service_is_given_inputs_and_decisions_of_an_imported_model() -> None:
    made = Model.from_xml(IMPORTING.encode(), lambda _: IMPORTED.encode())
    assert decided(made, "d") == "[8, 10, 8]"
    assert decided(made, "L", {"b": {"x": 3}}) == "6"
    assert decided(made, "M", {"b": {"D": 9}}) == "10"
