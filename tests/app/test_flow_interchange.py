"""``shuniu flow import`` and ``shuniu flow export``: what they print, what they write, how they end."""

import json
from pathlib import Path

import pytest
from tests.core.flow.documents import offer_document

from shuniu.app import wiring
from shuniu.app.cli import main
from shuniu.core.flow.bpmn import from_bpmn
from shuniu.core.flow.document import FlowDocument
from shuniu.flows import actions
from shuniu.foundation.access import system
from shuniu.foundation.clock import now

SAMPLES = Path(__file__).parents[1] / "core" / "flow" / "bpmn" / "samples"


def _document(path: Path) -> FlowDocument:
    return FlowDocument.model_validate_json(path.read_text(encoding="utf-8"))


def test_import_prints_every_element_and_writes_the_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "leave.json"
    assert main(["flow", "import", str(SAMPLES / "camunda7_leave.bpmn"), "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    for row in from_bpmn((SAMPLES / "camunda7_leave.bpmn").read_bytes()).report.rows:
        assert f"{row.element} {row.id or '-'}" in printed
    assert _document(out).name.zh == "请假申请"


def test_several_pools_are_written_beside_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "order.json"
    assert main(["flow", "import", str(SAMPLES / "pools_and_lanes.bpmn"), "--out", str(out), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["flows"] == {"shop": str(out), "supplier": str(tmp_path / "order-supplier.json")}
    assert _document(tmp_path / "order-supplier.json").name.zh == "供应商"
    assert sum(report["counts"].values()) == len(report["rows"])


def test_a_file_that_is_no_bpmn_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.bpmn"
    wrong.write_text("<svg/>")
    assert main(["flow", "import", str(wrong)]) == 1
    assert "这不是 BPMN 2.0 文件" in capsys.readouterr().out
    assert main(["flow", "import", str(tmp_path / "missing.bpmn")]) == 1


def test_a_document_is_exported_and_imported_again(tmp_path: Path) -> None:
    file, drawn, again = tmp_path / "offer.json", tmp_path / "offer.bpmn", tmp_path / "again.json"
    file.write_text(offer_document().model_dump_json(), encoding="utf-8")
    assert main(["flow", "export", str(file), "--bpmn", "--out", str(drawn)]) == 0
    assert main(["flow", "import", str(drawn), "--out", str(again)]) == 0
    assert _document(again) == offer_document()


@pytest.mark.django_db
def test_a_published_flow_is_exported_by_its_key(capsys: pytest.CaptureFixture[str]) -> None:
    wiring.wire()
    actions.publish(key="offer", document=_ready(), by=system("test"), now=now())
    assert main(["flow", "export", "offer", "--bpmn"]) == 0
    written = capsys.readouterr().out
    assert from_bpmn(written).flows[0].document == _ready()


@pytest.mark.django_db
def test_an_unknown_key_is_said_to_be_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["flow", "export", "nothing", "--bpmn"]) == 2
    assert capsys.readouterr().err


def _ready() -> FlowDocument:
    words = {"zh": "一", "en": "one"}
    return FlowDocument.model_validate(
        {
            "name": words,
            "subject": "work_order",
            "nodes": [
                {"type": "start", "id": "begin", "name": words},
                {"type": "task", "id": "do", "name": words, "people": {"by": "starter"}},
                {"type": "end", "id": "finish", "name": words},
            ],
            "edges": [
                {"id": "a", "source": "begin", "target": "do"},
                {"id": "b", "source": "do", "target": "finish"},
            ],
        }
    )
