"""Rows of the price of work that users know by name, priced by whole plans."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest

from shuniu.core.settlement import (
    Calculation,
    Input,
    PlanDocument,
    PlanError,
    PreparedPlan,
    best_offer,
    calculate,
    check,
    explain,
    named,
    prepare,
)

NOON = datetime(2026, 3, 15, 4, 0, tzinfo=UTC)


def plan(*components: dict[str, Any], **more: Any) -> PreparedPlan:
    parts = [{"name": {"zh": each["key"]}, **each} for each in components]
    document = PlanDocument.model_validate({"key": "p", "name": {"zh": "方案"}, "components": parts, **more})
    assert [p for p in check(document, allowed_levels=10) if p.severity == "error"] == []
    return prepare(document)


def done(id_: int, measure: str, amount: str = "0", quantity: str = "0", **more: Any) -> Input:
    at = more.pop("at", NOON)
    return Input(
        id=id_, measure=measure, at=at, recorded_at=at, amount=Decimal(amount), quantity=Decimal(quantity),
        parties=more.pop("parties", {"worker": "staff:1"}), source=more.pop("source", f"order:{id_}"), **more,
    )  # fmt: skip


def earned(calculation: Calculation) -> dict[str, Decimal]:
    return {bucket.key.component: bucket.amount for bucket in calculation.buckets}


# 基础费 × 难度系数: the worked table


FEES = {
    "facts": {"项目.类型": "string", "项目.楼层": "number"},
    "lookups": [
        {"kind": "table", "name": "基础费", "inputs": ["项目.类型"], "rows": [
            {"tests": ['"标准空调"'], "value": "200"}, {"tests": ['"高空空调"'], "value": "300"},
            {"tests": ['"复杂设备"'], "value": "400"}, {"tests": ['"紧急加单"'], "value": "350"}]},
        {"kind": "table", "name": "难度", "hit": "FIRST", "inputs": ["项目.类型", "项目.楼层"], "rows": [
            {"tests": ['"高空空调"', "-"], "value": "1.2"}, {"tests": ['"复杂设备"', "-"], "value": "1.5"},
            {"tests": ['"紧急加单"', "-"], "value": "1.3"}, {"tests": ['"标准空调"', ">= 3"], "value": "1.2"},
            {"tests": ["-", "-"], "value": "1.0"}]},
    ],
}  # fmt: skip
FEE = {
    "model": "work_order", "key": "fee", "measure": "work_order.completed", "combine": "multiply", "floor": "none",
    "base": [{"text": {"zh": "基础费"}, "amount": "基础费"}],
    "coefficients": [{"text": {"zh": "难度系数"}, "value": "难度"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "floor", "fee"),
    [
        ("标准空调", 1, "200"),
        ("标准空调", 3, "240"),
        ("高空空调", 9, "360"),
        ("复杂设备", 2, "600"),
        ("紧急加单", 1, "455"),
    ],
)
def test_the_fee_is_found_by_type_and_place(kind: str, floor: int, fee: str) -> None:
    one = done(1, "work_order.completed", facts={"项目.类型": kind, "项目.楼层": Decimal(floor)})
    assert calculate(plan(FEE, **FEES), [one]).total == Decimal(fee)


# 六项激励叠加在一单上


def incentive(key: str, amount: str, **more: Any) -> dict[str, Any]:
    return {"model": "formula", "key": key, "measure": "order.paid", "amount": amount, **more}


SIX = [
    incentive("commission", "金额 * 0.03"),
    incentive("brand_subsidy", "200", when='订单.品牌 = "甲"'),
    incentive("finance_referral", "订单.贷款额 * 0.005", when="订单.贷款额 > 0", maximum="800"),
    incentive("insurance_referral", "订单.保费 * 0.1", when="订单.保费 > 0"),
    incentive("trade_in", "300", when="订单.置换"),
    {"model": "cumulative", "key": "monthly", "measure": "order.paid", "curve": {
        "kind": "volume", "boundary": "lower_inclusive", "tiers": [{"up_to": "500000", "rate": "0"}, {"rate": "0.005"}]}},
]  # fmt: skip
CAR_FACTS = {"订单.品牌": "string", "订单.贷款额": "number", "订单.保费": "number", "订单.置换": "boolean"}


def test_six_incentives_stack_on_one_order_and_each_is_its_own_line() -> None:
    facts = {
        "订单.品牌": "甲",
        "订单.贷款额": Decimal(200_000),
        "订单.保费": Decimal("6543.21"),
        "订单.置换": True,
    }
    one = done(1, "order.paid", "500000.00", facts=facts)
    prepared = plan(*SIX, facts=CAR_FACTS)
    result = calculate(prepared, [one])
    assert earned(result) == {
        "brand_subsidy": Decimal("200.00"),
        "commission": Decimal("15000.00"),
        "finance_referral": Decimal("800.00"),
        "insurance_referral": Decimal("654.32"),
        "monthly": Decimal("2500.00"),
        "trade_in": Decimal("300.00"),
    }
    assert result.total == Decimal("19454.32")
    for bucket in result.buckets:
        assert explain(prepared, bucket.lines[0], one).value == bucket.amount


# 20 个以上维度的价格表


def test_a_grid_of_24_inputs_and_2000_rules_prices_an_order() -> None:
    names = [f"维度{number}" for number in range(24)]
    rows = [
        {"tests": [f"{rule // 50}", f'"{"急" if rule % 2 else "缓"}"', *(f"[{rule % 50}..{rule % 50})" if at == 5 else "-" for at in range(22))],
         "value": str(rule)}
        for rule in range(2000)
    ]  # fmt: skip
    for row in rows:
        rule = int(row["value"])
        row["tests"][7] = str(rule % 50)
    facts = {name: "string" if at == 1 else "number" for at, name in enumerate(names)}
    table = {"kind": "table", "name": "单价", "inputs": names, "rows": rows, "hit": "FIRST"}
    started = perf_counter()
    prepared = plan(incentive("price", "单价 * 数量"), facts=facts, lookups=[table])
    ready = perf_counter() - started
    values: dict[str, Any] = {name: Decimal(0) for name in names} | {
        "维度0": Decimal(39),
        "维度1": "急",
        "维度7": Decimal(49),
    }
    started = perf_counter()
    total = calculate(prepared, [done(1, "order.paid", quantity="2", facts=values)]).total
    asked = perf_counter() - started
    assert total == Decimal("3998.00")
    assert ready < 60
    assert asked < 2


def test_the_same_grid_as_a_matrix_falls_back_from_the_special_to_the_general() -> None:
    names = [f"维度{number}" for number in range(24)]
    dimensions = [{"name": name, "of": name} for name in names]
    rows = [
        {"values": [f"甲{rule}", *("*" for _ in range(22)), f"乙{rule % 7}"], "value": str(rule)}
        for rule in range(2000)
    ]
    rows.append({"values": ["*"] * 24, "value": "9999"})
    matrix = {"kind": "matrix", "name": "单价", "dimensions": dimensions, "rows": rows}
    prepared = plan(incentive("price", "单价"), facts=dict.fromkeys(names, "string"), lookups=[matrix])
    known = dict.fromkeys(names, "无") | {"维度0": "甲1999", "维度23": f"乙{1999 % 7}"}
    assert calculate(prepared, [done(1, "order.paid", facts=known)]).total == Decimal("1999.00")
    assert calculate(prepared, [done(1, "order.paid", facts=known | {"维度23": "别的"})]).total == Decimal(
        "9999.00"
    )


# 闯关: cash at once and a promotion fund, into accounts of their own


CHALLENGE = [
    {"model": "formula", "key": "first_win", "measure": "order.paid", "when": "金额 > 0", "period": "once",
     "first": {"per": "订单.医院"}, "amount": "if 金额 > 500000 then 金额 * 0.08 else 0", "account": "earned"},
    {"model": "cumulative", "key": "promotion_fund", "measure": "order.paid", "period": "quarter", "account": "fund",
     "curve": {"kind": "target", "threshold": "2000000", "comparison": ">=", "of": "whole", "rate": "0.05"}},
]  # fmt: skip


def order(id_: int, amount: str, hospital: str, partner: str, days: int = 0) -> Input:
    at = datetime(2026, 1, 10, tzinfo=UTC) + timedelta(days=days)
    parties = {"worker": partner}
    return done(id_, "order.paid", amount, facts={"订单.医院": hospital}, parties=parties, at=at)


def test_the_first_purchase_of_a_hospital_counts_once_over_all_partners() -> None:
    prepared = plan(*CHALLENGE, facts={"订单.医院": "string"})
    orders = [
        order(1, "600000", "H1", "partner:1"),
        order(2, "700000", "H1", "partner:2", 1),
        order(3, "500000", "H2", "partner:2", 2),
        order(4, "800000", "H3", "partner:2", 3),
    ]
    amounts = {(b.key.component, b.key.beneficiary): b.amount for b in calculate(prepared, orders).buckets}
    assert amounts == {
        ("first_win", "partner:1"): Decimal("48000.00"),
        ("first_win", "partner:2"): Decimal("64000.00"),
        ("promotion_fund", "partner:1"): Decimal("0.00"),
        ("promotion_fund", "partner:2"): Decimal("100000.00"),  # reaching 2,000,000 is enough
    }
    assert {c.key: c.account for c in prepared.document.components} == {
        "first_win": "earned",
        "promotion_fund": "fund",
    }


def test_an_earlier_first_purchase_found_late_moves_the_bonus_to_whom_it_belongs() -> None:
    prepared = plan(*CHALLENGE, facts={"订单.医院": "string"})
    known = [order(1, "600000", "H1", "partner:1", 5)]
    opening = {bucket.key: bucket.closing for bucket in calculate(prepared, known).buckets}
    late = order(2, "900000", "H1", "partner:2", 1)

    def earlier(component: str, group: str) -> list[Input]:
        return known if (component, group) == ("first_win", "H1") else []

    moved = calculate(prepared, [late], opening=opening, earlier=earlier)
    first = {b.key.beneficiary: b.amount for b in moved.buckets if b.key.component == "first_win"}
    assert first == {"partner:1": Decimal("-48000.00"), "partner:2": Decimal("72000.00")}


# 分销返佣: at once, from any event


def test_distribution_commission_pays_a_chain_from_one_event() -> None:
    chain = [{"party": "customer:7", "active": True}, {"party": "customer:3", "active": True}]
    pay = {"model": "hierarchy", "key": "referral", "measure": "order.paid", "mode": "absolute", "chain": "上级",
           "rates": ["0.10", "0.05"], "inactive": "skip"}  # fmt: skip
    prepared = plan(pay, facts={"上级": "list"}, hold_days=0)
    one = done(1, "order.paid", "199.90", facts={"上级": chain})
    assert {b.key.beneficiary: b.amount for b in calculate(prepared, [one]).buckets} == {
        "customer:7": Decimal("19.99"),
        "customer:3": Decimal("10.00"),
    }


def test_ten_levels_by_difference_sum_to_the_best_rate() -> None:
    chain = [
        {"party": f"partner:{n}", "active": True, "rate": str(Decimal(n).scaleb(-2))} for n in range(1, 11)
    ]
    pay = {"model": "hierarchy", "key": "levels", "measure": "order.paid", "mode": "differential", "chain": "上级",
           "inactive": "skip", "cap": "0.10"}  # fmt: skip
    one = done(1, "order.paid", "33.33", facts={"上级": chain})
    assert calculate(plan(pay, facts={"上级": "list"}), [one]).total == Decimal("3.33")


# 服务包与保险标准: prices by the same engine


PACKAGE = {
    "facts": {"服务.产科": "boolean", "服务.儿科": "boolean", "服务.营养": "boolean", "会员.等级": "string"},
    "lookups": [
        {"kind": "table", "name": "科室费用", "hit": "COLLECT_SUM",
         "inputs": ["服务.产科", "服务.儿科", "服务.营养"], "rows": [
            {"tests": ["true", "-", "-"], "value": "3000"}, {"tests": ["-", "true", "-"], "value": "1200.50"},
            {"tests": ["-", "-", "true"], "value": "800"}]},
        {"kind": "table", "name": "折扣", "hit": "FIRST", "inputs": ["会员.等级"], "rows": [
            {"tests": ['"金卡"'], "value": "0.88"}, {"tests": ["-"], "value": "1"}]},
    ],
}  # fmt: skip


def test_a_service_package_merges_the_fees_of_several_departments_into_one_bill() -> None:
    bill = plan(incentive("bill", "科室费用 * 折扣", minimum="500"), **PACKAGE)
    facts = {"服务.产科": True, "服务.儿科": True, "服务.营养": False, "会员.等级": "金卡"}
    one = done(1, "order.paid", facts=facts)
    result = calculate(bill, [one])
    assert result.total == Decimal("3696.44")
    root = explain(bill, result.buckets[0].lines[0], one)
    assert root.formula.zh == "4200.50 × 0.88 = 3696.44"
    assert {child.text.zh: child.value for child in root.children} == {
        "科室费用": Decimal("4200.50"),
        "折扣": Decimal("0.88"),
    }


INSURED = {
    "facts": {"保险.公司": "string", "定损.程度": "string", "定损.配件": "number", "定损.工时": "number"},
    "lookups": [
        {"kind": "matrix", "name": "工时单价", "dimensions": [
            {"name": "公司", "of": "保险.公司"}, {"name": "程度", "of": "定损.程度"}], "rows": [
            {"values": ["平安", "轻微剐蹭"], "value": "120"}, {"values": ["平安", "*"], "value": "150"},
            {"values": ["*", "*"], "value": "130"}]},
        {"kind": "matrix", "name": "赔付比例", "dimensions": [{"name": "公司", "of": "保险.公司"}], "rows": [
            {"values": ["平安"], "value": "0.9"}, {"values": ["*"], "value": "0.85"}]},
    ],
}  # fmt: skip


def test_insurers_standards_make_a_quote() -> None:
    quote = plan(
        incentive("parts", "定损.配件 * 赔付比例"),
        incentive("labour", "定损.工时 * 工时单价"),
        incentive("own_share", "定损.配件 - 收益.parts"),
        **INSURED,
    )
    facts = {
        "保险.公司": "平安",
        "定损.程度": "重大事故",
        "定损.配件": Decimal("1234.56"),
        "定损.工时": Decimal("6.5"),
    }
    assert earned(calculate(quote, [done(1, "order.paid", facts=facts)])) == {
        "labour": Decimal("975.00"),
        "own_share": Decimal("123.46"),
        "parts": Decimal("1111.10"),
    }


def test_the_best_supplier_is_chosen_by_price_then_by_days() -> None:
    options = [
        {"key": "A", "when": "数量 >= 1", "rank": ["5"], "curve": {"kind": "volume", "boundary": "lower_inclusive",
         "tiers": [{"up_to": "10", "rate": "100"}, {"rate": "90"}]}},
        {"key": "B", "when": "数量 >= 10", "rank": ["3"], "curve": {"kind": "flat", "rate": "90"}},
    ]  # fmt: skip
    choice = {"model": "choice", "key": "quote", "measure": "part.needed", "options": options}
    prepared = plan(choice)
    assert best_offer(prepared, "quote", done(1, "part.needed", quantity="9")) == ("A", Decimal(900))
    assert best_offer(prepared, "quote", done(1, "part.needed", quantity="10")) == ("B", Decimal(900))
    with pytest.raises(PlanError):
        best_offer(prepared, "quote", done(1, "part.needed", quantity="0"))


# 剩余课时分档与角色拆分


def test_remaining_lessons_decide_the_tier() -> None:
    tiers = {"kind": "bands", "name": "退费档", "of": "课时.剩余", "type": "string", "otherwise": "标准", "bands": [
        {"low": "50", "value": "A"}, {"high": "20", "high_included": True, "value": "B"}]}  # fmt: skip
    prepared = plan(incentive("refund", "1"), facts={"课时.剩余": "number"}, lookups=[tiers])
    asked = [done(1, "x", facts={"课时.剩余": Decimal(left)}) for left in (51, 50, 49, 21, 20, 0)]
    assert [named(prepared, "退费档", one) for one in asked] == ["A", "A", "标准", "标准", "B", "B"]


def test_a_fee_is_a_pool_that_the_crew_splits_and_a_refund_takes_back_the_same_shares() -> None:
    pool = {**FEE, "pays": False}
    crew = {
        "model": "split",
        "key": "crew",
        "after": "fee",
        "parts": [
            {"role": "designer", "weight": "3"},
            {"role": "supervisor", "weight": "2"},
            {"role": "crew", "weight": "5"},
        ],
    }
    prepared = plan(pool, crew, **FEES)
    people = {"worker": "staff:0", "designer": "staff:1", "supervisor": "staff:2", "crew": "staff:3"}
    facts = {"项目.类型": "紧急加单", "项目.楼层": Decimal(1)}
    one = done(1, "work_order.completed", facts=facts, parties=people)
    result = calculate(prepared, [one])
    shares = {b.key.beneficiary: b.amount for b in result.buckets if b.pays}
    assert shares == {"staff:1": Decimal("136.50"), "staff:2": Decimal("91.00"), "staff:3": Decimal("227.50")}
    assert result.total == Decimal("455.00")
    assert {b.key.beneficiary for b in result.buckets if not b.pays} == {"staff:0"}
