from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.core.money import Method, MoneyError, allocate, allocate_with_remainder

AMOUNTS = st.integers(-(10**12), 10**12).map(lambda fen: Decimal(fen).scaleb(-2))
WEIGHTS = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)


def shares(amount: str, weights: dict[str, str], method: Method = Method.LARGEST_REMAINDER) -> list[str]:
    return [str(share.amount) for share in allocate(Decimal(amount), list(weights.items()), method)]


def test_units_left_over_go_to_the_largest_cut_off_parts() -> None:
    assert shares("1.00", {"a": "2", "b": "3", "c": "1"}) == ["0.33", "0.50", "0.17"]


def test_ties_go_to_the_first_listed() -> None:
    assert shares("100.00", {"a": "1", "b": "1", "c": "1"}) == ["33.34", "33.33", "33.33"]


def test_other_methods_give_the_rest_as_they_are_named() -> None:
    weights = {"z": "0", "a": "2", "b": "3", "c": "1"}
    assert shares("1.00", weights, Method.FIRST) == ["0.00", "0.34", "0.50", "0.16"]
    assert shares("1.00", weights, Method.LARGEST_WEIGHT) == ["0.00", "0.33", "0.51", "0.16"]
    assert allocate_with_remainder(Decimal("1.00"), list(weights.items()), Method.SEPARATE)[1] == Decimal(
        "0.01"
    )


def test_weights_may_be_thirds() -> None:
    assert shares("50.00", {"a": "1/3", "b": "1/3", "c": "1/3"}) == ["16.67", "16.67", "16.66"]


@pytest.mark.parametrize("weights", [{}, {"a": "0"}, {"a": "-1", "b": "2"}])
def test_weights_that_name_nobody_are_refused(weights: dict[str, str]) -> None:
    with pytest.raises(MoneyError):
        shares("1.00", weights)


@given(AMOUNTS, WEIGHTS, st.sampled_from(Method))
def test_parts_and_rest_sum_to_the_whole(amount: Decimal, weights: list[int], method: Method) -> None:
    parts, rest = allocate_with_remainder(amount, [(str(n), w) for n, w in enumerate(weights)], method)
    assert sum(part.amount for part in parts) + rest == amount
    assert method is Method.SEPARATE or rest == 0


@given(AMOUNTS, WEIGHTS, st.sampled_from(Method))
def test_a_negative_amount_mirrors_the_positive_one(
    amount: Decimal, weights: list[int], method: Method
) -> None:
    listed = [(str(n), w) for n, w in enumerate(weights)]
    there = [part.amount for part in allocate(amount, listed, method)]
    assert [-part.amount for part in allocate(-amount, listed, method)] == there


@given(AMOUNTS, WEIGHTS)
def test_nobody_is_more_than_one_unit_from_the_exact_share(amount: Decimal, weights: list[int]) -> None:
    parts = allocate(amount, [(str(n), w) for n, w in enumerate(weights)])
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.amount - amount * weight / sum(weights)) < Decimal("0.01")
