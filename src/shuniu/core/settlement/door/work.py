"""Stages, lessons, bands, work orders, spare parts and quotes, draws, periods."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import chain
from typing import Any

from shuniu.core.settlement.asking import best_offer, drawn, fee_parts, named
from shuniu.core.settlement.calculate import calculate
from shuniu.core.settlement.door.plans import (
    Answer,
    Case,
    component,
    instant,
    one_input,
    plan,
    text,
    total_answer,
)
from shuniu.core.settlement.inputs import Input

SOME_DAY = 730_000


def milestone(given_plan: Case, given: Case) -> Answer:
    """A stage carries the contract's amount as it was known when the stage was accepted."""
    stages = [{"key": row["key"], "share": row["pct"]} for row in given_plan["stages"]]
    part = component("milestone", contract="合同.金额", stage="项目.阶段", stages=stages)
    facts = {"合同.金额": "number", "项目.阶段": "string"}
    prepared = plan(part, rounding=given_plan["rounding"], facts=facts)
    contract, inputs, keys = one_input().amount, list[Input](), list[str]()
    for position, event in enumerate(given["events"]):
        if event["type"] == "contract":
            contract = one_input(amount=event["amount"]).amount
        else:
            inputs.append(one_input(position, facts={"合同.金额": contract, "项目.阶段": event["key"]}))
            keys.append(event["key"])
    calculation = calculate(prepared, inputs)
    amounts = [text(line.amount) for bucket in calculation.buckets for line in bucket.lines]
    return {
        "payments": [list(pair) for pair in zip(keys, amounts, strict=True)],
        "total": text(calculation.total),
    }


def consumption(given_plan: Case, given: Case) -> Answer:
    within = {
        "holds": "累计 >= 0 and 累计 <= 课包.总课时",
        "code": "over_consumed",
        "text": {"zh": "消耗的课时超出课包"},
    }
    limit = component(
        "cumulative",
        "limit",
        base="数量",
        together='"package"',
        curve={"kind": "flat", "rate": "0"},
        guards=[within],
    )
    so_far = {"kind": "formula", "amount": "课包.价格 * 比例 * 累计 / 课包.总课时"}
    parts = {
        "line": component("formula", amount="课包.价格 * 比例 * 数量 / 课包.总课时"),
        "cumulative_delta": component("cumulative", base="数量", together='"package"', curve=so_far),
    }
    rounding = given_plan.get("rounding") or {}
    prepared = plan(
        limit,
        parts.get(str(rounding.get("moment")), parts["cumulative_delta"]),
        rounding=rounding,
        parameters={
            "课包.价格": given["package_price"],
            "课包.总课时": given_plan["total_units"],
            "比例": given_plan["rate"],
        },
    )
    inputs = [one_input(position, quantity=units) for position, units in enumerate(given["consume"])]
    calculation = calculate(prepared, inputs)
    lines = [text(line.amount) for b in calculation.buckets if b.key.component == "pay" for line in b.lines]
    return {"lines": lines, "total": text(calculation.total)}


def band_lookup(given_plan: Case, given: Case) -> Answer:
    bands = [
        {
            "low": row.get("from"),
            "low_included": row.get("from_inclusive", True),
            "high": row.get("to"),
            "high_included": row.get("to_inclusive", False),
            "value": row["label"],
        }
        for row in given_plan["bands"]
    ]
    prepared = plan(
        component("formula", amount="0"),
        lookups=[{"kind": "bands", "name": "档", "of": "金额", "bands": bands, "type": "string"}],
    )
    return {"labels": [named(prepared, "档", one_input(1, value)) for value in given["values"]]}


def work_order_component(given_plan: Case, allowances: Any, deductions: Any) -> dict[str, Any]:
    label = {"zh": "case"}
    return component(
        "work_order",
        base=[{"text": label, "amount": given_plan["base"]}],
        coefficients=[{"text": label, "value": value} for value in given_plan.get("coefficients", ())],
        combine=given_plan.get("combine") or "multiply",
        allowances=[{"text": label, "amount": amount} for amount in allowances],
        deductions=[{"text": label, "amount": amount} for amount in deductions],
        floor=given_plan.get("floor") or "none",
    )


def work_order(given_plan: Case, given: Case) -> Answer:
    part = work_order_component(given_plan, given.get("allowances", ()), given.get("deductions", ()))
    prepared = plan(part, rounding=given_plan.get("rounding"))
    one = one_input()
    value = fee_parts(prepared, "pay", one)
    (bucket,) = calculate(prepared, [one]).buckets
    fee = text(value.parts[0].amount) if value else "0"
    return {"fee": fee, "total": text(bucket.amount), "carry": text(bucket.closing.carried)}


def period_bucket(given_plan: Case, given: Case) -> Answer:
    prepared = plan(
        component("cumulative"), period=given_plan["granularity"], timezone=given_plan["timezone"]
    )
    inputs = [one_input(position, at=instant(at)) for position, at in enumerate(given["at"])]
    lines = [line for bucket in calculate(prepared, inputs).buckets for line in bucket.lines]
    return {"periods": [line.bucket.period for line in sorted(lines, key=lambda line: line.input_id)]}


def price_bands(rows: Any) -> list[dict[str, Any]]:
    """From each least quantity to the next one."""
    ends = chain((row["min_qty"] for row in rows[1:]), [None])
    return [
        {"low": row["min_qty"], "high": end, "value": row["unit_price"]}
        for row, end in zip(rows, ends, strict=True)
    ]


def price_tiers(given_plan: Case, given: Case) -> Answer:
    bands = price_bands(given_plan["tiers"])
    prepared = plan(
        component("formula", amount="数量 * 单价"),
        rounding=given_plan.get("rounding"),
        lookups=[{"kind": "bands", "name": "单价", "of": "数量", "bands": bands}],
    )
    return total_answer(prepared, one_input(1, quantity=given["quantity"]))


def quote_match(given_plan: Case, given: Case) -> Answer:
    quotes = given_plan["quotes"]
    before_supplier = [name for name in given_plan.get("tie_break", ()) if name != "supplier"]
    options = [
        {
            "key": quote["supplier"],
            "when": valid(quote),
            "curve": {"kind": "formula", "amount": f"累计 * 单价.{position}"},
            "rank": [str(quote[name]) for name in before_supplier],
        }
        for position, quote in enumerate(quotes)
    ]
    prices = [
        {"kind": "bands", "name": f"单价.{position}", "of": "数量", "bands": price_bands(quote["tiers"])}
        for position, quote in enumerate(quotes)
    ]
    prepared = plan(component("choice", options=options), facts={"日期": "date"}, lookups=prices)
    one = one_input(1, quantity=given["quantity"], facts={"日期": date.fromisoformat(given["date"])})
    supplier, price = best_offer(prepared, "pay", one)
    return {"supplier": supplier, "total": text(price)}


def valid(quote: Case) -> str:
    least = quote["tiers"][0]["min_qty"]
    enough = f"数量 >= {quote.get('moq') or least} and 数量 >= {least}"
    return enough if quote.get("valid_to") is None else f'{enough} and 日期 <= date("{quote["valid_to"]}")'


def draw(given_plan: Case, given: Case) -> Answer:
    """Each period of the case is a day."""
    part = component(
        "draw",
        type=given_plan["type"],
        amount=given_plan["amount"],
        recovery=given_plan.get("recovery_cap"),
        periods=given_plan.get("draw_periods"),
    )
    prepared = plan(part, period="day", timezone="UTC", rounding=given_plan.get("rounding"))
    inputs = [
        one_input(position, amount, at=datetime.combine(date.fromordinal(position), time.min, tzinfo=UTC))
        for position, amount in enumerate(given["earnings"], start=SOME_DAY)
    ]
    return {
        "periods": [
            {
                "draw_paid": text(state.drawn),
                "recovered": text(state.recovered),
                "payout": text(state.payout),
                "balance": text(state.balance),
            }
            for _, state in drawn(prepared, "pay", inputs)
        ]
    }
