"""The files kept in `written/`: what we write today, and the same after bpmn-moddle (the reader of bpmn-js) saved it.

`every_node.bpmn` is made by `shuniu flow export every_node.json --bpmn --out every_node.bpmn`; the test of the pages
(`web/tests/flows/bpmn.test.ts`) shows that bpmn-moddle reads it without a warning and saves `every_node.moddle.bpmn`.
"""

import json
from pathlib import Path

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.parser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from tests.core.flow.documents import document, edge, node

from shuniu.core.flow.bpmn import from_bpmn, to_bpmn
from shuniu.core.flow.document import FlowDocument

FOLDER = Path(__file__).parent / "written"


def _document() -> FlowDocument:
    return FlowDocument.model_validate(json.loads((FOLDER / "every_node.json").read_text(encoding="utf-8")))


def test_the_sample_holds_every_kind_of_node() -> None:
    assert len({node.type for node in _document().nodes}) == 16


def test_what_we_write_is_the_kept_file() -> None:
    kept = (FOLDER / "every_node.bpmn").read_text(encoding="utf-8")
    assert to_bpmn(_document(), key="every_node") == kept


def test_what_bpmn_js_saves_comes_back_the_same() -> None:
    saved = (FOLDER / "every_node.moddle.bpmn").read_bytes()
    assert [flow.document for flow in from_bpmn(saved).flows] == [_document()]


def test_another_engine_runs_what_we_write() -> None:
    asked = {"people": {"by": "starter"}}
    written = to_bpmn(
        document(
            [
                node("start", "begin"),
                node("parallel", "split"),
                *(node("task", name, **asked) for name in ("left", "right", "dear", "cheap")),
                node("join", "meet", mode="all"),
                node("branch", "price"),
                node("end", "finish"),
            ],
            [
                edge("begin", "split"),
                edge("split", "left"),
                edge("split", "right", order=1),
                edge("left", "meet"),
                edge("right", "meet"),
                edge("meet", "price"),
                edge("price", "dear", condition="amount > 10"),
                edge("price", "cheap", default=True, order=1),
                edge("dear", "finish"),
                edge("cheap", "finish"),
            ],
            facts={"amount": "number"},
        ),
        key="priced",
    )
    parser = BpmnParser(validator=BpmnValidator())
    parser.add_bpmn_str(written.encode())
    run = BpmnWorkflow(parser.get_spec("priced"))
    run.task_tree.data["amount"] = 20
    handled = []
    while not run.completed:
        run.do_engine_steps()
        for task in run.get_tasks(state=TaskState.READY, manual=True):
            handled.append(task.task_spec.name)
            task.run()
    assert handled == ["left", "right", "dear"]
