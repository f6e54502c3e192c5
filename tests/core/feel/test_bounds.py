"""Nothing a text says makes evaluation run long, recurse without end, or reach Python's objects."""

from __future__ import annotations

import sys
import time

import pytest

from shuniu.core import feel
from shuniu.core.feel import FeelError
from shuniu.core.feel.cursor import MAX_DEPTH
from shuniu.core.feel.lexer import MAX_TEXT

DOUBLINGS = ", ".join(f"a{i}: a{i - 1} + a{i - 1}" for i in range(1, 60))
LIST_DOUBLINGS = ", ".join(f"a{i}: [a{i - 1}, a{i - 1}]" for i in range(1, 60))


def test_a_text_has_at_most_ten_thousand_characters() -> None:
    assert feel.compile("1" + " " * (MAX_TEXT - 1)).evaluate({}) == 1
    with pytest.raises(FeelError, match="太长"):
        feel.compile("1" + " " * MAX_TEXT)


@pytest.mark.parametrize(
    ("opened", "closed"), [("(", ")"), ("[", "]"), ("-", ""), ("not(", ")"), ("{a: ", "}")]
)
def test_nesting_ends_at_a_hundred_levels(opened: str, closed: str) -> None:
    assert feel.compile(opened * 98 + "1" + closed * 98) is not None
    with pytest.raises(FeelError, match="嵌套太深"):
        feel.compile(opened * (MAX_DEPTH + 1) + "1" + closed * (MAX_DEPTH + 1))


def test_looking_ahead_does_not_take_ever_longer() -> None:
    start = time.process_time()
    with pytest.raises(FeelError, match="嵌套太深"):
        feel.compile("1 in (" * 45 + "1" + ") + 1" * 45)
    assert time.process_time() - start < 10


def test_a_chain_of_and_may_be_long() -> None:
    assert feel.compile(" and ".join(["true"] * 1_000)).evaluate({}) is True


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..100001 return i",
        "for i in 1..1000, j in 1..1000 return i",
        "some i in 1..100000, j in 1..100000 satisfies false",
        f'{{a0: "xxxxxxxxxx", {DOUBLINGS}}}',
        f"{{a0: [1], {LIST_DOUBLINGS}, s: string(a59)}}",
        f"{{a0: [1], {LIST_DOUBLINGS}, s: count(flatten(a59))}}",
        f"{{a0: [1], {LIST_DOUBLINGS}, s: a59 = a59}}",
        "count(for i in 1..99999 return count(for j in 1..99999 return j))",
        "(function(f) f(f))(function(f) f(f))",
        'matches(string join(for i in 1..3000 return "a", ""), "a*a*a*a*b")',
        'working days between(@"0001-01-01", @"9999-01-01")',
    ],
)
def test_too_much_work_is_refused_soon(text: str) -> None:
    start = time.process_time()
    with pytest.raises(FeelError) as caught:
        feel.compile(text, strict=False).evaluate({})
    assert caught.value.code in ("over_budget", "too_deep")
    assert time.process_time() - start < 10


def test_a_deep_stack_of_the_caller_is_no_recursion_error() -> None:
    text = "(" * 60 + "1" + ")" * 60

    def deep(levels: int) -> None:
        if levels:
            deep(levels - 1)
            return
        with pytest.raises(FeelError, match="嵌套太深"):
            feel.compile(text)

    deep(sys.getrecursionlimit() - _stack_depth() - 120)


def _stack_depth() -> int:
    depth, frame = 0, sys._getframe()
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    return depth


@pytest.mark.parametrize(
    "text", ["x.__class__", "x.as_python", "x.year.real", "f.call", '"a".upper', "x._fields"]
)
def test_python_attributes_are_out_of_reach(text: str) -> None:
    names = {"x": "Any", "f": "Any"}
    context = {
        "x": feel.compile('@"2026-01-01"').evaluate({}),
        "f": feel.compile("function(a) a").evaluate({}),
    }
    assert feel.compile(text, names, strict=False).evaluate(context) is None
