"""Splits, refunds of splits, credits, hierarchies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from shuniu.core.settlement.calculate import calculate
from shuniu.core.settlement.context import PreparedPlan
from shuniu.core.settlement.door.plans import Answer, Case, component, one_input, plan, text
from shuniu.core.settlement.inputs import Calculation, Input

REMAINDER = "__remainder__"
MANY = 50
REFUSING = ("refuse", "reject", "error")


def split_plan(given_plan: Case) -> PreparedPlan:
    part = component(
        "split",
        amount="if 退款 then -金额 else 金额",
        among="名单",
        method=given_plan["method"],
        scale=given_plan["scale"],
        remainder=REMAINDER,
    )
    return plan(part, facts={"名单": "list", "退款": "boolean"})


def members(weights: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    return [{"party": party, "weight": weight} for party, weight in weights]


def split_input(
    position: int, amount: Any, weights: Sequence[Sequence[Any]], *, is_refund: bool = False
) -> Input:
    return one_input(position, amount, facts={"名单": members(weights), "退款": is_refund})


def shares_by_input(calculation: Calculation) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for bucket in calculation.buckets:
        for line in bucket.lines:
            found[line.input_id][bucket.key.beneficiary] = text(line.amount)
    return found


def listed(shares: Case, given_plan: Case, weights: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Shares in the order of the weights; what nobody got stands last."""
    parties = [party for party, _ in weights]
    extra = [REMAINDER] if given_plan["method"] == "separate" else []
    return [[party, shares[party]] for party in (*parties, *extra)]


def split(given_plan: Case, given: Case) -> Answer:
    calculation = calculate(split_plan(given_plan), [split_input(0, given["amount"], given["weights"])])
    return {"shares": listed(shares_by_input(calculation)[0], given_plan, given["weights"])}


def split_refund(given_plan: Case, given: Case) -> Answer:
    weights = given["weights"]
    refunds = [
        split_input(position, amount, weights, is_refund=True)
        for position, amount in enumerate(given["refunds"], start=1)
    ]
    inputs = [split_input(0, given["amount"], weights), *refunds]
    shares = shares_by_input(calculate(split_plan(given_plan), inputs))
    return {
        "shares": listed(shares[0], given_plan, weights),
        "refund_shares": [listed(shares[refund.id], given_plan, weights) for refund in refunds],
    }


def credit_split(given_plan: Case, given: Case) -> Answer:
    part = component("credit", among="名单", rates=given_plan["rates"], whole=["revenue"])
    prepared = plan(part, rounding=given_plan["rounding"], facts={"名单": "list"})
    people = [{"party": party, "kind": kind, "share": share} for party, kind, share in given["splits"]]
    calculation = calculate(prepared, [one_input(1, given["amount"], facts={"名单": people})])
    return {
        "payees": {bucket.key.beneficiary: text(bucket.amount) for bucket in calculation.buckets},
        "total": text(calculation.total),
    }


def hierarchy(given_plan: Case, given: Case) -> Answer:
    policy = str(given_plan.get("cap_policy") or "")
    part = component(
        "hierarchy",
        mode=given_plan["mode"],
        chain="上级",
        rates=given_plan.get("depth_rates") or (),
        levels=MANY,
        inactive=given_plan.get("inactive") or "skip",
        cap=given_plan.get("cap_rate"),
        over_cap="refuse" if policy.startswith(REFUSING) else "cut_far_end",
    )
    prepared = plan(part, rounding=given_plan.get("rounding"), facts={"上级": "list"})
    chain = [
        {"party": agent["id"], "active": agent.get("active", True), "rate": agent.get("rate")}
        for agent in given["chain"]
    ]
    calculation = calculate(prepared, [one_input(1, given["amount"], facts={"上级": chain})])
    return {
        "lines": {bucket.key.beneficiary: text(bucket.amount) for bucket in calculation.buckets},
        "total": text(calculation.total),
    }
