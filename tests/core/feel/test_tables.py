"""Decision tables: hit policies, and what is found before one is published."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from shuniu.core.feel import FeelError
from shuniu.core.feel.dmn import read_table, write_table
from shuniu.core.feel.dmn.run import Model
from shuniu.core.feel.tables import Aggregation, HitPolicy, Input, Output, Rule, Table, check, compile_table
from shuniu.core.feel.types import BOOLEAN, DATE, NUMBER, STRING

NAMES = {"金额": "number", "等级": "string", "日": "date", "会员": "boolean"}
TIERS = Table(
    inputs=(Input("金额", NUMBER), Input("等级", STRING, allowed='"金", "银"')),
    outputs=(Output("返点", NUMBER),),
    rules=(
        Rule(("< 100", "-"), ("0",)),
        Rule(("[100..500)", '"金"'), ("金额 * 0.1",)),
        Rule((">= 500", '"金"'), ("金额 * 0.2",)),
        Rule((">= 100", '"银"'), ("5",), note="银牌一口价"),
    ),
)


def result_of(table: Table, amount: str, level: str = "金") -> Any:
    return compile_table(table, NAMES).evaluate({"金额": Decimal(amount), "等级": level})


def policy(hit_policy: HitPolicy, aggregation: Aggregation | None = None, **output: Any) -> Table:
    rules = (Rule(("> 10",), ("2",)), Rule(("> 5",), ("3",)), Rule(("> 1",), ("1",)), Rule(("> 0",), ("3",)))
    return Table((Input("金额", NUMBER),), (Output("a", NUMBER, **output),), rules, hit_policy, aggregation)


@pytest.mark.parametrize(
    ("amount", "level", "value"),
    [("99.99", "金", 0), ("100", "金", 10), ("499.9", "金", "49.99"), ("500", "金", 100), ("500", "银", 5)],
)
def test_the_one_rule_that_matches_gives_the_result(amount: str, level: str, value: int | str) -> None:
    assert result_of(TIERS, amount, level) == Decimal(value)


def test_a_value_that_is_not_allowed_gives_null() -> None:
    assert result_of(TIERS, "500", "铜") is None


def test_the_rules_that_match_can_be_named() -> None:
    assert compile_table(TIERS, NAMES).matching_rules({"金额": Decimal(700), "等级": "金"}) == [3]


@pytest.mark.parametrize(
    ("hit_policy", "aggregation", "value"),
    [
        (HitPolicy.UNIQUE, None, None),
        (HitPolicy.FIRST, None, 2),
        (HitPolicy.ANY, None, None),
        (HitPolicy.COLLECT, None, [2, 3, 1, 3]),
        (HitPolicy.RULE_ORDER, None, [2, 3, 1, 3]),
        (HitPolicy.PRIORITY, None, 3),
        (HitPolicy.OUTPUT_ORDER, None, [3, 3, 2, 1]),
        (HitPolicy.COLLECT, Aggregation.SUM, 9),
        (HitPolicy.COLLECT, Aggregation.COUNT, 4),
        (HitPolicy.COLLECT, Aggregation.MIN, 1),
        (HitPolicy.COLLECT, Aggregation.MAX, 3),
    ],
)
def test_the_hit_policy_chooses(hit_policy: HitPolicy, aggregation: Aggregation | None, value: Any) -> None:
    assert result_of(policy(hit_policy, aggregation, allowed="3, 2, 1"), "20") == value


def test_any_takes_rules_that_agree() -> None:
    table = Table(
        (Input("金额", NUMBER),),
        (Output(),),
        (Rule(("> 1",), ("7",)), Rule(("> 2",), ("7.0",))),
        HitPolicy.ANY,
    )
    assert result_of(table, "3") == 7


def test_where_no_rule_matches_the_default_is_the_result() -> None:
    assert result_of(policy(HitPolicy.UNIQUE), "0") is None
    assert result_of(policy(HitPolicy.UNIQUE, default="9"), "0") == 9
    assert result_of(policy(HitPolicy.COLLECT), "0") == []


def test_several_outputs_give_a_context() -> None:
    table = Table((Input("金额"),), (Output("折扣"), Output("赠品")), (Rule(("-",), ("0.9", '"杯"')),))
    assert result_of(table, "1") == {"折扣": Decimal("0.9"), "赠品": "杯"}


def test_an_error_names_the_rule_and_the_condition() -> None:
    table = Table((Input("金额"),), (Output(),), (Rule(("> 1",), ("1",)), Rule(("> )",), ("1",))))
    with pytest.raises(FeelError, match="第 2 行第 1 个条件,第 3 个字符"):
        compile_table(table, NAMES)


def findings(*tests: str, of: Input | None = None, hit_policy: HitPolicy = HitPolicy.UNIQUE) -> list[str]:
    column = of or Input("金额", NUMBER)
    rules = tuple(Rule((text,), (str(number),)) for number, text in enumerate(tests))
    return [finding.en for finding in check(Table((column,), (Output(),), rules, hit_policy), NAMES)]


def test_a_complete_table_has_no_findings() -> None:
    assert check(TIERS, NAMES) == []


def test_gaps_in_numbers_are_named() -> None:
    assert findings("< 10", "(10..20]", "> 30") == [
        "no rule covers: 金额 10",
        "no rule covers: 金额 (20..30]",
    ]
    assert findings("[0..10]") == ["no rule covers: 金额 < 0", "no rule covers: 金额 > 10"]
    assert findings("< 1, > 1") == ["no rule covers: 金额 1"]
    assert findings("not(1)", "1") == []


def test_overlaps_in_numbers_are_named_where_one_rule_is_wanted() -> None:
    assert findings("<= 10", ">= 10") == ["rules 1, 2 overlap: 金额 10"]
    assert findings("<= 10", ">= 10", hit_policy=HitPolicy.FIRST) == []


def test_days_in_a_row_leave_no_gap() -> None:
    days = Input("日", DATE)
    assert findings('<= @"2026-01-31"', '>= date("2026-02-01")', of=days) == []
    assert findings('< @"2026-01-31"', '>= @"2026-02-01"', of=days) == ['no rule covers: 日 @"2026-01-31"']


def test_gaps_in_words_and_booleans_are_named() -> None:
    assert findings('"金"', '"银"', of=Input("等级", STRING)) == ["no rule covers: 等级 其他 / other"]
    assert findings('"金"', of=Input("等级", STRING, allowed='"金", "银"')) == ['no rule covers: 等级 "银"']
    assert findings("true", of=Input("会员", BOOLEAN)) == ["no rule covers: 会员 false"]


def test_a_gap_over_two_columns_names_both() -> None:
    table = Table(TIERS.inputs, TIERS.outputs, TIERS.rules[:3])
    assert [finding.zh for finding in check(table, NAMES)] == ['没有规则覆盖:金额 >= 100, 等级 "银"']


def test_a_cell_that_cannot_be_judged_raises_no_alarm() -> None:
    assert findings("> 5", "? <= 金额 + 5") == []


def test_a_default_closes_all_gaps() -> None:
    table = Table((Input("金额", NUMBER),), (Output(default="0"),), (Rule(("> 5",), ("1",)),))
    assert check(table, NAMES) == []


def test_a_table_written_as_dmn_is_read_again_as_it_was() -> None:
    data = write_table(TIERS, name="返点 表", names=NAMES)
    assert read_table(data) == ("返点 表", TIERS)
    assert Model.from_xml(data).decide("返点 表", {"金额": 500, "等级": "金"}) == 100


@pytest.mark.parametrize("hit_policy", list(HitPolicy))
def test_every_hit_policy_survives_dmn(hit_policy: HitPolicy) -> None:
    table = policy(hit_policy, default='"<&>"', label='甲"乙')
    assert read_table(write_table(table, name="t"))[1] == table
