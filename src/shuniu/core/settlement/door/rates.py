"""Percentages, fees per order, sections, matrices, dated rates, margins, payments, currencies, tax."""

from __future__ import annotations

from shuniu.core.settlement.asking import named
from shuniu.core.settlement.calculate import calculate
from shuniu.core.settlement.door.plans import (
    EXACT,
    Answer,
    Case,
    component,
    earned,
    ids,
    instant,
    line_inputs,
    lines_answer,
    one_input,
    plan,
    text,
    total_answer,
)

GIVEN_BACK = ("reverse", "return", "refund")


def percent(given_plan: Case, given: Case) -> Answer:
    part = component("cumulative", curve={"kind": "flat", "rate": given_plan["rate"]})
    prepared = plan(part, rounding=given_plan["rounding"])
    return lines_answer(prepared, line_inputs(given["lines"]), ids(given["lines"]))


def per_order(given_plan: Case, given: Case) -> Answer:
    part = component(
        "per_order",
        fixed=given_plan.get("fixed_fee", "0"),
        rate=given_plan.get("rate", "0"),
        minimum=given_plan.get("min_per_order"),
        maximum=given_plan.get("max_per_order"),
        free_orders=given_plan.get("free_orders"),
        free_amount=given_plan.get("free_amount"),
        order="订单.编号",
        keep_fee=not str(given_plan.get("fixed_fee_on_refund") or "reverse").startswith(GIVEN_BACK),
    )
    prepared = plan(part, rounding=given_plan.get("rounding"), facts={"订单.编号": "string"})
    inputs = [
        one_input(position, row["amount"], facts={"订单.编号": row.get("refund_of") or row["id"]})
        for position, row in enumerate(given["orders"])
    ]
    return lines_answer(prepared, inputs, ids(given["orders"]))


def section_per_line(given_plan: Case, given: Case) -> Answer:
    part = component("formula", amount="金额 * 比例")
    prepared = plan(part, rounding=given_plan["rounding"], lookups=[sections("比例", "金额", given_plan)])
    return lines_answer(prepared, line_inputs(given["lines"]), ids(given["lines"]))


def sections(name: str, of: str, given_plan: Case) -> dict[str, object]:
    """The first section that holds the number, both ends included; nothing outside them."""
    bands = [
        {
            "low": row["from"],
            "low_included": True,
            "high": row["to"],
            "high_included": True,
            "value": row["rate"],
        }
        for row in given_plan["sections"]
    ]
    return {"kind": "bands", "name": name, "of": of, "bands": bands, "overlap": "first", "otherwise": "0"}


def rate_matrix(given_plan: Case, given: Case) -> Answer:
    dimensions = [
        {
            "name": name,
            "of": f"伙伴.{name}",
            "parents": given_plan.get("region_parent", {}) if name == "region" else {},
        }
        for name in given_plan["priority"]
    ]
    rows = [
        {"values": [str(row[name]) for name in given_plan["priority"]], "value": row["rate"]}
        for row in given_plan["rates"]
    ]
    prepared = plan(
        component("formula", amount="金额 * 比例"),
        rounding=given_plan["rounding"],
        facts={f"伙伴.{name}": "string" for name in given_plan["priority"]},
        lookups=[{"kind": "matrix", "name": "比例", "dimensions": dimensions, "rows": rows}],
    )
    facts = {f"伙伴.{name}": str(given[name]) for name in given_plan["priority"]}
    one = one_input(1, given["amount"], facts=facts)
    return {**total_answer(prepared, one), "rate": text(named(prepared, "比例", one))}


def effective_rate(given_plan: Case, given: Case) -> Answer:
    seasons = [
        {
            "value": row["rate"],
            "window": {
                "since": row.get("from"),
                "until": row.get("to"),
                "priority": row.get("priority", 0),
                "recorded_at": row.get("recorded_at"),
            },
        }
        for row in given_plan["rates"]
    ]
    prepared = plan(
        component("formula", amount="金额 * 比例"),
        rounding=given_plan["rounding"],
        timezone=given_plan["timezone"],
        parameters={"比例": {"seasons": seasons}},
    )
    known_at = instant(given["known_at"]) if given.get("known_at") else None
    one = one_input(1, given["amount"], at=instant(given["at"]))
    calculation = calculate(prepared, [one], as_of=known_at)
    return {"total": text(calculation.total), "rate": text(named(prepared, "比例", one, known_at))}


def margin_base(given_plan: Case, given: Case) -> Answer:
    formulas = {
        "zero": "数量 * max(商品.售价 - 商品.成本, 0) * 比例",
        "deduct": "数量 * (商品.售价 - 商品.成本) * 比例",
    }
    prepared = plan(
        component("formula", amount=formulas[given_plan["negative_margin"]]),
        rounding=given_plan["rounding"],
        facts={"商品.售价": "number", "商品.成本": "number"},
        parameters={"比例": given_plan["rate"]},
    )
    inputs = [
        one_input(
            position,
            quantity=row["qty"],
            facts={
                "商品.售价": one_input(amount=row["price"]).amount,
                "商品.成本": one_input(amount=row["cost"]).amount,
            },
        )
        for position, row in enumerate(given["lines"])
    ]
    return lines_answer(prepared, inputs, ids(given["lines"]))


def paid_basis(given_plan: Case, given: Case) -> Answer:
    part = component(
        "cumulative",
        together='"invoice"',
        curve={"kind": "formula", "amount": "min(max(累计, 0), 发票.金额) * 比例"},
    )
    rounding = {**(given_plan.get("rounding") or EXACT), "moment": "cumulative_delta"}
    parameters = {"比例": given_plan["rate"], "发票.金额": given["invoice"]}
    prepared = plan(part, rounding=rounding, parameters=parameters)
    inputs = [one_input(position, amount) for position, amount in enumerate(given["payments"])]
    calculation = calculate(prepared, inputs)
    lines = [text(line.amount) for bucket in calculation.buckets for line in bucket.lines]
    return {"lines": lines, "total": text(calculation.total)}


def fx(given_plan: Case, given: Case) -> Answer:
    commission = {"amount": "金额 * 比例"}
    conversion = {"amount": "金额 * 汇率"}
    in_source = {"mode": "half_up", "scale": given_plan["source_scale"], "moment": "line"}
    in_target = {"mode": "half_up", "scale": given_plan["target_scale"], "moment": "line"}
    steps = {
        "commission_then_convert": (
            {**commission, "rounding": in_source},
            {**conversion, "rounding": in_target},
        ),
        "convert_then_commission": (
            {**conversion, "rounding": in_target},
            {**commission, "rounding": in_target},
        ),
    }
    first, second = steps[given_plan["order"]]
    prepared = plan(
        component("formula", "first", pays=False, **first),
        component("formula", "second", after="first", **second),
        parameters={"比例": given_plan["rate"], "汇率": given["fx"]},
    )
    return total_answer(prepared, one_input(1, given["amount"]))


def tax(given_plan: Case, given: Case) -> Answer:
    allowance = given_plan["allowance"]
    base = "if 金额 <= 起征.上限 then max(金额 - 起征.定额, 0) else 金额 * (1 - 起征.比例)"
    prepared = plan(
        component("formula", "tax", amount="应纳税所得额 * 税率 - 速算扣除数"),
        component("formula", "net", amount="金额 - 收益.tax"),
        rounding=given_plan["rounding"],
        parameters={
            "起征.上限": allowance["up_to"],
            "起征.定额": allowance["fixed"],
            "起征.比例": allowance["above_pct"],
        },
        lookups=[
            {"kind": "let", "name": "应纳税所得额", "value": base},
            brackets("税率", "rate", given_plan),
            brackets("速算扣除数", "quick", given_plan),
        ],
    )
    calculation = calculate(prepared, [one_input(1, given["gross"])])
    return {"tax": earned(calculation, "tax"), "net": earned(calculation, "net")}


def brackets(name: str, column: str, given_plan: Case) -> dict[str, object]:
    """级数: each bracket holds its upper bound; the first one listed that does counts."""
    bands = [
        {"high": row["up_to"], "high_included": True, "value": row[column]} for row in given_plan["brackets"]
    ]
    return {"kind": "bands", "name": name, "of": "应纳税所得额", "bands": bands, "overlap": "first"}


def withdraw_fee(given_plan: Case, given: Case) -> Answer:
    too_much = {"holds": "收益.fee < 金额", "code": "nothing_left", "text": {"zh": "手续费不低于提现金额"}}
    prepared = plan(
        component("formula", "share", amount="金额 * 比例", rounding=given_plan.get("rounding") or EXACT),
        component(
            "formula",
            "fee",
            amount="收益.share",
            minimum=given_plan.get("min_fee"),
            maximum=given_plan.get("max_fee"),
        ),
        component("formula", "net", amount="金额 - 收益.fee", guards=[too_much]),
        parameters={"比例": given_plan["rate"]},
    )
    calculation = calculate(prepared, [one_input(1, given["amount"])])
    return {"fee": earned(calculation, "fee"), "net": earned(calculation, "net")}


def share_limit(given_plan: Case, given: Case) -> Answer:
    left = {"kind": "let", "name": "余额", "value": "(金额 - 订单.已退) * (1 - 费率) - 订单.已分"}
    ratio = given_plan.get("max_ratio")
    within = "max(余额, 0)" if ratio is None else "max(min(余额, 金额 * 上限 - 订单.已分), 0)"
    prepared = plan(
        component("formula", amount=within),
        rounding={"mode": "down", "scale": 2, "moment": "line"},
        parameters={
            "费率": given_plan["fee_rate"],
            "上限": "0" if ratio is None else ratio,
            "订单.已退": given["refunded"],
            "订单.已分": given["shared"],
        },
        lookups=[left],
    )
    return {"available": earned(calculate(prepared, [one_input(1, given["order"])]), "pay")}
