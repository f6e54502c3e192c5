"""One small plan for every way of earning, and random inputs for it: what laws of the engine are tried on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from shuniu.core.settlement import Input, PlanDocument, PreparedPlan, prepare

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
TIERS = [{"up_to": "100", "rate": "0.03"}, {"up_to": "500", "rate": "0.05"}, {"rate": "0.08"}]
CHAIN = [
    {"party": "staff:1", "active": True, "rate": "0.08"},
    {"party": "staff:2", "active": False, "rate": "0.15"},
    {"party": "staff:3", "active": True, "rate": "0.20"},
]
CREW = [
    {"party": "staff:1", "weight": "3"},
    {"party": "staff:2", "weight": "2"},
    {"party": "staff:3", "weight": "5"},
]
CREDITS = [
    {"party": "staff:1", "kind": "revenue", "share": "1/3"},
    {"party": "staff:2", "kind": "revenue", "share": "2/3"},
    {"party": "staff:3", "kind": "overlay", "share": "0.5"},
]


@dataclass(frozen=True)
class Sample:
    """A component with what its plan needs beside it; `moment` of rounding."""

    component: Mapping[str, Any]
    moment: str = "cumulative_delta"
    extra: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


def tiered(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "tiers": TIERS,
        **({"boundary": "upper_inclusive"} if kind == "volume" else {}),
        **more,
    }


def target(of: str, comparison: str = ">=") -> dict[str, Any]:
    return {
        "kind": "target",
        "threshold": "200",
        "comparison": comparison,
        "rate": "0.05",
        "of": of,
        "bonus": "1.005",
    }


LABEL = {"zh": "行"}
MATRIX = {
    "kind": "matrix", "name": "比例",
    "dimensions": [{"name": "地区", "of": "客户", "parents": {"A": "华东"}}, {"name": "级别", "of": "级别"}],
    "rows": [{"values": ["华东", "1"], "value": "0.15"}, {"values": ["*", "*"], "value": "0.05"}],
}  # fmt: skip
SAMPLES: dict[str, Sample] = {
    "work_order": Sample(
        {"model": "work_order", "base": [{"text": LABEL, "amount": "金额"}],
         "coefficients": [{"text": LABEL, "value": "1.2", "when": "级别 = 1"}], "combine": "multiply",
         "deductions": [{"text": LABEL, "amount": "3.333"}], "floor": "zero_carry"}
    ),
    "formula by line": Sample({"model": "formula", "amount": "金额 * 0.0333", "minimum": "1.005"}, "line"),
    "formula by total": Sample({"model": "formula", "amount": "if 金额 > 9 then 金额 / 3 else 0"}, "total"),
    "matrix": Sample({"model": "formula", "amount": "金额 * 比例"}, "line", {"lookups": [MATRIX]}),
    "first of each customer": Sample(
        {"model": "formula", "amount": "金额 * 0.08", "when": "金额 > 0", "first": {"per": "客户"}, "period": "once"}
    ),
    "first in the period": Sample({"model": "formula", "amount": "5", "when": "数量 >= 3", "first": {}}, "line"),
    "per order": Sample({"model": "per_order", "fixed": "1.50", "rate": "0.025", "order": "客户"}, "line"),
    "per order with allowance": Sample(
        {"model": "per_order", "fixed": "2", "rate": "0.013", "free_orders": 3, "free_amount": "250"}
    ),
    "per order within bounds": Sample(
        {"model": "per_order", "rate": "0.0299", "minimum": "1.75", "maximum": "12"}, "line"
    ),
    "percent": Sample({"model": "cumulative", "curve": {"kind": "flat", "rate": "0.0333"}}),
    "percent by line": Sample({"model": "cumulative", "curve": {"kind": "flat", "rate": "0.0333"}}, "line"),
    "graduated": Sample({"model": "cumulative", "curve": tiered("graduated", floor_zero=True)}),
    "graduated in units": Sample({"model": "cumulative", "base": "数量", "curve": tiered("graduated")}, "total"),
    "graduated by line": Sample({"model": "cumulative", "curve": tiered("graduated")}, "line"),
    "graduated by quota": Sample(
        {"model": "cumulative", "curve": {"kind": "graduated", "quota": "任务量", "tiers": [{"up_to": "0.6", "rate": "0.1"}, {"rate": "0.15"}]}},
        extra={"parameters": {"任务量": {"value": "447.92"}}},
    ),
    "volume": Sample({"model": "cumulative", "curve": tiered("volume", floor_zero=True)}),
    "package": Sample(
        {"model": "cumulative", "base": "数量", "curve": {"kind": "package", "size": "10", "price": "9.99", "free": "3", "partial": "ceil"}}
    ),
    "blocks": Sample(
        {"model": "cumulative", "base": "数量", "curve": {"kind": "blocks", "policy": "all_tiers", "tiers": [
            {"max_blocks": "2", "block_size": "3", "price": "1.5"}, {"max_blocks": "9", "block_size": "10", "price": "1"}]}}
    ),
    "target on the whole": Sample({"model": "cumulative", "curve": target("whole")}),
    "target on the excess": Sample({"model": "cumulative", "curve": target("excess", ">")}),
    "bounds": Sample({"model": "cumulative", "curve": {"kind": "bounds", "minimum": "50", "maximum": "300"}}),
    "consumption": Sample(
        {"model": "cumulative", "base": "数量", "together": "客户",
         "curve": {"kind": "formula", "amount": "9999.00 * 0.4 * 累计 / 4800"}}
    ),
    "versions, shared": Sample(
        {"model": "cumulative", "curve": tiered("graduated"), "on_change": "shared",
         "seasons": [{"window": {"since": "2026-01-20"}, "curve": {"kind": "flat", "rate": "0.1"}}]}
    ),
    "versions, separate": Sample(
        {"model": "cumulative", "curve": tiered("graduated"), "on_change": "separate",
         "seasons": [{"window": {"since": "2026-01-20"}, "curve": tiered("volume")}]}, "line"
    ),
    "restated by the latest": Sample(
        {"model": "cumulative", "on_change": "restate", "curve": {"kind": "flat", "rate": "if 级别 = 1 then 0.1 else 0.2"}}
    ),
    "milestone": Sample(
        {"model": "milestone", "contract": "1000.01 * 级别", "stage": "阶段", "together": "客户", "stages": [
            {"key": "a", "share": "1/3"}, {"key": "b", "share": "1/3"}, {"key": "c", "share": "1/3"}]}
    ),
    "split": Sample({"model": "split", "among": "班组", "together": "客户"}, facts={"班组": CREW}),
    "split to the house": Sample(
        {"model": "split", "among": "班组", "method": "separate"}, facts={"班组": CREW}
    ),
    "credit": Sample(
        {"model": "credit", "among": "分摊", "rates": {"revenue": "0.1", "overlay": "0.02"}, "whole": ["revenue"]},
        "line", facts={"分摊": CREDITS},
    ),
    "hierarchy by distance": Sample(
        {"model": "hierarchy", "mode": "absolute", "chain": "上级", "rates": ["0.1", "0.05"], "inactive": "compress"},
        "line", facts={"上级": CHAIN},
    ),
    "hierarchy by difference": Sample(
        {"model": "hierarchy", "mode": "differential", "chain": "上级", "inactive": "skip", "cap": "0.18"},
        facts={"上级": CHAIN},
    ),
    "draw": Sample({"model": "draw", "type": "recoverable_guarantee", "amount": "100", "period": "iso_week"}),
    "choice": Sample(
        {"model": "choice", "options": [
            {"key": "A", "curve": {"kind": "flat", "rate": "95"}, "rank": ["3"]},
            {"key": "B", "when": "数量 >= 20", "curve": {"kind": "flat", "rate": "70"}, "rank": ["9"]}]}
    ),
}  # fmt: skip
DECLARED = {
    "客户": "string",
    "级别": "number",
    "阶段": "string",
    "班组": "list",
    "分摊": "list",
    "上级": "list",
}


@cache
def plan_for(name: str) -> PreparedPlan:
    sample = SAMPLES[name]
    component = {"key": "pay", "name": {"zh": name}, "measure": "case", **sample.component}
    document = {
        "key": "case", "name": {"zh": name}, "facts": DECLARED, "components": [component],
        "rounding": {"mode": "half_up", "scale": 2, "moment": sample.moment}, **sample.extra,
    }  # fmt: skip
    return prepare(PlanDocument.model_validate(document))


def input_for(name: str, id_: int, fen: int, units: int, hour: int, customer: str, level: int) -> Input:
    at = MIDNIGHT + timedelta(hours=hour)
    stage = "abc"[(level + units) % 3]
    facts = {"客户": customer, "级别": Decimal(level), "阶段": stage, **SAMPLES[name].facts}
    return Input(
        id=id_, measure="case", at=at, recorded_at=at, amount=Decimal(fen).scaleb(-2), quantity=Decimal(units),
        parties={"worker": f"staff:{level}"}, facts=facts, source=f"order:{id_}",
    )  # fmt: skip


ROWS = st.tuples(
    st.integers(-20_000, 60_000),
    st.integers(0, 30),
    st.integers(0, 24 * 55),
    st.sampled_from("AB"),
    st.integers(1, 2),
)


def inputs_for(name: str, rows: list[tuple[int, int, int, str, int]]) -> list[Input]:
    return [input_for(name, id_, *row) for id_, row in enumerate(rows, start=1)]


INPUTS = st.lists(ROWS, max_size=10)
