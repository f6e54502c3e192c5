"""The lines of one component feed another, whatever the batches."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.settlement.every_model import ROWS, inputs_for

from shuniu.core.settlement import (
    BucketKey,
    BucketState,
    Input,
    Line,
    PlanDocument,
    calculate,
    compiled,
    derived_inputs,
    layers,
    prepare,
)

LINE = {"mode": "half_up", "scale": 2, "moment": "line"}


def component(model: str, key: str, **more: Any) -> dict[str, Any]:
    return {"model": model, "key": key, "name": {"zh": key}, "measure": "case", **more}


PLAN = prepare(
    PlanDocument.model_validate(
        {
            "key": "p", "name": {"zh": "方案"}, "facts": {"客户": "string", "级别": "number", "阶段": "string"},
            "components": [
                # listed against the order in which they must run
                component("cumulative", "missing", after="kept", at_close=True, beneficiary="earner",
                          curve={"kind": "shortfall", "to": "100"}),
                component("cumulative", "kept", after="crew", beneficiary="earner", pays=False,
                          curve={"kind": "bounds", "maximum": "300"}),
                component("split", "crew", after="pool", together="客户", method="largest_remainder",
                          parts=[{"role": "worker", "weight": "2"}, {"role": "helper", "weight": "1"}]),
                component("formula", "pool", amount="金额 * 0.0777", pays=False, rounding=LINE),
            ],
        }
    )
)  # fmt: skip
ROWS_SEVERAL = st.lists(ROWS, max_size=8)


def with_helper(rows: list[tuple[int, int, int, str, int]]) -> list[Input]:
    return [
        Input(
            id=one.id, measure=one.measure, at=one.at, recorded_at=one.recorded_at, amount=one.amount,
            parties={**one.parties, "helper": "staff:9"}, facts=one.facts,
        )
        for one in inputs_for("percent", rows)
    ]  # fmt: skip


def in_batches(batches: Sequence[Sequence[Input]]) -> dict[BucketKey, BucketState]:
    """As the running side does it: earlier inputs of a group of derived inputs come from the lines settled before."""
    known: dict[BucketKey, BucketState] = {}
    lines: list[Line] = []
    by_id: dict[int, Input] = {}

    def earlier(key: str, group: str) -> list[Input]:
        ready = compiled(PLAN, key)
        before = [line for line in lines if line.bucket.component == ready.component.after]
        derived = derived_inputs(ready.component, before, by_id.__getitem__)
        return [one for one in derived if ready.together(one) == group]

    for batch in batches:
        by_id |= {one.id: one for one in batch}
        result = calculate(PLAN, batch, opening=known, earlier=earlier)
        for bucket in result.buckets:
            known[bucket.key] = bucket.closing
            lines += bucket.lines
    return known


@settings(max_examples=40, deadline=None)
@given(ROWS_SEVERAL, st.integers(0, 99), st.integers(1, 4))
def test_batches_never_change_what_is_split_and_capped(
    rows: list[tuple[int, int, int, str, int]], seed: int, size: int
) -> None:
    inputs = with_helper(rows)
    shuffled = list(inputs)
    Random(seed).shuffle(shuffled)
    batches = [shuffled[start : start + size] for start in range(0, len(shuffled), size)]
    whole = {bucket.key: bucket.closing.earned for bucket in calculate(PLAN, inputs).buckets}
    found = {key: state.earned for key, state in in_batches(batches).items()}
    assert {key: earned for key, earned in found.items() if earned} == {k: e for k, e in whole.items() if e}


@settings(max_examples=20, deadline=None)
@given(ROWS_SEVERAL)
def test_a_split_pays_exactly_what_the_pool_holds(rows: list[tuple[int, int, int, str, int]]) -> None:
    amounts: dict[str, Decimal] = {}
    for bucket in calculate(PLAN, with_helper(rows)).buckets:
        amounts[bucket.key.component] = amounts.get(bucket.key.component, Decimal(0)) + bucket.amount
    assert amounts.get("crew", Decimal(0)) == amounts.get("pool", Decimal(0))


def test_components_run_in_the_order_they_feed_each_other() -> None:
    assert [[one.key for one in layer] for layer in layers(PLAN.document)] == [
        ["pool"],
        ["crew"],
        ["kept"],
        ["missing"],
    ]


def test_a_guarantee_is_made_up_when_the_period_is_closed() -> None:
    (one,) = with_helper([(100_000, 1, 0, "A", 1)])
    open_ = calculate(PLAN, [one])
    closed = calculate(PLAN, [one], closed=("2026-01",))
    assert {b.key.beneficiary: b.amount for b in open_.buckets if b.pays} == {
        "staff:1": Decimal("51.80"),
        "staff:9": Decimal("25.90"),
    }
    assert closed.total - open_.total == Decimal("48.20") + Decimal("74.10")
