from datetime import UTC, datetime
from decimal import Decimal

import pytest

from shuniu.core.bookkeeping import (
    BookkeepingError,
    Posting,
    Transaction,
    balances_of,
    check_transaction,
    content_hash,
    reversal,
)

AT = datetime(2026, 11, 20, tzinfo=UTC)


def entry(*legs: tuple[str, str] | tuple[str, str, str], key: str = "k") -> Transaction:
    postings = tuple(Posting(leg[0], Decimal(leg[1]), *leg[2:]) for leg in legs)
    return Transaction(key=key, at=AT, memo="收益", postings=postings)


@pytest.mark.parametrize(
    ("legs", "code"),
    [
        ([("a", "1.00")], "too_few_postings"),
        ([("a", "1.00"), ("b", "-0.99")], "unbalanced"),
        ([("a", "1.00"), ("b", "-1.00", "USD")], "unbalanced"),
        ([("a", "0.00"), ("b", "0.00")], "zero_posting"),
    ],
)
def test_a_transaction_that_is_not_double_entry_is_refused(legs: list[tuple[str, str]], code: str) -> None:
    with pytest.raises(BookkeepingError) as refused:
        check_transaction(entry(*legs))
    assert refused.value.code == code


def test_a_reversal_brings_every_balance_back_to_zero() -> None:
    there = entry(("expense", "-380.00"), ("wallet", "380.00"))
    back = reversal(there, key="back", at=AT, memo="冲正")
    assert back.corrects == "k"
    assert set(balances_of([there, back]).values()) == {Decimal("0.00")}


def test_the_content_is_the_same_whatever_the_key_and_the_trailing_zeros() -> None:
    one = entry(("a", "1.5"), ("b", "-1.5"))
    assert content_hash(one) == content_hash(entry(("b", "-1.50"), ("a", "1.50"), key="other"))
    assert content_hash(one) != content_hash(entry(("a", "1.51"), ("b", "-1.51")))
