"""The document: every kind of node and field in one, its JSON form, its schema."""

import json
from typing import Any

import pytest
from pydantic import ValidationError
from tests.core.flow.documents import edge, node, words

from shuniu.core.flow.document import DOCUMENT, FlowDocument, On
from shuniu.core.flow.forms import Form

LIMIT = {
    "amount": 2,
    "unit": "days",
    "reminders": [{"before": 60, "to": {"by": "starter"}}],
    "escalation": {"to": {"by": "supervisor", "of": "工单.师傅"}, "hand_over": True},
    "escalations": [{"after": 120, "call": {"effect": "coupon.give", "params": {"coupon": 3}}}],
}
PEOPLE: list[dict[str, Any]] = [
    {"by": "role", "role": "agent", "unit": "工单.仓库"},
    {"by": "position", "position": "品控"},
    {"by": "person", "staff_ids": [1, 2]},
    {"by": "supervisor", "levels": 3, "chain": True},
    {"by": "store_head"},
    {"by": "assignee"},
    {"by": "staff_field", "field": "店长"},
    {"by": "step", "node": "check"},
    {"by": "starter"},
    {"by": "feel", "expression": "if 金额 > 1000 then 1 else 2"},
    {"by": "several", "rules": [{"by": "starter"}, {"by": "store_head"}]},
    {"by": "customer"},
]


def field(kind: str, **rest: Any) -> dict[str, Any]:
    return {"type": kind, "key": rest.pop("key", kind), "name": words(kind), **rest}


def everything() -> dict[str, Any]:
    """One of every node, every field, every rule for people."""
    nodes = [
        node("start", "begin", form="all", triggers=[{"on": "event", "event": "customer.stage_changed"}]),
        node("parallel", "split"),
        *(node("task", f"ask_{n}", people=rule, variant="fixed") for n, rule in enumerate(PEOPLE)),
        node(
            "task",
            "check",
            people=PEOPLE[0],
            form="all",
            forms_when=[{"when": '客户.阶段 = "试听"', "form": "all"}],
            rights={"text": "hidden", "table.text": "read"},
            entry=[{"condition": "金额 > 0", "text": words("没有金额")}],
            exit=[{"condition": "金额 < 9", "text": words("太多"), "outcomes": ["done"]}],
            template=words("先道歉"),
            guide=words("怎么做"),
            deadline=LIMIT,
            nobody="stop",
            same_person="skip",
            must_claim=True,
            while_open=["ask_0"],
            cancels=["ask_1"],
        ),
        node(
            "approval",
            "sign",
            on_reject="return",
            reject_to="check",
            levels=[
                {"people": PEOPLE[3], "mode": "in_turn", "deadline": LIMIT},
                {"people": PEOPLE[2], "mode": "n_of_m", "needed": 2, "when": "金额 > 5", "nobody": "pass"},
            ],
        ),
        node("inclusive", "some"),
        node("join", "meet", mode="n_of_m", needed=2, rest="cancel"),
        node(
            "wait",
            "hear",
            until=[
                {"waits": "time", "amount": 3},
                {"waits": "date", "date": "today()"},
                {"waits": "event", "event": "customer.replied", "correlation": "客户.编号", "keep": True},
            ],
        ),
        node(
            "action",
            "pay",
            effect="pay",
            inputs={"amount": "金额"},
            undo={"effect": "refund"},
            keeps={"单号": "no"},
        ),
        node("settle", "earn", measure="thing.done"),
        node("undo", "back", of=["pay"]),
        node("subflow", "each", flow="visit", rows="行", needed=1, rest="cancel", inputs={"件": "row.part"}),
        node("milestone", "news", text=words("已出发")),
        node("notify", "tell", text=words("好")),
        node("branch", "way"),
        node("survey", "rate", form="all"),
        node("end", "finish", terminate=True, result="passed"),
    ]
    fields = [
        *(field(kind) for kind in SIMPLE),
        field("select", options=[{"key": "a", "name": words("a")}]),
        field("multi_select", catalogue="parts"),
        field("cascade", catalogue="regions"),
        field("reference", to="part", several=True),
        field("table", columns=[field("text"), field("money")], min_rows=1),
        field("number", key="months", computed="months between(date, today())", fact="宝宝月龄"),
    ]
    form = {
        "key": "all",
        "name": words("all"),
        "fields": fields,
        "sections": [{"key": "one", "name": words("一"), "visible_when": "yes_no"}],
        "checks": [{"condition": "number < 3", "text": words("太大")}],
        "tags": [{"tag": "适龄产品", "when": "months < 12"}],
        "layout": {"columns": 2, "pages": True},
    }
    return {
        "format": 2,
        "name": words("全部"),
        "subject": "thing",
        "nodes": nodes,
        "edges": [
            edge("begin", "split"),
            edge("pay", "tell", on="error"),
            edge("each", "tell", on="timeout", beside=True),
        ],
        "forms": [form],
        "facts": {"金额": "number"},
        "deadline": {"amount": 5, "unit": "days"},
        "layout": {"begin": {"x": 1, "y": 2}},
    }


SIMPLE = [
    "text",
    "number",
    "money",
    "phone",
    "email",
    "yes_no",
    "date",
    "time",
    "date_time",
    "images",
    "files",
    "signature",
    "location",
    "rating",
    "scan",
    "note",
]


def test_a_document_of_everything_survives_its_json_form():
    parsed = FlowDocument.model_validate(everything())
    assert DOCUMENT.validate_json(DOCUMENT.dump_json(parsed)) == parsed
    assert {one.type for one in parsed.nodes} == {
        "start", "parallel", "task", "approval", "inclusive", "join", "wait", "action", "settle", "undo", "subflow",
        "milestone", "notify", "branch", "survey", "end",
    }  # fmt: skip


def test_error_and_timeout_paths_are_no_ordinary_ways_on():
    parsed = FlowDocument.model_validate(everything())
    assert parsed.ways_out["pay"] == ()
    way = parsed.way_on("pay", On.ERROR)
    assert way is not None
    assert way.target == "tell"


def test_the_schema_of_documents_is_json_and_names_every_node():
    schema = json.loads(json.dumps(FlowDocument.model_json_schema()))
    kinds = schema["properties"]["nodes"]["items"]["discriminator"]["mapping"]
    assert set(kinds) == {one["type"] for one in everything()["nodes"]}


def test_documents_of_the_first_format_stay_valid():
    plain = FlowDocument.model_validate(
        {"format": 1, "name": words("旧"), "subject": "thing", "nodes": [node("start", "a")], "edges": []}
    )
    assert plain.deadline is None


@pytest.mark.parametrize("wrong", [{"format": 3}, {"colour": "red"}, {"nodes": [node("loop", "a")]}])
def test_what_the_format_does_not_know_is_refused(wrong):
    with pytest.raises(ValidationError):
        FlowDocument.model_validate(everything() | wrong)


def test_answers_have_feel_types():
    names = Form.model_validate(everything()["forms"][0]).names
    assert names["date"] == "date"
    assert names["table"] == "list<context<text: string, money: number>>"
    assert "note" not in names


def test_the_levels_of_an_approval_offer_approve_and_reject():
    sign = FlowDocument.model_validate(everything()).by_id["sign"]
    assert [one.key for one in sign.outcomes] == ["approved", "rejected"]


def test_facts_of_the_house_are_wanted_wherever_feel_may_be_asked_next():
    level = {"people": {"by": "starter"}}
    nodes = [
        node("start", "s"),
        node("task", "a", people={"by": "starter"}),
        node("approval", "sign", levels=[level, {**level, "when": "金额 > 1"}]),
        node("task", "b", people={"by": "starter"}),
        node("task", "c", people={"by": "starter"}, exit=[{"condition": "金额 > 1", "text": words("x")}]),
        node("end", "e"),
    ]
    edges = [edge("s", "a"), edge("a", "sign"), edge("sign", "b"), edge("b", "c"), edge("c", "e")]
    document = FlowDocument.model_validate(
        {
            "format": 2,
            "name": words("x"),
            "subject": "thing",
            "nodes": nodes,
            "edges": edges,
            "facts": {"金额": "number"},
        }
    )
    assert document.deciding == {"a", "sign", "c"}
