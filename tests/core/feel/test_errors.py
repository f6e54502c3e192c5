"""What is wrong with a text is said in both languages, with its place and what was probably meant."""

from __future__ import annotations

import pytest

from shuniu.core import feel
from shuniu.core.feel import FeelError, compile_tests

NAMES = {"客户": {"等级": "string", "近90天消费": "number"}, "金额": "number", "日": "date"}


@pytest.mark.parametrize(
    ("text", "column", "zh", "en"),
    [
        ('客户.等极 = "金"', 4, "‘客户.等极’没有这个字段,是否想写‘客户.等级’?", "did you mean '客户.等级'?"),
        (
            "近90天消 > 1",
            1,
            "没有‘近90天消’这个名字,是否想写‘客户.近90天消费’?",
            "did you mean '客户.近90天消费'?",
        ),
        ("round halfup(金额, 2)", 1, "是否想写‘round half up’?", "did you mean 'round half up'?"),
        ("1 + 金鹅", 5, "是否想写‘金额’?", "there is no name '金鹅'"),
        ("sum(1, 2", 9, "这里应是‘)’,表达式却结束了", "')' expected, but the text ends"),
        ("1 + ", 5, "这里应是一个值", "a value expected"),
        ("1 2", 3, "这里应是一个运算符或结尾,不是‘2’", "an operator or the end expected, not '2'"),
        ('"没有结束', 1, "引号没有结束", "not closed"),
        ("客户.等级 = “金”", 9, "全角符号", "full-width"),
        ("日.yaer", 3, "是否想写‘日.year’?", "did you mean '日.year'?"),
        ("金额 instance of nubmer", 16, "没有‘nubmer’这个类型", "there is no type 'nubmer'"),
        ('@"2026-13-01"', 1, "不是日期、时间或时长", "is not a date, time or duration"),
        ("substring(金额)", 1, "substring 不接受 1 个参数", "does not take 1 arguments"),
        ("substring(s: 1, start position: 1)", 1, "substring 没有‘s’这个参数", "has no parameter 's'"),
        ("{a: 1, a: 2}", 8, "‘a’写了两次", "'a' is written twice"),
        ("? > 1", 1, "‘?’只能用在单元测试里", "'?' belongs in unary tests"),
    ],
)
def test_an_error_names_the_place_and_a_remedy(text: str, column: int, zh: str, en: str) -> None:
    with pytest.raises(FeelError) as caught:
        feel.compile(text, NAMES)
    error = caught.value
    assert (error.line, error.column) == (1, column)
    assert error.zh.startswith(f"第 {column} 个字符:")
    assert zh in error.zh
    assert en in error.en


def test_a_place_in_a_longer_text_has_its_line() -> None:
    with pytest.raises(FeelError) as caught:
        feel.compile("金额 +\n  金额 *", NAMES)
    assert (caught.value.line, caught.value.column) == (2, 7)
    assert caught.value.zh.startswith("第 2 行第 7 个字符:")


def test_without_strict_unknown_things_are_null() -> None:
    assert feel.compile("无名", strict=False).evaluate({}) is None
    assert feel.compile("无名(1)", strict=False).evaluate({}) is None
    assert feel.compile("客户.无", NAMES, strict=False).evaluate({"客户": {"无": 1}}) is not None
    assert feel.compile('@"no"', strict=False).evaluate({}) is None


def test_unary_tests_know_their_input() -> None:
    assert compile_tests("[1..5], > ?", NAMES, "number").test(3, {}) is True
    with pytest.raises(FeelError, match="没有‘x’"):
        compile_tests("> x", NAMES, "number")
