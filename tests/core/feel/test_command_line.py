"""`python -m shuniu.core.feel`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.core.feel.test_dmn import AMOUNT, decision, model, needs, text


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "shuniu.core.feel", *arguments],
        input=stdin, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["0.1 + 0.2"], "0.3"),
        (["客户.等级", "--context", '{"客户": {"等级": "金"}}'], '"金"'),
        (['日 + duration("P1D")', "--context", '{"日": {"@": "2026-11-22"}}'], '{"@": "2026-11-23"}'),
        (["两 字 + 1", "--context", '{"两 字": 1.10}'], "2.10"),
        (["[1, null, true, [1..2]]"], '[1, null, true, {"@": "[1..2]"}]'),
        (["没有"], "null"),
        (["--tests", "[1..5], > 9", "--input", "10"], "true"),
        (["--tests", '"金"', "--input", '"银"'], "false"),
        (["--tests", '< date("2026-01-01")', "--input", '@"2025-01-01"'], "true"),
        (["now()", "--now", "2026-11-22T08:00:00+08:00"], '{"@": "2026-11-22T08:00:00+08:00"}'),
    ],
)
def test_the_value_is_printed_as_json(arguments: list[str], printed: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, printed, "")


@pytest.mark.parametrize(
    "arguments", [["1 +"], ["1", "--context", "{"], ["--dmn", "/nowhere", "--decision", "x"]]
)
def test_an_error_goes_to_stderr_and_exits_with_one(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip()


def test_a_decision_of_a_file_is_evaluated(tmp_path: Path) -> None:
    file = tmp_path / "模型.dmn"
    file.write_bytes(model(AMOUNT + decision("税", text("金额 / 8"), needs("i", kind="requiredInput"))))
    done = run("--dmn", str(file), "--decision", "税", "--context", '{"金额": 1}')
    assert (done.returncode, done.stdout.strip()) == (0, "0.125")
    assert run("--dmn", str(file), "--decision", "睡").returncode == 1


def test_a_batch_answers_every_line(tmp_path: Path) -> None:
    file = tmp_path / "m.dmn"
    file.write_bytes(model(decision("d", text("1 / 3"))))
    requests: list[object] = [
        {"expr": "a + 1", "context": {"a": 1}},
        {"tests": "> 3", "input": 4, "context": {}},
        {"dmn": str(file), "decision": "d", "context": {}},
        {"expr": "1 +"},
        {"nothing": 1},
        [],
    ]
    lines = "\n".join([json.dumps(request) for request in requests] + ["", "no json"])
    answers = [json.loads(line, parse_float=str) for line in run("--batch", stdin=lines).stdout.splitlines()]
    assert answers[:3] == [{"value": 2}, {"value": True}, {"value": "0.3333333333333333333333333333333333"}]
    assert len(answers) == 7
    assert all(list(answer) == ["error"] for answer in answers[3:])
