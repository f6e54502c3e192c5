import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.factories.plans import NOON, completed, fixed_fee, plan

from shuniu.core.settlement import PlanError, calculate
from shuniu.core.settlement.models.work_order import FeeValue, fee_of
from shuniu.core.settlement.plan import WorkOrderFee

SPEC = json.loads(
    (Path(__file__).parents[3] / "spec/settlement/work_order_fees.json").read_text(encoding="utf-8")
)


def fee(facts: dict[str, Any], **changes: Any) -> FeeValue | None:
    prepared = plan(**changes)
    component = prepared.document.components[0]
    assert isinstance(component, WorkOrderFee)
    return fee_of(prepared, component, facts, NOON)


@pytest.mark.parametrize("case", SPEC["cases"], ids=lambda case: case["name"])
def test_the_table_of_fees_is_exact(case: dict[str, Any]) -> None:
    value = fee(case["facts"])
    parts = [str(part.amount) for part in value.parts] if value else None
    assert parts == case["parts"]
    assert (str(value.total) if value else None) == case["total"]


def test_the_offer_reads_as_people_would_write_it() -> None:
    value = fee({"工单.类型": "ac_high_install", "工单.楼层": 6, "工单.高温": True})
    assert value is not None
    assert [(part.text.zh, part.formula.zh, str(part.amount)) for part in value.parts] == [
        ("高空空调安装", "基础费 300.00 × 难度系数 1.2 = 360.00", "360.00"),
        ("高温补贴", "+20.00", "20.00"),
        ("平台扣款", "−0.00", "0.00"),
    ]


TWO = [{"text": {"zh": "高空"}, "value": "1.2"}, {"text": {"zh": "紧急"}, "value": "1.3"}]


@pytest.mark.parametrize(
    ("combine", "amount", "formula"),
    [
        ("multiply", "312.00", "基础费 200.00 × 高空 1.2 × 紧急 1.3 = 312.00"),
        ("max", "260.00", "基础费 200.00 × max(高空 1.2, 紧急 1.3) = 260.00"),
        ("sum_increments", "300.00", "基础费 200.00 × (1 + 高空 0.2 + 紧急 0.3) = 300.00"),
    ],
)
def test_coefficients_combine_as_the_plan_says(combine: str, amount: str, formula: str) -> None:
    value = fee({"工单.类型": "ac_install", "工单.楼层": 1}, combine=combine, coefficients=TWO)
    assert value is not None
    assert (str(value.parts[0].amount), value.parts[0].formula.zh) == (amount, formula)


DEDUCTION = [{"text": {"zh": "扣款"}, "amount": "250.00"}]


@pytest.mark.parametrize(("floor", "earned"), [("none", "-50.00"), ("zero", "0.00"), ("zero_carry", "0.00")])
def test_below_zero_the_floor_decides(floor: str, earned: str) -> None:
    prepared = fixed_fee("200", floor=floor)
    prepared = plan(
        base=[{"text": {"zh": "费"}, "amount": "200"}], coefficients=[], deductions=DEDUCTION, floor=floor
    )
    result = calculate(prepared, [completed(1, {})])
    assert result.total == Decimal(earned)


def test_what_a_floor_carries_is_taken_from_the_next_line() -> None:
    deductions = [{"text": {"zh": "扣款"}, "amount": "250.00", "when": "工单.楼层 = 1"}]
    base = [{"text": {"zh": "费"}, "amount": "200"}]
    prepared = plan(base=base, coefficients=[], deductions=deductions, allowances=[], floor="zero_carry")
    result = calculate(prepared, [completed(1, {"工单.楼层": 1}), completed(2, {"工单.楼层": 2})])
    assert [str(line.amount) for line in result.buckets[0].lines] == ["0.00", "150.00"]


def test_a_formula_may_compute_over_facts() -> None:
    base = [{"text": {"zh": "按层"}, "amount": "100 + 工单.楼层 * 12.345"}]
    value = fee({"工单.楼层": 6}, base=base, coefficients=[], allowances=[], deductions=[])
    assert value is not None
    assert str(value.total) == "174.07"


def test_a_formula_without_a_number_refuses_the_whole_call() -> None:
    base = [{"text": {"zh": "按层"}, "amount": "工单.楼层 * 10"}]
    with pytest.raises(PlanError) as refused:
        fee({"工单.楼层": None}, base=base)
    assert refused.value.code == "not_a_number"
