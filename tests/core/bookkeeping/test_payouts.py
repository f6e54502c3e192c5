from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.core.bookkeeping import attempts, cut_batches, sendable


@given(st.lists(st.integers(1, 900).map(lambda fen: Decimal(fen).scaleb(-2)), max_size=40), st.integers(1, 9))
def test_batches_hold_everything_once_and_no_more_than_they_may(amounts: list[Decimal], most: int) -> None:
    batches = cut_batches(amounts, most)
    assert sum(batch.items for batch in batches) == len(amounts)
    assert sum((batch.total for batch in batches), Decimal(0)) == sum(amounts, Decimal(0))
    assert all(1 <= batch.items <= most for batch in batches)


def test_what_is_below_the_minimum_waits_and_nothing_negative_is_sent() -> None:
    items = [("a", Decimal("0.10")), ("b", Decimal("0.09")), ("c", Decimal(-5)), ("d", Decimal(0))]
    assert sendable(items, Decimal("0.10")) == (["a"], ["b", "c", "d"])
    assert sendable(items, Decimal(-9)) == (["a", "b"], ["c", "d"])


@pytest.mark.parametrize(
    ("responses", "numbers", "state"),
    [
        (["SUCCESS"], 1, "paid"),
        (["HTTP_500", "QUERY:PROCESSING", "QUERY:SUCCESS"], 1, "paid"),
        (["TIMEOUT", "QUERY:PROCESSING"], 1, "in_transit"),
        (["FAIL"], 1, "failed"),
        (["HTTP_500", "QUERY:FAIL", "SUCCESS"], 2, "paid"),
        (["PROCESSING", "QUERY:CLOSED"], 1, "returned"),
        (["SUCCESS", "FAIL"], 1, "paid"),
    ],
)
def test_only_a_definite_failure_frees_a_payout_for_a_new_number(
    responses: list[str], numbers: int, state: str
) -> None:
    found = attempts(responses)
    assert (found.bill_numbers, found.state) == (numbers, state)
