"""Claw-backs, refunds of an earlier period, recalculation, statements."""

from __future__ import annotations

from itertools import chain
from typing import Any

from shuniu.core.settlement.calculate import calculate
from shuniu.core.settlement.context import PreparedPlan
from shuniu.core.settlement.differences import PeriodAmount, differences, total_of
from shuniu.core.settlement.door.plans import (
    FEN,
    Answer,
    Case,
    component,
    earned,
    instant,
    one_input,
    plan,
    text,
)
from shuniu.core.settlement.door.rates import sections
from shuniu.core.settlement.door.tiers import graduated, volume
from shuniu.core.settlement.inputs import Input
from shuniu.core.settlement.statements import statements

SIGNED = "if 退款 then -金额 else 金额"
THEN, NOW = instant("2026-01-15T12:00:00+08:00"), instant("2026-02-15T12:00:00+08:00")
CURVES = {"graduated": graduated, "volume": volume}


def clawback(given_plan: Case, given: Case) -> Answer:
    if given_plan["basis"] == "calculation_rate":
        prepared = plan(component("formula", amount="-金额 * 比例"), parameters={"比例": given["rate"]})
        return {"clawback": earned(calculate(prepared, [one_input(1, given["refund"])]), "pay")}
    lines = retained_lines(given["credit"], given["paid"], [given["refund"]])
    return {"clawback": lines[0]}


def clawback_sequence(given_plan: Case, given: Case) -> Answer:
    prepared, inputs = retained(given["credit"], given["paid"], given["refunds"])
    return {
        "clawbacks": retained_lines(given["credit"], given["paid"], given["refunds"]),
        "net": text(calculate(prepared, inputs).total),
    }


def retained(credit: Any, paid: Any, refunds: Any) -> tuple[PreparedPlan, list[Input]]:
    """A credit and its refunds as one running base; what was paid is earned by the whole of it."""
    curve = {"kind": "formula", "amount": "已付 * max(累计, 0) / 原额"}
    part = component("cumulative", base=SIGNED, together='"credit"', curve=curve)
    prepared = plan(
        part,
        rounding={**FEN, "moment": "cumulative_delta"},
        facts={"退款": "boolean"},
        parameters={"已付": paid, "原额": credit},
    )
    taken = [
        one_input(position, amount, facts={"退款": True}) for position, amount in enumerate(refunds, start=1)
    ]
    return prepared, [one_input(0, credit, facts={"退款": False}), *taken]


def retained_lines(credit: Any, paid: Any, refunds: Any) -> list[str]:
    prepared, inputs = retained(credit, paid, refunds)
    (bucket,) = calculate(prepared, inputs).buckets
    return [text(line.amount) for line in bucket.lines[1:]]


def clawback_vesting(given_plan: Case, given: Case) -> Answer:
    if given_plan["schedule"] == "linear":
        prepared = plan(
            component("formula", amount="-金额 * max(总月数 - 已过, 0) / 总月数"),
            rounding=FEN,
            parameters={"总月数": given_plan["months"], "已过": given["elapsed_months"]},
        )
        return {"clawback": earned(calculate(prepared, [one_input(1, given["paid"])]), "pay")}
    bands = [
        {"high": row["days_up_to"], "high_included": True, "value": row["pct"]} for row in given_plan["steps"]
    ]
    steps = {
        "kind": "bands",
        "name": "比例",
        "of": "数量",
        "bands": bands,
        "overlap": "first",
        "otherwise": "0",
    }
    prepared = plan(component("formula", amount="-金额 * 比例"), rounding=FEN, lookups=[steps])
    days = given["elapsed_days"]
    several = days if isinstance(days, list) else [days]
    found = [
        earned(calculate(prepared, [one_input(1, given["paid"], quantity=day)]), "pay") for day in several
    ]
    return {"clawbacks": found, "clawback": found[0]}


def clawback_section(given_plan: Case, given: Case) -> Answer:
    prepared = plan(
        component("formula", "own", amount="-金额 * 退款.比例"),
        component("formula", "original", amount="-金额 * 原单.比例"),
        parameters={"原单.金额": given["sale"]},
        lookups=[sections("退款.比例", "金额", given_plan), sections("原单.比例", "原单.金额", given_plan)],
    )
    calculation = calculate(prepared, [one_input(1, given["refund"])])
    return {"per_line_lookup": earned(calculation, "own"), "original_rate": earned(calculation, "original")}


def later_refund(given_plan: Case, given: Case) -> Answer:
    """Where the refund is booked decides: in the original period, in the current one, or at its original rate."""
    policy = given_plan["policy"]
    rebate = component("cumulative", base=SIGNED, curve=CURVES[given_plan["kind"]](given_plan))
    at_rate = component("formula", "refund", measure="refund", amount="-金额 * 原单.比例")
    prepared = plan(
        rebate,
        at_rate,
        period="month",
        facts={"退款": "boolean"},
        parameters={"原单.销售额": given["original_sales"]},
        lookups=[tier_rates(given_plan)],
    )
    original = one_input(0, given["original_sales"], at=THEN, facts={"退款": False})
    current = one_input(2, given["current_sales"], at=NOW, facts={"退款": False})
    refund = one_input(
        1,
        given["refund"],
        at=NOW if policy == "net_current" else THEN,
        facts={"退款": True},
        measure="refund" if policy == "original_rate" else "case",
    )
    opening = {bucket.key: bucket.closing for bucket in calculate(prepared, [original]).buckets}
    calculation = calculate(prepared, [refund, current], opening=opening)
    by_period = {bucket.key.period: text(bucket.amount) for bucket in calculation.buckets}
    return {
        "original_period_delta": by_period.get("2026-01", "0"),
        "current_period": by_period.get("2026-02", "0"),
        "posted_now": text(calculation.total),
    }


def tier_rates(given_plan: Case) -> dict[str, Any]:
    """The rate of the tier that held the original sales."""
    rows = given_plan["tiers"]
    lows = chain([None], (row["up_to"] for row in rows))
    upper = (given_plan.get("boundary") or "upper_inclusive") == "upper_inclusive"
    bands = [
        {
            "low": low,
            "low_included": not upper,
            "high": row["up_to"],
            "high_included": upper,
            "value": row["rate"],
        }
        for low, row in zip(lows, rows, strict=False)
    ]
    return {"kind": "bands", "name": "原单.比例", "of": "原单.销售额", "bands": bands}


def recalc(given_plan: Case, given: Case) -> Answer:
    def amounts(rows: Any) -> list[PeriodAmount]:
        return [PeriodAmount(line, period, one_input(amount=amount).amount) for line, period, amount in rows]

    found = differences(
        amounts(given["before"]),
        amounts(given["after"]),
        closed=given_plan["closed"],
        open_period=given_plan["open"],
    )
    return {
        "postings": [[one.line, one.period, text(one.amount), one.origin] for one in found],
        "total": text(total_of(found)),
    }


def statement_answers(given_plan: Case, given: Case) -> Answer:
    """A refund is booked where its order was, or where it happened, as the policy says."""
    prepared = plan(
        component("cumulative", curve=graduated(given_plan)),
        rounding=given_plan["rounding"],
        timezone=given_plan["timezone"],
        period=given_plan["period"],
    )
    placed = {event["id"]: event["at"] for event in given["events"]}
    restated = given_plan.get("refund_policy") == "restate_original"
    inputs = [
        one_input(
            position,
            event["amount"],
            at=instant(placed.get(event.get("refund_of"), event["at"]) if restated else event["at"]),
            recorded_at=instant(event["recorded_at"]),
        )
        for position, event in enumerate(given["events"])
    ]
    closes = {period: instant(at) for period, at in given["closes"]}
    return {
        "statements": {
            one.period: {
                "earned": text(one.earned),
                "adjustments": text(one.adjustments),
                "total": text(one.total),
            }
            for one in statements(prepared, inputs, closes).values()
        }
    }
