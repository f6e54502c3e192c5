from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.core import feel
from shuniu.core.feel import FeelError
from shuniu.core.feel.builder import from_builder, to_builder
from shuniu.core.feel.types import BOOLEAN, DATE, NUMBER, STRING, ContextType, Type

NAMES: dict[str, Type] = {
    "客户": ContextType((("等级", STRING), ("近90天消费", NUMBER), ("生日", DATE), ("会员", BOOLEAN))),
    "金额": NUMBER,
    "备注": STRING,
}


def group(*rules: dict[str, Any], combinator: str = "and", negated: bool = False) -> dict[str, Any]:
    return {"combinator": combinator, "not": negated, "rules": list(rules)}


def rule(field: str, operator: str, value: Any = None, **more: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value, **more}


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        (group(rule("金额", ">=", "100.50")), "金额 >= 100.50"),
        (group(rule("客户.等级", "in", ["A", "B"])), '客户.等级 in ("A", "B")'),
        (group(rule("客户.生日", "between", ["1990-01-01", "1999-12-31"])),
         '客户.生日 between @"1990-01-01" and @"1999-12-31"'),
        (group(rule("备注", "doesNotContain", "投诉")), 'not(contains(备注, "投诉"))'),
        (group(rule("客户.会员", "=", value=True), rule("金额", "notNull")), "客户.会员 = true and 金额 != null"),
        (group(rule("金额", ">", "客户.近90天消费", valueSource="field")), "金额 > 客户.近90天消费"),
        (group(rule("金额", "<", "1"), group(rule("金额", ">", "5"), rule("备注", "null"), combinator="or")),
         "金额 < 1 and (金额 > 5 or 备注 = null)"),
        (group(rule("金额", "<", "1"), rule("金额", ">", "5"), combinator="or", negated=True),
         "not(金额 < 1 or 金额 > 5)"),
        (group(), "true"),
        (group(rule("金额", "<", "-3")), "金额 < -3"),
    ],
)  # fmt: skip
def test_a_drawn_rule_is_written_and_drawn_again(drawn: dict[str, Any], text: str) -> None:
    assert from_builder(drawn, NAMES) == text
    assert to_builder(feel.compile(text, NAMES).tree) == drawn


@pytest.mark.parametrize(
    "text", ["金额 + 1 > 5", "some x in [1, 2] satisfies x > 金额", "if 客户.会员 then true else false"]
)
def test_what_a_builder_cannot_draw_stays_text(text: str) -> None:
    assert to_builder(feel.compile(text, NAMES).tree) is None


def test_a_constant_on_the_left_is_drawn_the_other_way_round() -> None:
    assert to_builder(feel.compile("100 < 金额", NAMES).tree) == group(rule("金额", ">", "100"))


@pytest.mark.parametrize(
    "drawn",
    [
        group(rule("客户.等极", "=", "A")),
        group(rule("金额", "=", "many")),
        group(rule("金额", "between", ["1"])),
        group(rule("金额", "~", "1")),
        group(rule("客户.会员", "=", "perhaps")),
        {"combinator": "xor", "rules": [rule("金额", "=", "1")]},
    ],
)
def test_a_drawn_rule_that_makes_no_sense_is_refused_in_both_languages(drawn: dict[str, Any]) -> None:
    with pytest.raises(FeelError) as refused:
        from_builder(drawn, NAMES)
    assert refused.value.zh
    assert refused.value.en


rules = st.one_of(
    st.builds(rule, st.just("金额"), st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
              st.decimals(-1000, 1000, places=2).map(lambda n: f"{n:f}").filter(lambda n: float(n) != 0)),
    st.builds(rule, st.just("备注"), st.sampled_from(["contains", "beginsWith", "doesNotEndWith", "="]),
              st.text(max_size=5).filter(lambda text: "\x00" not in text)),
    st.builds(rule, st.just("客户.等级"), st.sampled_from(["in", "notIn"]), st.lists(st.sampled_from("ABCD"), min_size=1)),
)  # fmt: skip
trees = st.recursive(
    rules,
    lambda inner: st.builds(
        lambda items, combinator: group(*items, combinator=combinator),
        st.lists(inner, min_size=2, max_size=3),
        st.sampled_from(["and", "or"]),
    ),
    max_leaves=8,
)


@given(tree=trees)
def test_every_drawn_rule_survives_the_round_trip(tree: dict[str, Any]) -> None:
    drawn = tree if "rules" in tree else group(tree)

    assert to_builder(feel.compile(from_builder(drawn, NAMES), NAMES).tree) == drawn
