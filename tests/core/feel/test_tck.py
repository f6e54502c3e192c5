"""The official cases of compliance level 2, through the door of the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.core.feel.tck import cases, same

from shuniu.core.feel.jsonform import json_text, read_json

LEVEL_2 = Path(__file__).parents[3].parent / "shared" / "tck" / "level-2"


def test_all_cases_of_level_2_pass() -> None:
    if not LEVEL_2.is_dir():
        pytest.skip("the TCK cases are not beside the checkout: ../shared/tck/level-2")
    asked = list(cases(LEVEL_2))
    requests = "".join(
        json_text({"dmn": str(case.model), "decision": case.decision, "context": case.context}) + "\n"
        for case in asked
    )
    done = subprocess.run(
        [sys.executable, "-m", "shuniu.core.feel", "--batch"],
        input=requests, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    answers = [read_json(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(asked) >= 100
    failed = [
        f"{case.model.parent.name} {case.id} {case.decision}: {answer} is not {case.expected}"
        for case, answer in zip(asked, answers, strict=True)
        if not (isinstance(answer, dict) and "value" in answer and same(answer["value"], case.expected))
    ]
    assert failed == []
