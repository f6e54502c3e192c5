"""For every model: order, batching and repetition never change a bucket; lines sum to it; the tree tells it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.settlement.every_model import INPUTS, SAMPLES, inputs_for, plan_for

from shuniu.core.settlement import (
    BucketKey,
    BucketState,
    Calculation,
    Input,
    Node,
    PreparedPlan,
    calculate,
    compiled,
    explain,
    groups_of,
)

Row: TypeAlias = tuple[int, int, int, str, int]
few = settings(max_examples=15, deadline=None)
every = pytest.mark.parametrize("name", SAMPLES)


def states(calculation: Calculation) -> dict[BucketKey, BucketState]:
    return {bucket.key: bucket.closing for bucket in calculation.buckets}


def in_batches(plan: PreparedPlan, batches: Sequence[Sequence[Input]]) -> dict[BucketKey, BucketState]:
    """Settle batch by batch, each finding what its groups hold already."""
    done: list[Input] = []

    def earlier(component: str, group: str) -> list[Input]:
        return [one for one in done if groups_of(plan, one).get(component) == group]

    known: dict[BucketKey, BucketState] = {}
    for batch in batches:
        known |= states(calculate(plan, batch, opening=known, earlier=earlier))
        done += batch
    return known


def earned(found: dict[BucketKey, BucketState]) -> dict[BucketKey, Decimal]:
    return {key: state.earned for key, state in found.items() if state.earned}


@every
@few
@given(rows=INPUTS, seed=st.integers(0, 99))
def test_the_order_of_inputs_never_changes_a_bucket(name: str, rows: list[Row], seed: int) -> None:
    inputs = inputs_for(name, rows)
    shuffled = list(inputs)
    Random(seed).shuffle(shuffled)
    assert calculate(plan_for(name), shuffled) == calculate(plan_for(name), inputs)


@every
@few
@given(rows=INPUTS, seed=st.integers(0, 99), size=st.integers(1, 5))
def test_batching_and_order_of_arrival_never_change_a_bucket(
    name: str, rows: list[Row], seed: int, size: int
) -> None:
    inputs = inputs_for(name, rows)
    shuffled = list(inputs)
    Random(seed).shuffle(shuffled)
    batches = [shuffled[start : start + size] for start in range(0, len(shuffled), size)]
    assert earned(in_batches(plan_for(name), batches)) == earned(states(calculate(plan_for(name), inputs)))


@every
@few
@given(rows=INPUTS)
def test_lines_sum_to_their_bucket(name: str, rows: list[Row]) -> None:
    for bucket in calculate(plan_for(name), inputs_for(name, rows)).buckets:
        assert sum((line.amount for line in bucket.lines), Decimal(0)) == bucket.closing.earned
        bases = [line.base_after - line.base_before for line in bucket.lines]
        assert sum(bases, Decimal(0)) == bucket.closing.base


@every
@few
@given(rows=INPUTS)
def test_what_is_corrected_to_itself_moves_nothing(name: str, rows: list[Row]) -> None:
    plan, inputs = plan_for(name), inputs_for(name, rows)
    again = [
        Input(
            id=one.id + 100, measure=one.measure, at=one.at, recorded_at=one.recorded_at, amount=one.amount,
            quantity=one.quantity, parties=one.parties, facts=one.facts, source=one.source, corrects=one,
        )
        for one in inputs
    ]  # fmt: skip
    before = states(calculate(plan, inputs))
    done = list(inputs)

    def earlier(component: str, group: str) -> list[Input]:
        return [one for one in done if groups_of(plan, one).get(component) == group]

    assert calculate(plan, again, opening=before, earlier=earlier).total == 0


@every
@few
@given(rows=INPUTS)
def test_the_tree_of_every_line_comes_to_its_amount(name: str, rows: list[Row]) -> None:
    plan, inputs = plan_for(name), inputs_for(name, rows)
    by_id = {one.id: one for one in inputs}
    ready = compiled(plan, "pay")
    for bucket in calculate(plan, inputs).buckets:
        for line in bucket.lines:
            one = by_id[line.input_id]
            group = ready.together(one)
            together = [each for each in inputs if ready.looks_at(each) and ready.together(each) == group]
            root = explain(plan, line, one, together if group is not None else ())
            assert root.value == line.amount
            assert root.formula.zh
            assert not any(node.kind == "cumulative" and "其他" in node.text.zh for node in leaves(root))


def leaves(node: Node) -> list[Node]:
    return [node, *(leaf for child in node.children for leaf in leaves(child))]


@pytest.mark.parametrize("name", ["split", "split to the house"])
@few
@given(rows=INPUTS)
def test_parts_sum_to_the_whole(name: str, rows: list[Row]) -> None:
    inputs = inputs_for(name, rows)
    assert calculate(plan_for(name), inputs).total == sum((one.amount for one in inputs), Decimal(0))


@few
@given(rows=INPUTS)
def test_a_chain_is_paid_the_best_rate_and_no_more(rows: list[Row]) -> None:
    """Differences of rounded steps sum to the rounded whole, less what the inactive agent would have had."""
    inputs = inputs_for("hierarchy by difference", rows)
    for one in inputs:
        total = calculate(plan_for("hierarchy by difference"), [one]).total
        assert abs(total) <= abs(one.amount) * Decimal("0.18") + Decimal("0.01")
