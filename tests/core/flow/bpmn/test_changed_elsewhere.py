"""A file of ours that somebody changed with another tool: the change counts, the rest stays ours."""

import re

from tests.core.flow.documents import offer_document

from shuniu.core.flow.bpmn import from_bpmn, to_bpmn
from shuniu.core.flow.document import FlowDocument


def _read(changed: str) -> FlowDocument:
    return from_bpmn(changed).flows[0].document


def test_a_new_name_counts_and_the_settings_stay() -> None:
    before = offer_document()
    after = _read(to_bpmn(before).replace('id="offer" name="offer"', 'id="offer" name="请接单"'))
    assert after.by_id["offer"].name.zh == "请接单"
    assert after.by_id["offer"].deadline == before.by_id["offer"].deadline


def test_a_new_condition_counts() -> None:
    changed = to_bpmn(offer_document()).replace("工单.评分 &lt;= 2<", "工单.评分 &lt;= 3<")
    assert next(edge for edge in _read(changed).edges if edge.target == "tell").condition == "工单.评分 <= 3"


def test_a_moved_node_stays_where_it_was_put() -> None:
    written = to_bpmn(offer_document())
    changed = re.sub(r'(bpmnElement="offer">\s*<dc:Bounds) x="\d+"', r'\1 x="777"', written)
    layout = _read(changed).layout
    assert set(layout) == {"offer"}
    assert layout["offer"].x == 777


def test_a_flow_led_elsewhere_leads_there() -> None:
    changed = re.sub(r'(sourceRef="pay" targetRef=)"rate"', r'\1"finish"', to_bpmn(offer_document()))
    assert next(edge for edge in _read(changed).edges if edge.source == "pay").target == "finish"


def test_an_added_task_joins_the_nodes_of_ours() -> None:
    added = (
        '<bpmn:userTask id="Activity_new" name="复核" />'
        '<bpmn:sequenceFlow id="Flow_new" sourceRef="Activity_new" targetRef="finish" /></bpmn:process>'
    )
    changed = re.sub(
        r'(sourceRef="pay" targetRef=)"rate"', r'\1"Activity_new"', to_bpmn(offer_document())
    ).replace("</bpmn:process>", added)
    after = _read(changed)
    assert after.by_id["activity_new"].type == "task"
    assert {(edge.source, edge.target) for edge in after.edges} >= {
        ("pay", "activity_new"),
        ("activity_new", "finish"),
    }


def test_details_that_cannot_be_read_leave_a_plain_element() -> None:
    changed = to_bpmn(offer_document()).replace('"type":"settle"', '"type":"nonsense"')
    imported = from_bpmn(changed)
    assert imported.flows[0].document.by_id["pay"].type == "action"
    assert any("读不出来" in row.text.zh for row in imported.report.rows)
