"""`shuniu flow check` and `shuniu flow simulate`, as a person at a terminal has them."""

import json
from pathlib import Path

import pytest
from tests.core.flow.documents import offer_document

from shuniu.app.cli import main


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "flow.json"
    path.write_text(offer_document().model_dump_json(), encoding="utf-8")
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_sound_flow_is_ready_and_a_faulty_one_names_its_node(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["flow", "check", str(file)]) == 0
    assert "ready to publish" in capsys.readouterr().out
    document = json.loads(file.read_text(encoding="utf-8"))
    document["nodes"].append({"type": "end", "id": "lost", "name": {"zh": "丢了", "en": "Lost"}})
    file.write_text(json.dumps(document), encoding="utf-8")
    assert main(["flow", "check", str(file)]) == 1
    assert "[unreachable] lost: 「丢了」从开始走不到" in capsys.readouterr().out


def test_what_is_no_document_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "flow.json"
    path.write_text('{"name": 1}', encoding="utf-8")
    assert main(["flow", "check", str(path)]) == 1
    assert "nodes: Field required" in capsys.readouterr().out


def test_a_trace_has_a_line_for_each_visit_in_order_and_the_end(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = {"offer": ["declined", "accepted"], "rate": {"fields": {"rating": 1}}}
    assert main(["flow", "simulate", str(file), "--trace", "--answers", json.dumps(answers)]) == 0
    *trace, end = lines(capsys)
    assert [line["node"] for line in trace] == [
        "begin", "find", "offer", "taken", "find", "offer", "taken", "pay", "rate", "good", "tell", "finish",
    ]  # fmt: skip
    assert [line["visit"] for line in trace] == list(range(1, 13))
    assert (end["status"], end["stuck"]) == ("ended", None)


def test_random_cases_are_the_same_again_and_say_what_none_came_to(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["flow", "simulate", str(file), "--cases", "20"]) == 0
    (first,) = lines(capsys)
    assert main(["flow", "simulate", str(file), "--cases", "20"]) == 0
    assert lines(capsys) == [first]
    assert first["ends"] == {"ended": 20}
    assert first["never"] == ["tell"]
