"""Answers against a form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.flow.documents import words

from shuniu.core.flow.answers import check_answers, files_in
from shuniu.core.flow.forms import Form, Right

FORM = Form.model_validate(
    {
        "key": "f",
        "name": words("f"),
        "fields": [
            {"type": "text", "key": "text", "name": words("文字"), "max_length": 5},
            {"type": "number", "key": "number", "name": words("数字"), "min": 1, "max": 9},
            {"type": "money", "key": "money", "name": words("金额")},
            {"type": "phone", "key": "phone", "name": words("手机")},
            {
                "type": "select",
                "key": "select",
                "name": words("选择"),
                "options": [{"key": "a", "name": words("甲")}],
            },
            {"type": "yes_no", "key": "yes", "name": words("是否")},
            {"type": "date", "key": "date", "name": words("日期")},
            {"type": "images", "key": "images", "name": words("照片"), "min_count": 2, "required": True},
            {"type": "location", "key": "place", "name": words("定位")},
            {"type": "signature", "key": "sign", "name": words("签名"), "required": True},
            {"type": "rating", "key": "rating", "name": words("评分")},
        ],
    }
)
GOOD = {"images": [11, 12], "sign": 13}


def problem_of(answers, rights=None):
    _, problems = check_answers(FORM, {**GOOD, **answers}, rights or {})
    return [(problem.field, problem.code) for problem in problems]


def test_good_answers_come_back_in_their_stored_shape():
    given = {
        "text": " 好 ", "number": "3", "money": "12.5", "phone": "138 1234-5678", "select": "a", "yes": True,
        "date": "2026-11-22", "images": [11, 12, 11], "place": {"lat": 30.5, "lng": 114.4}, "sign": 13, "rating": 5,
    }  # fmt: skip
    clean, problems = check_answers(FORM, given, {})
    assert problems == ()
    assert clean == {
        "text": "好", "number": 3, "money": "12.50", "phone": "13812345678", "select": "a", "yes": True,
        "date": "2026-11-22", "images": [11, 12], "place": {"lat": 30.5, "lng": 114.4, "accuracy": 0.0}, "sign": 13,
        "rating": 5,
    }  # fmt: skip
    assert files_in(FORM, clean) == {"images": (11, 12), "sign": (13,)}


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"images": [11]}, ("images", "too_few")),
        ({"images": []}, ("images", "too_few")),
        ({"images": list(range(1, 12))}, ("images", "too_many")),
        ({"images": ["11", "12"]}, ("images", "not_a_file")),
        ({"sign": None}, ("sign", "required")),
        ({"text": "一二三四五六"}, ("text", "too_long")),
        ({"number": 0}, ("number", "too_small")),
        ({"number": 10}, ("number", "too_large")),
        ({"number": "三"}, ("number", "wrong_type")),
        ({"number": "NaN"}, ("number", "wrong_type")),
        ({"number": True}, ("number", "wrong_type")),
        ({"money": "1.005"}, ("money", "too_precise")),
        ({"phone": "12345"}, ("phone", "not_a_phone")),
        ({"select": "b"}, ("select", "not_an_option")),
        ({"yes": "是"}, ("yes", "wrong_type")),
        ({"date": "2026-13-01"}, ("date", "not_a_date")),
        ({"place": {"lat": 91, "lng": 0}}, ("place", "not_a_place")),
        ({"place": "here"}, ("place", "not_a_place")),
        ({"rating": 6}, ("rating", "not_a_rating")),
        ({"rating": 4.5}, ("rating", "not_a_rating")),
        ({"extra": 1}, ("extra", "unknown_field")),
    ],
)
def test_a_wrong_answer_is_pointed_at(answers, problem):
    assert problem_of(answers) == [problem]


def test_several_problems_come_at_once():
    assert problem_of({"images": None, "sign": None, "rating": 0}) == [
        ("images", "too_few"),
        ("sign", "required"),
        ("rating", "not_a_rating"),
    ]


def test_what_may_not_be_edited_is_refused():
    assert problem_of({"text": "好"}, {"text": Right.READ}) == [("text", "not_editable")]


@given(
    st.dictionaries(
        st.sampled_from([field.key for field in FORM.fields]),
        st.from_type(object) | st.floats() | st.text() | st.integers() | st.lists(st.integers()) | st.none(),
    )
)
def test_no_answer_makes_the_check_stumble(answers):
    clean, problems = check_answers(FORM, answers, {})
    assert not {problem.field for problem in problems} & set(clean)
