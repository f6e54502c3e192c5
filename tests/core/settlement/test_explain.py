from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.factories.plans import completed, plan

from shuniu.core.settlement import Node, calculate, explain


def told(node: Node, depth: int = 0) -> list[str]:
    lines = [f"{'  ' * depth}{node.text.zh}: {node.formula.zh}"]
    for child in node.children:
        lines += told(child, depth + 1)
    return lines


def test_an_explanation_can_be_followed_with_a_pocket_calculator() -> None:
    one = completed(1)
    (line,) = calculate(plan(), [one]).buckets[0].lines
    root = explain(plan(), line, one)
    assert told(root) == [
        "上门服务费: 360.00 + 20.00 − 0.00 = 380.00",
        "  高空空调安装: 基础费 300.00 × 难度系数 1.2 = 360.00",
        "  高温补贴: +20.00",
        "  平台扣款: −0.00",
    ]
    fee = root.children[0]
    assert fee.rule == '工单.类型 = "ac_high_install"'
    assert fee.facts == (("工单.类型", "ac_high_install"),)
    assert fee.rounding is not None
    assert fee.rounding.zh == "四舍五入到 2 位小数：无尾差"


def test_a_correction_shows_both_sides() -> None:
    wrong = completed(1, {"工单.类型": "ac_install", "工单.楼层": 1})
    right = completed(2, {"工单.类型": "ac_install", "工单.楼层": 3}, corrects=wrong)
    opening = {bucket.key: bucket.closing for bucket in calculate(plan(), [wrong]).buckets}
    (line,) = calculate(plan(), [right], opening=opening).buckets[0].lines
    root = explain(plan(), line, right)
    assert root.formula.zh == "240.00 − 200.00 = 40.00"
    assert [(child.text.zh, str(child.value)) for child in root.children] == [
        ("本次", "240.00"),
        ("更正前", "200.00"),
    ]


@given(st.integers(0, 9), st.sampled_from(["ac_install", "ac_high_install", "other"]), st.booleans())
def test_the_tree_of_a_line_sums_to_its_amount(floor: int, kind: str, hot: bool) -> None:  # noqa: FBT001
    one = completed(1, {"工单.类型": kind, "工单.楼层": floor, "工单.高温": hot})
    (line,) = calculate(plan(), [one]).buckets[0].lines
    root = explain(plan(), line, one)
    assert root.value == line.amount
    assert sum((child.value for child in root.children), Decimal(0)) == line.amount
