"""A tree printed and parsed again is the same tree; no text is answered by anything but a value or FeelError."""

from __future__ import annotations

import contextlib
import json
import time
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.feel.trees import NAMES, trees

from shuniu.core import feel
from shuniu.core.feel import FeelError, compile_tests, print_tree
from shuniu.core.feel.jsonform import json_text
from shuniu.core.feel.tree import Node, UnaryTests

CONTEXT: dict[str, Any] = {
    "金额": Decimal("12.5"),
    "等级": "金",
    "会员": True,
    "客户": {"等级": "银", "积分": 3},
    "明细": [{"数量": 2, "单价": Decimal("0.1")}, {"数量": None}],
    "数": [1, 2, 3],
}
WORDS = [
    *NAMES, "1", "0.5", '"金"', "(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "+", "-", "*", "/", "**", "=", "!=",
    "<", ">=", "and", "or", "not(", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between",
    "instance of", "list<number>", "function(x)", "item", "?", "null", "true", '@"2026-11-22"', '@"P1D"', "sum(",
    "count(", "string(", "sort(", "matches(", "partial", "//", "/*", '"', "1..100000", "9e6000", "\n", "(", "[",
]  # fmt: skip
MAX_SECONDS = 10


@settings(max_examples=120, deadline=None)
@given(trees())
def test_parsing_what_was_printed_gives_the_tree_again(tree: Node) -> None:
    text = print_tree(tree)
    assert feel.compile(text, NAMES, strict=False).tree == tree


@settings(max_examples=100, deadline=None)
@given(tests=st.lists(trees(depth=2), max_size=3), negated=st.booleans())
def test_printed_unary_tests_parse_to_the_same_tests(*, tests: list[Node], negated: bool) -> None:
    tree = UnaryTests(tuple(tests), negated and bool(tests))
    text = print_tree(tree)
    again = compile_tests(text, NAMES, "number", strict=False).tree
    assert print_tree(again) == text


@settings(max_examples=120, deadline=None)
@given(trees())
def test_every_tree_evaluates_to_a_value_that_json_can_carry(tree: Node) -> None:
    with contextlib.suppress(FeelError):
        json.loads(json_text(feel.compile(print_tree(tree), NAMES, strict=False).evaluate(CONTEXT)))


def _answered(text: str) -> None:
    """Compiles and evaluates; whatever happens is a value or FeelError, and soon."""
    start = time.process_time()
    for make in (feel.compile, compile_tests):
        for strict in (True, False):
            with contextlib.suppress(FeelError):
                make(text, NAMES, strict=strict).evaluate(CONTEXT)
    assert time.process_time() - start < MAX_SECONDS


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    _answered(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_sequence_of_words_is_answered(words: list[str]) -> None:
    _answered(" ".join(words))
