"""The rules of the standard (DMN 1.5, chapter 10), one case a line: `expression => the expression of its value`.

The files are named after the part of the chapter that they follow.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from shuniu.core import feel
from shuniu.core.feel.temporal.text import read_date_time

CASES = [
    pytest.param(*line.split(" => "), id=f"{path.stem}: {line}")
    for path in sorted((Path(__file__).parent / "standard").glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
NOW = read_date_time("2026-11-22T09:30:00+08:00")
SAME = feel.compile("is(made, wanted)", {"made": "Any", "wanted": "Any"}, trusted=True)


@pytest.mark.parametrize(("expression", "value"), CASES)
def test_a_case_of_the_standard_holds(expression: str, value: str) -> None:
    made = feel.compile(expression, strict=False).evaluate({}, NOW)
    wanted = feel.compile(value, strict=False).evaluate({}, NOW)
    assert SAME.evaluate({"made": made, "wanted": wanted}) is True, made


def test_every_case_has_a_value() -> None:
    assert all(len(case.values) == 2 for case in CASES)
