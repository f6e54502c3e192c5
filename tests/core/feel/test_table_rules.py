"""The rules of the standard for decision tables: hit policies, defaults, and what passes a cell."""

from __future__ import annotations

from typing import Any

import pytest
from tests.core.feel.models import asked, data, decided, decision, given, model, table

Rules = list[tuple[list[str], list[str]]]
LEVELS: Rules = [(["> 1"], ['"a"']), (["> 2"], ['"b"']), (["-"], ['"c"'])]
AMOUNTS: Rules = [(["> 1"], ["10"]), (["> 2"], ["20"]), (["> 3"], ["10"])]
PAIRS: Rules = [(["> 1"], ['"lo"', "1"]), (["> 2"], ['"hi"', "3"]), (["> 3"], ['"hi"', "2"])]
ORDERED = given(ref="string", allowed='"c","b","a"')
PAIR = [given("p", "string", '"hi","lo"'), given("q", "number", "1,2,3")]


def _decided(expression: str, inputs: dict[str, Any]) -> str:
    made = model(data("x"), data("y"), decision("d", expression, needs=[("input", "x"), ("input", "y")]))
    return decided(made, "d", inputs)


POLICIES = [
    ("UNIQUE", LEVELS, [given()], 0, '"c"'), ("UNIQUE", LEVELS, [given()], 2, "null"), ("FIRST", LEVELS, [given()], 3, '"a"'),
    ("ANY", LEVELS, [given()], 3, "null"), ("ANY", LEVELS, [given()], 0, '"c"'), ("PRIORITY", LEVELS, [ORDERED], 3, '"c"'),
    ("OUTPUT ORDER", LEVELS, [ORDERED], 3, '["c", "b", "a"]'), ("RULE ORDER", LEVELS, [given()], 3, '["a", "b", "c"]'),
    ("COLLECT", LEVELS, [given()], 3, '["a", "b", "c"]'), ("PRIORITY", PAIRS, PAIR, 5, '{"p": "hi", "q": 2}'),
    ("PRIORITY", PAIRS, PAIR, 3, '{"p": "hi", "q": 3}'),
    ("OUTPUT ORDER", PAIRS, PAIR, 5, '[{"p": "hi", "q": 2}, {"p": "hi", "q": 3}, {"p": "lo", "q": 1}]'),
    ("COLLECT", PAIRS, PAIR, 3, '[{"p": "lo", "q": 1}, {"p": "hi", "q": 3}]'),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "rules", "outputs", "x", "value"), POLICIES)
def test_a_hit_policy_chooses(policy: str, rules: Rules, outputs: list[str], x: int, value: str) -> None:
    assert _decided(table([asked("x")], outputs, rules, f'hitPolicy="{policy}"'), {"x": x}) == value


@pytest.mark.parametrize(
    ("aggregation", "x", "value"),
    [("SUM", 5, "40"), ("MIN", 5, "10"), ("MAX", 5, "20"), ("COUNT", 5, "3"), ("SUM", 0, "null")],
)
def test_collect_aggregates(aggregation: str, x: int, value: str) -> None:
    policy = f'hitPolicy="COLLECT" aggregation="{aggregation}"'
    assert _decided(table([asked("x")], [given()], AMOUNTS, policy), {"x": x}) == value


@pytest.mark.parametrize("policy", ["UNIQUE", "FIRST", "COLLECT", "RULE ORDER"])
def test_where_no_rule_matches_the_default_is_the_value(policy: str) -> None:
    with_default = table([asked("x")], [given(default="7")], AMOUNTS, f'hitPolicy="{policy}"')
    assert _decided(with_default, {"x": 0}) == "7"


def test_a_default_of_several_outputs_is_their_context() -> None:
    outputs = [given("p", default='"d"'), given("q")]
    assert _decided(table([asked("x")], outputs, PAIRS), {"x": 0}) == '{"p": "d", "q": null}'


CELLS: list[tuple[str, dict[str, Any], bool]] = [
    ("> y", {"x": 3, "y": 2}, True), ("? < y", {"x": 1, "y": 2}, True), ("y", {"x": 2, "y": 2}, True),
    ("not(0)", {"x": 1}, True), ("[1..2],[4..5]", {"x": 4}, True), ("not([1..2],[4..5])", {"x": 3}, True),
    ("not([1..2],[4..5])", {}, False), ("null", {}, True), ("not(null)", {}, False), ("not(null)", {"x": 3}, True),
    ("true", {"x": True}, True), ("true", {}, False), ("false", {"x": False}, True), ("false", {}, False),
    ("count(?) > 1", {"x": [1, 2]}, True), ("list contains(?, 5)", {"x": [5]}, True), ("[1,2,3]", {"x": 2}, True),
    ("[1,2,3]", {"x": [1, 2, 3]}, True), ("{a: 1}", {"x": {"a": 1}}, True), ('"a", "b"', {"x": "b"}, True),
    ('matches(?, "^a")', {"x": "ab"}, True), ('matches(?, "^a")', {"x": 1}, False), ("< 5", {"x": "ab"}, False),
    ('date("2020-01-01")', {"x": {"@": "2020-01-01"}}, True), ("-", {}, True), ("> 4", {}, False),
    ("(null..5]", {"x": 3}, False), ("?.a = 1", {"x": {"a": 1}}, True), ("every i in ? satisfies i > 0", {"x": [1]}, True),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "inputs", "passes"), CELLS)
def test_a_value_passes_a_cell(cell: str, inputs: dict[str, Any], passes: bool) -> None:  # noqa: FBT001
    value = _decided(table([asked("x")], [given()], [([cell], ["1"])]), inputs)
    assert value == ("1" if passes else "null")


@pytest.mark.parametrize(("x", "value"), [("a", "1"), ("b", "2"), ("c", "null"), (1, "null")])
def test_an_input_outside_its_allowed_values_gives_null(x: object, value: str) -> None:
    column = asked("x", "string", '"a","b"')
    rules: Rules = [(['"a"'], ["1"]), (['"b"'], ["2"])]
    assert _decided(table([column], [given()], rules), {"x": x}) == value
