"""What other makers' files become: the samples, written in the manner of several of them."""

import pytest
from tests.core.flow.bpmn.reading import SAMPLES, document, edge, sample, ways

from shuniu.core.flow.bpmn import Fate, from_bpmn, to_bpmn
from shuniu.core.flow.bpmn.xmltree import parse
from shuniu.core.flow.check import check

NAMES = [path.name for path in SAMPLES]


@pytest.mark.parametrize("name", NAMES)
def test_the_report_speaks_for_every_element_of_the_file(name: str) -> None:
    data = next(path for path in SAMPLES if path.name == name).read_bytes()
    report = from_bpmn(data).report
    elements = list(parse(data).all())
    assert report.elements == len(elements)
    assert {one.id for one in elements if one.id} <= {row.id for row in report.rows}
    assert all(row.text.zh and row.text.en for row in report.rows)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_imported_is_exported_and_imported_without_a_change(name: str) -> None:
    for flow in sample(name).flows:
        again = from_bpmn(to_bpmn(flow.document, key=flow.key))
        assert [one.key for one in again.flows] == [flow.key]
        assert again.flows[0].document == flow.document


MEND = {"every_event.bpmn": {"deadlock"}, "flowable_expense.bpmn20.xml": {"bad_condition"}}
"""A gateway that never gets its two tokens, and a condition that calls a service."""


@pytest.mark.parametrize("name", NAMES)
def test_an_imported_flow_passes_the_check_but_for_what_the_file_itself_lacks(name: str) -> None:
    problems = {
        problem.code for flow in sample(name).flows for problem in check(flow.document) if not problem.warning
    }
    assert problems == MEND.get(name, set())


def test_camunda_forms_conditions_and_limits() -> None:
    leave = document(sample("camunda7"))
    assert leave.name.zh == "请假申请"
    form = leave.forms_by_key["startevent_1"]
    assert [(one.key, one.type, one.required, one.fact) for one in form.fields] == [
        ("days", "number", True, "days"),
        ("kind", "select", False, "kind"),
        ("from", "date", False, "from"),
    ]
    assert edge(leave, "gateway_days", "activity_board").condition == 'days > 3 and kind != "sick"'
    assert edge(leave, "gateway_days", "activity_lead").default
    lead = leave.by_id["activity_lead"]
    assert lead.deadline is not None
    assert (lead.deadline.amount, lead.deadline.unit, lead.deadline.clock) == (2, "days", "wall")
    assert edge(leave, "activity_lead", "activity_remind").beside
    assert lead.guide is not None
    assert lead.guide.zh == "看看排班是否排得开\n不含周末"


def test_camunda_countersigning_is_an_approval_by_share() -> None:
    board = document(sample("camunda7")).by_id["activity_board"]
    assert board.type == "approval"
    assert (board.levels[0].mode, board.levels[0].percent) == ("n_of_m", 60)
    assert board.levels[0].people.model_dump() == {"by": "feel", "expression": "members"}


def test_flowable_groups_events_and_an_untranslated_condition() -> None:
    imported = sample("flowable")
    expense = document(imported)
    assert expense.by_id["check"].people.model_dump()["rules"][1]["role"] == "audit"
    assert expense.by_id["boss"].people.by == "starter"
    wait = expense.by_id["first"]
    assert [(one.waits, one.key) for one in wait.until] == [
        ("event", "paid"),
        ("time", "timer"),
        ("event", "stopped"),
    ]
    assert wait.until[0].event == "payment.received"
    assert {(one.outcome, one.target) for one in expense.all_ways_out["first"]} == {
        ("paid", "end"),
        ("timer", "check"),
        ("stopped", "cancelled"),
    }
    assert expense.by_id["cancelled"].terminate
    row = imported.report.of("f4")
    assert row is not None
    assert row.fate is Fate.APPROXIMATED
    assert edge(expense, "fork", "tax").condition == "${taxService.needed(amount)}"


def test_pools_become_flows_and_lanes_become_roles() -> None:
    imported = sample("pools")
    assert [(flow.key, flow.document.name.zh) for flow in imported.flows] == [
        ("shop", "门店"),
        ("supplier", "供应商"),
    ]
    shop = document(imported, "shop")
    roles = {node.id: node.people.role for node in shop.nodes if node.type == "task"}
    assert roles == {"count": "店员", "ok": "店长", "sign": "副店长", "store_in": "门店"}
    rows = [imported.report.of(one) for one in ("_p_bank", "_mf3", "_group", "_store")]
    assert {row.fate for row in rows if row} == {Fate.REFUSED}


def test_a_decision_without_conditions_is_asked_of_the_task_before_it() -> None:
    shop = document(sample("pools"), "shop")
    assert [outcome.name.zh for outcome in shop.by_id["ok"].outcomes] == ["同意", "不同意"]
    assert edge(shop, "x", "send").condition == '步骤.ok.结果 = "a5"'
    assert edge(shop, "x", "e2").default


def test_several_starts_become_one_that_asks_how_it_was_started() -> None:
    shop = document(sample("pools"), "shop")
    assert [(one.on, one.schedule) for one in shop.start.triggers] == [
        ("schedule", "0 9 * * 1"),
        ("event", None),
    ]
    assert {("started_by", "s1"), ("started_by", "s2"), ("s1", "count"), ("s2", "count")} <= ways(shop)


def test_a_message_between_pools_names_the_event_that_is_waited_for() -> None:
    shop = document(sample("pools"), "shop")
    assert shop.by_id["wait"].until[0].event == "message.发货通知"
    supplier = document(sample("pools"), "supplier")
    assert supplier.start.triggers[0].event == "message.订单"


def test_a_file_in_gb18030_is_read() -> None:
    assert document(sample("every_event")).name.zh == "各种事件"


def test_positions_and_bends_are_taken_from_the_diagram() -> None:
    leave = document(sample("camunda7"))
    assert (leave.layout["activity_lead"].x, leave.layout["activity_lead"].y) == (360, 210)
    assert [(one.x, one.y) for one in edge(leave, "gateway_days", "activity_board").points] == [(270, 120)]
    assert "activity_book" not in leave.layout


def test_attributes_of_other_makers_that_are_not_read_are_named() -> None:
    row = sample("camunda7").report.of("Activity_lead")
    assert row is not None
    assert row.attributes == ("formKey",)
