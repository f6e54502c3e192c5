"""Forms that compute, show, ask and check by rules; tables of rows."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.core.flow.documents import words
from tests.core.flow.test_document import everything as everything_document

from shuniu.core.flow.answers import check_answers, documents_in, files_in, opening
from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.forms import Form, Right
from shuniu.core.flow.schema import form_schema

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)


def form(*fields: dict[str, Any], **rest: Any) -> Form:
    given = [{"name": words(one["key"]), **one} for one in fields]
    return Form.model_validate({"key": "f", "name": words("f"), "fields": given, **rest})


def problems(of: Form, answers: dict[str, Any], **rest: Any) -> list[tuple[str, str]]:
    _, found = check_answers(of, answers, rest.pop("rights", {}), now=NOW, **rest)
    return [(one.field, one.code) for one in found]


def clean(of: Form, answers: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return check_answers(of, answers, rest.pop("rights", {}), now=NOW, **rest)[0]


BABY = form(
    {"type": "date", "key": "birth", "latest": "today()"},
    {"type": "number", "key": "months", "computed": "years and months duration(birth, today()).years * 12 + years and months duration(birth, today()).months"},
    {"type": "yes_no", "key": "fits", "computed": "months <= 12"},
)  # fmt: skip


def test_what_is_computed_builds_on_what_is_computed_and_moves_with_time():
    assert clean(BABY, {"birth": "2026-01-15"}) == {"birth": "2026-01-15", "months": 10, "fits": True}
    later, _ = check_answers(BABY, {"birth": "2026-01-15"}, {}, now=NOW.replace(year=2027))
    assert (later["months"], later["fits"]) == (22, False)
    assert clean(BABY, {"birth": "2026-01-15", "months": 99})["months"] == 10
    assert problems(BABY, {"birth": "2026-12-01"}) == [("birth", "too_late")]


def test_a_field_that_is_not_visible_is_neither_kept_nor_required():
    of = form(
        {"type": "yes_no", "key": "high"},
        {"type": "number", "key": "floor", "visible_when": "high", "required": True},
        {"type": "text", "key": "why", "required_when": "floor > 20"},
    )
    assert problems(of, {"high": False}) == []
    assert clean(of, {"high": False, "floor": 5}) == {"high": False}
    assert problems(of, {"high": True}) == [("floor", "required")]
    assert problems(of, {"high": True, "floor": 21}) == [("why", "required")]


def test_checks_speak_in_the_authors_words_and_are_silent_about_what_is_missing():
    check = {"condition": "paid <= owed", "text": words("不能超过应付")}
    of = form(
        {"type": "money", "key": "owed"}, {"type": "money", "key": "paid", "checks": [check]}, checks=[check]
    )
    assert problems(of, {"owed": "5", "paid": "7.50"}) == [("paid", "check"), ("", "check")]
    assert problems(of, {"paid": "7.50"}) == []
    assert problems(of, {"owed": "7.5", "paid": "7.50"}) == []


PARTS = form(
    {
        "type": "table", "key": "parts", "min_rows": 1, "max_rows": 3,
        "columns": [
            {"type": "reference", "key": "part", "name": words("配件"), "to": "part", "required": True},
            {"type": "number", "key": "count", "name": words("数量"), "min": 1, "decimals": 0, "required": True},
            {"type": "money", "key": "price", "name": words("单价")},
            {"type": "money", "key": "sum", "name": words("小计"), "computed": "count * price"},
            {"type": "images", "key": "photos", "name": words("照片")},
        ],
    },
    {"type": "money", "key": "total", "computed": "sum(for row in parts return number(row.sum))"},
    {"type": "files", "key": "papers"},
)  # fmt: skip


def test_rows_compute_and_are_summed():
    row = {"part": 7, "count": 2, "price": "12.5", "photos": [3, 4]}
    kept = clean(PARTS, {"parts": [row, {"part": 8, "count": 1, "price": 5}], "papers": [9]})
    assert kept["parts"] == [
        {"part": 7, "count": 2, "price": "12.50", "photos": [3, 4], "sum": "25.00"},
        {"part": 8, "count": 1, "price": "5.00", "sum": "5.00"},
    ]
    assert kept["total"] == "30.00"
    assert (files_in(PARTS, kept), documents_in(PARTS, kept)) == ({"parts": (3, 4)}, {"papers": (9,)})


@pytest.mark.parametrize(("rows", "expected"), [
    ([], [("parts", "required")]),
    ("x", [("parts", "wrong_type")]),
    ([{}] * 4, [("parts", "too_many")]),
    ([{"part": 1, "count": 0}], [("parts.0.count", "too_small")]),
    ([{"part": 1, "count": 1}, {"count": 1.5}], [("parts.1.count", "too_precise"), ("parts.1.part", "required")]),
    ([{"part": 1, "count": 1, "colour": 1}], [("parts.0.colour", "unknown_field")]),
])  # fmt: skip
def test_a_wrong_cell_is_pointed_at(rows, expected):
    assert problems(PARTS, {"parts": rows}) == expected


def test_rights_reach_into_tables():
    rights = {"parts.price": Right.READ}
    assert problems(PARTS, {"parts": [{"part": 1, "count": 1, "price": 3}]}, rights=rights) == [
        ("parts.0.price", "not_editable")
    ]


def test_a_form_opens_with_defaults_from_what_is_known():
    of = form(
        {"type": "text", "key": "city", "default_from": "客户.城市"},
        {"type": "number", "key": "count", "default": 2},
        {"type": "number", "key": "double", "computed": "count * 2"},
    )
    names = (("客户.城市", "string"),)
    assert opening(of, facts={"客户.城市": "武汉"}, names=names) == {"city": "武汉", "count": 2, "double": 4}
    assert opening(of, names=names) == {"count": 2, "double": 4}


CASCADE = [
    {"key": "hb", "name": words("湖北")}, {"key": "wh", "name": words("武汉"), "parent": "hb"}, {"key": "gd", "name": words("广东")},
]  # fmt: skip


@pytest.mark.parametrize(("field", "given", "expected"), [
    ({"type": "email"}, " a@b.cn ", "a@b.cn"),
    ({"type": "email"}, "a@b", "not_an_email"),
    ({"type": "text", "pattern": "[A-Z]{2}"}, "AB", "AB"),
    ({"type": "text", "pattern": "[A-Z]{2}"}, "ABC", "wrong_pattern"),
    ({"type": "multi_select", "options": CASCADE, "max_count": 1}, ["hb"], ["hb"]),
    ({"type": "multi_select", "options": CASCADE, "max_count": 1}, ["hb", "gd"], "too_many"),
    ({"type": "cascade", "options": CASCADE}, ["hb", "wh"], ["hb", "wh"]),
    ({"type": "cascade", "options": CASCADE}, ["gd", "wh"], "not_an_option"),
    ({"type": "select", "catalogue": "brands"}, "midea", "midea"),
    ({"type": "time"}, "9:5", "not_a_time"),
    ({"type": "time"}, "09:05", "09:05"),
    ({"type": "date_time"}, "2026-11-22T10:00:00+08:00", "2026-11-22T10:00:00+08:00"),
    ({"type": "date_time"}, "2026-11-22T10:00:00", "not_a_date"),
    ({"type": "scan"}, " SN-1 ", "SN-1"),
    ({"type": "reference", "to": "staff"}, 3, 3),
    ({"type": "reference", "to": "staff"}, [3], "not_a_reference"),
    ({"type": "reference", "to": "part", "several": True}, [3, "4"], "not_a_reference"),
    ({"type": "reference", "to": "part", "several": True}, [3, 4, 3], [3, 4]),
    ({"type": "money", "max": 100}, "100.01", "too_large"),
    ({"type": "files", "max_count": 1}, [1, 2], "too_many"),
    ({"type": "note"}, "x", "unknown_field"),
])  # fmt: skip
def test_each_type_of_field_reads_its_answer(field, given, expected):
    of = form({"key": "it", **field})
    kept, found = check_answers(of, {"it": given}, {}, now=NOW)
    assert (found[0].code if found else kept["it"]) == expected


def test_a_form_exports_as_json_schema():
    schema = form_schema(PARTS, locale="en")
    row = schema["properties"]["parts"]["items"]
    assert row["required"] == ["part", "count"]
    assert row["properties"]["count"] == {"type": "integer", "minimum": 1, "title": "数量"}
    assert row["properties"]["sum"]["x-feel"] == {"computed": "count * price"}
    assert schema["properties"]["total"]["readOnly"] is True
    assert schema["additionalProperties"] is False
    everything = FlowDocument.model_validate(everything_document()).forms[0]
    assert set(form_schema(everything)["properties"]) == set(everything.names)
