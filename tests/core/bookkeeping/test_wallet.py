from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.core.bookkeeping import BookkeepingError, Wallet, check_transaction
from shuniu.core.bookkeeping.wallet import run_events

FEN = st.integers(1, 5_000).map(lambda fen: Decimal(fen).scaleb(-2))
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("earn"), st.sampled_from("abc"), FEN, st.integers(0, 9)),
        st.tuples(st.just("withdraw"), st.sampled_from("wxy"), FEN),
        st.tuples(st.just("clawback"), st.sampled_from("pq"), FEN, st.sampled_from("abc")),
        st.tuples(st.sampled_from(["paid", "failed"]), st.sampled_from("wxy")),
    ),
    max_size=12,
)


def balances(wallet: Wallet) -> list[str]:
    return [str(wallet.balance(name)) for name in ("pending", "available", "in_transit", "paid")]


@given(EVENTS, st.integers(0, 12), st.sampled_from(["allow", "clamp"]))
def test_whatever_happens_every_step_is_double_entry_and_nothing_is_lost(
    events: list[tuple[Any, ...]], day: int, negative: Any
) -> None:
    wallet = Wallet(hold_days=3, negative=negative)
    for event in events:
        try:
            run_events(wallet, [event], day)
        except BookkeepingError:
            continue
    for transaction in wallet.transactions.values():
        check_transaction(transaction)
    assert sum(wallet.balances.values(), Decimal(0)) == 0
    assert wallet.balance("in_transit") == sum(wallet.in_transit.values(), Decimal(0))
    assert wallet.balance("pending") == sum((e.waiting for e in wallet.earnings.values()), Decimal(0))
    if negative == "clamp":
        assert wallet.balance("available") >= 0


def test_an_earning_waits_its_hold_days_then_is_paid_out() -> None:
    wallet = Wallet(hold_days=7)
    run_events(wallet, [("earn", "k", "100.00", 0)], 6)
    assert balances(wallet) == ["100.00", "0", "0", "0"]
    run_events(wallet, [("withdraw", "w", "80.00")], 7)
    assert balances(wallet) == ["0.00", "20.00", "80.00", "0"]
    run_events(wallet, [("failed", "w"), ("withdraw", "v", "100.00"), ("paid", "v")], 8)
    assert balances(wallet) == ["0.00", "0.00", "0.00", "100.00"]


def test_a_claw_back_takes_what_still_waits_of_its_earning_first() -> None:
    wallet = Wallet(hold_days=7)
    run_events(wallet, [("earn", "old", "50.00", 0), ("earn", "new", "30.00", 5)], 7)
    run_events(wallet, [("clawback", "c", "40.00", "new")], 7)
    assert balances(wallet) == ["0.00", "40.00", "0", "0"]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda wallet: wallet.earn("k", Decimal(2), 0), "key_conflict"),
        (lambda wallet: wallet.withdraw("w", Decimal("1.01")), "insufficient_available"),
        (lambda wallet: wallet.withdraw("w", Decimal(0)), "not_positive"),
        (lambda wallet: wallet.settle("nothing", "paid"), "not_in_transit"),
    ],
)
def test_what_cannot_be_is_refused(act: Callable[[Wallet], None], code: str) -> None:
    wallet = Wallet()
    wallet.earn("k", Decimal(1), 0)
    wallet.release(0)
    with pytest.raises(BookkeepingError) as refused:
        act(wallet)
    assert refused.value.code == code


def test_the_same_wish_twice_is_one() -> None:
    wallet = Wallet()
    for _ in range(2):
        run_events(wallet, [("earn", "k", "1.00", 0), ("withdraw", "w", "1.00"), ("paid", "w")], 0)
    assert balances(wallet) == ["0.00", "0.00", "0.00", "1.00"]
