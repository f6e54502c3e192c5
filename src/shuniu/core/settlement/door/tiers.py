"""Tiers of every kind, packages, blocks, bounds of a period, targets, guarantees, attainment, versions."""

from __future__ import annotations

from itertools import chain

from shuniu.core.money import parse_amount
from shuniu.core.settlement.calculate import booked, calculate
from shuniu.core.settlement.door.plans import (
    EXACT,
    SHANGHAI,
    SOMEBODY,
    Answer,
    Case,
    component,
    earned,
    ids,
    instant,
    line_amounts,
    line_inputs,
    lines_answer,
    midnight,
    one_input,
    plan,
    text,
    tiers,
    total_answer,
)
from shuniu.core.settlement.inputs import BucketKey


def graduated(given_plan: Case) -> dict[str, object]:
    return {
        "kind": "graduated",
        "tiers": tiers(given_plan["tiers"]),
        "flat_on_zero": given_plan.get("flat_on_zero", False),
        "floor_zero": given_plan.get("floor_zero", False),
    }


def volume(given_plan: Case) -> dict[str, object]:
    return {
        "kind": "volume",
        "tiers": tiers(given_plan["tiers"]),
        "boundary": given_plan.get("boundary") or "upper_inclusive",
        "floor_zero": given_plan.get("floor_zero", False),
    }


def graduated_units(given_plan: Case, given: Case) -> Answer:
    part = component("cumulative", base="数量", curve=graduated(given_plan))
    prepared = plan(part, rounding=given_plan.get("rounding"))
    return total_answer(prepared, one_input(1, quantity=given["quantity"]))


def graduated_rate(given_plan: Case, given: Case) -> Answer:
    prepared = plan(component("cumulative", curve=graduated(given_plan)), rounding=given_plan.get("rounding"))
    key = BucketKey("pay", SOMEBODY, "once")
    before = parse_amount(given.get("opening") or "0")
    calculation = calculate(
        prepared,
        line_inputs(given["lines"]),
        opening={key: booked(prepared, key, before)} if before else {},
    )
    return {"lines": line_amounts(calculation, ids(given["lines"])), "total": text(calculation.total)}


def volume_units(given_plan: Case, given: Case) -> Answer:
    part = component("cumulative", base="数量", curve=volume(given_plan))
    prepared = plan(part, rounding=given_plan.get("rounding"))
    return total_answer(prepared, one_input(1, quantity=given["quantity"]))


def volume_rate(given_plan: Case, given: Case) -> Answer:
    prepared = plan(component("cumulative", curve=volume(given_plan)), rounding=given_plan.get("rounding"))
    return lines_answer(prepared, line_inputs(given["lines"]), ids(given["lines"]))


def package(given_plan: Case, given: Case) -> Answer:
    curve = {
        "kind": "package",
        "size": given_plan["package_size"],
        "free": given_plan.get("free_units") or "0",
        "partial": given_plan["partial"],
    }
    prepared = plan(
        component("cumulative", "packages", base="数量", curve={**curve, "price": "1"}),
        component("cumulative", "price", base="数量", curve={**curve, "price": given_plan["price"]}),
        rounding=given_plan.get("rounding"),
    )
    calculation = calculate(prepared, [one_input(1, quantity=given["quantity"])])
    return {"packages": earned(calculation, "packages"), "total": earned(calculation, "price")}


def tiered_blocks(given_plan: Case, given: Case) -> Answer:
    curve = {"kind": "blocks", "policy": given_plan["policy"], "tiers": given_plan["tiers"]}
    part = component("cumulative", base="数量", curve=curve)
    prepared = plan(part, rounding=given_plan.get("rounding"))
    return total_answer(prepared, one_input(1, quantity=given["quantity"]))


def commitment(given_plan: Case, given: Case) -> Answer:
    """What was posted before is the first line; what is missing is asked for when the period is closed."""
    within = component("cumulative", curve={"kind": "bounds", "maximum": given_plan.get("max_total")})
    shortfall = {"kind": "shortfall", "to": given_plan.get("min_total") or "0"}
    top_up = component("cumulative", "top_up", after="pay", at_close=True, curve=shortfall)
    prepared = plan(within, top_up, rounding=given_plan.get("rounding"))
    rows = [{"id": "", "amount": given.get("posted") or "0"}, *given["lines"]]
    closed = ("once",) if given.get("final") else ()
    calculation = calculate(prepared, line_inputs(rows), closed=closed)
    amounts = line_amounts(calculation, ids(rows))
    return {
        "lines": {key: amounts[key] for key in ids(given["lines"])},
        "top_up": earned(calculation, "top_up"),
        "period_total": text(calculation.total),
    }


TARGET_FORMULAS = {
    ("whole", ">"): "if 金额 > 首单.门槛 then 金额 * 首单.比例 else 0",
    ("whole", ">="): "if 金额 >= 首单.门槛 then 金额 * 首单.比例 else 0",
    ("excess", ">"): "if 金额 > 首单.门槛 then (金额 - 首单.门槛) * 首单.比例 else 0",
    ("excess", ">="): "if 金额 >= 首单.门槛 then (金额 - 首单.门槛) * 首单.比例 else 0",
}


def first_order_target(given_plan: Case, given: Case) -> Answer:
    first, target = given_plan["first_order"], given_plan["target"]
    once = component(
        "formula",
        "first",
        when="金额 > 0",
        first={"per": "订单.客户"},
        amount=TARGET_FORMULAS[first["base"], first["comparison"]],
        period="once",
    )
    reached = {
        "kind": "target",
        "threshold": target["threshold"],
        "comparison": target["comparison"],
        "rate": target["rate"],
        "of": target["base"],
    }
    whole = {**(given_plan.get("rounding") or EXACT), "moment": "cumulative_delta"}
    prepared = plan(
        once,
        component("cumulative", "target", period=target["period"], curve=reached, rounding=whole),
        rounding=given_plan.get("rounding"),
        timezone=given_plan["timezone"],
        facts={"订单.客户": "string"},
        parameters={"首单.门槛": first["threshold"], "首单.比例": first["rate"]},
    )
    inputs = [
        one_input(position, row["amount"], at=instant(row["at"]), facts={"订单.客户": row["customer"]})
        for position, row in enumerate(given["orders"])
    ]
    calculation = calculate(prepared, inputs)
    names = ids(given["orders"])
    firsts = [line for b in calculation.buckets if b.key.component == "first" for line in b.lines]
    targets = [bucket for bucket in calculation.buckets if bucket.key.component == "target"]
    return {
        "first_bonus": {names[line.input_id]: text(line.amount) for line in firsts if line.amount},
        "target_bonus": {bucket.key.period: text(bucket.amount) for bucket in targets},
        "total": text(calculation.total),
    }


def base_plus_excess(given_plan: Case, given: Case) -> Answer:
    base, quota = given_plan["base"], given_plan["quota"]
    whatever = {"kind": "bounds", "minimum": base, "maximum": base}
    reached = {"kind": "target", "threshold": quota, "comparison": ">=", "of": "whole", "bonus": base}
    beyond = {
        "kind": "target",
        "threshold": quota,
        "comparison": ">",
        "of": "excess",
        "rate": given_plan["excess_rate"],
    }
    guarantee = reached if given_plan.get("base_requires_quota") else whatever
    prepared = plan(
        component("cumulative", "guarantee", curve=guarantee, rounding=EXACT),
        component("cumulative", "excess", curve=beyond),
        rounding=given_plan.get("rounding"),
    )
    return total_answer(prepared, one_input(1, given["sales"]))


def attainment(given_plan: Case, given: Case) -> Answer:
    curves = {"marginal": graduated, "highest": volume}
    curve = {**curves[given_plan["mode"]](given_plan), "quota": given_plan["quota"]}
    prepared = plan(component("cumulative", curve=curve), rounding=given_plan.get("rounding"))
    return total_answer(prepared, one_input(1, given["sales"]))


def versioned_graduated(given_plan: Case, given: Case) -> Answer:
    versions = given_plan["versions"]
    ends = chain((version["from"] for version in versions[1:]), [None])
    seasons = [
        {"window": {"since": version["from"], "until": end}, "curve": graduated(version)}
        for version, end in zip(versions, ends, strict=True)
    ]
    part = component("cumulative", curve=None, seasons=seasons, on_change=given_plan["cumulative"])
    timezone = given_plan.get("timezone", SHANGHAI)
    prepared = plan(part, rounding=given_plan.get("rounding"), timezone=timezone)
    inputs = [
        one_input(position, amount, at=midnight(day, timezone))
        for position, (_, day, amount) in enumerate(given["lines"])
    ]
    return lines_answer(prepared, inputs, [key for key, _, _ in given["lines"]])


def spif(given_plan: Case, given: Case) -> Answer:
    least, bonus = given_plan["min_quantity"], given_plan["bonus"]
    reached = {"kind": "target", "threshold": least, "comparison": ">=", "of": "whole", "bonus": bonus}
    each_time = {"kind": "package", "size": least, "price": bonus, "partial": "floor"}
    parts = {
        ("order", "every_time"): component("formula", amount=bonus, when="数量 >= 门槛"),
        ("order", "once_in_period"): component("formula", amount=bonus, when="数量 >= 门槛", first={}),
        ("cumulative", "every_time"): component("cumulative", base="数量", curve=each_time),
        ("cumulative", "once_in_period"): component("cumulative", base="数量", curve=reached),
    }
    part = parts[given_plan.get("basis") or "order", given_plan["frequency"]]
    prepared = plan(part, rounding=given_plan.get("rounding"), parameters={"门槛": least})
    inputs = [one_input(position, quantity=row[1]) for position, row in enumerate(given["orders"])]
    return lines_answer(prepared, inputs, [row[0] for row in given["orders"]])
