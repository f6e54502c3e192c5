"""Worked cases of every model, through the door of the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

VECTORS = Path(__file__).parents[3].parent / "shared" / "settlement" / "vectors.json"


def same(expected: Any, got: Any) -> bool:
    """Equal, numbers by their value: "12" is "12.00"."""
    if isinstance(expected, dict):
        return (
            isinstance(got, dict)
            and expected.keys() == got.keys()
            and all(same(v, got[k]) for k, v in expected.items())
        )
    if isinstance(expected, list):
        return isinstance(got, list) and len(expected) == len(got) and all(map(same, expected, got))
    if isinstance(expected, str) and isinstance(got, str) and expected != got:
        try:
            return Decimal(expected) == Decimal(got)
        except InvalidOperation:
            return False
    return bool(expected == got)


def answers_to(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "shuniu.core.settlement", "--batch"],
        input="".join(json.dumps(request, ensure_ascii=False) + "\n" for request in requests),
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def is_right(expected: dict[str, Any], answer: dict[str, Any]) -> bool:
    if "error" in expected:
        return answer.keys() == {"error"} and answer["error"] != "unreadable_request"
    return all(key in answer and same(value, answer[key]) for key, value in expected.items())


def test_every_worked_case_of_every_model_is_right() -> None:
    if not VECTORS.is_file():
        pytest.skip("the worked cases are not beside the checkout: ../shared/settlement/vectors.json")
    cases = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    answers = answers_to([{key: case[key] for key in ("model", "plan", "input")} for case in cases])
    assert len(answers) == len(cases) >= 100
    wrong = [
        f"{case['id']} {case['model']}: {answer} is not {case['expected']}"
        for case, answer in zip(cases, answers, strict=True)
        if not is_right(case["expected"], answer)
    ]
    assert wrong == []


def test_what_cannot_be_read_is_refused_line_by_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "shuniu.core.settlement", "--batch"],
        input='{"model": "nothing"}\nnot json\n[]\n{"model": "percent", "plan": {}, "input": {}}\n',
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"error": "unknown_model"},
        {"error": "unreadable_request"},
        {"error": "unreadable_request"},
        {"error": "unreadable_request"},
    ]
