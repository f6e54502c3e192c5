"""Two connections at once: a key posts once, a wallet is not overdrawn, and nobody waits in a circle."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from tests.factories.ledger import EXPENSE, HOUSE, NOON, pay, payment, wallet

from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger import actions, queries
from shuniu.ledger.contracts import InsufficientBalance, NewTransaction, Posting

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """Run the deeds at the same moment on a connection each; what each gave, or how it was refused."""
    start = Barrier(len(deeds), timeout=30)

    def one(deed: Callable[[], Any]) -> Any:
        connection.ensure_connection()
        start.wait()
        try:
            return deed()
        except InsufficientBalance as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def test_the_same_wish_from_two_connections_posts_once() -> None:
    pay("open", 1, "1.00")
    refs = together(*[lambda: pay("race", 1, "5.00")] * 2)
    assert sorted(ref.replayed for ref in refs if not isinstance(ref, Exception)) == [False, True]
    assert queries.balances(Ref("staff", 1)) == {"withdrawable": Decimal("6.00")}


def test_two_connections_cannot_spend_the_same_money() -> None:
    pay("open", 1, "10.00")
    answers = together(*[lambda n=n: pay(f"spend-{n}", 1, "-10.00") for n in range(4)])
    assert sum(isinstance(answer, InsufficientBalance) for answer in answers) == 3
    assert queries.balances(Ref("staff", 1)) == {"withdrawable": Decimal("0.00")}
    assert queries.findings() == []


def test_a_hold_and_a_withdrawal_cannot_take_the_same_money() -> None:
    pay("open", 1, "10.00")
    answers = together(
        lambda: pay("spend", 1, "-10.00"),
        lambda: actions.hold(
            owner=Ref("staff", 1), amount=Decimal("10.00"), reason="核实", by=HOUSE, now=NOON
        ),
    )
    assert sum(isinstance(answer, InsufficientBalance) for answer in answers) == 1
    assert queries.findings() == []


def transfer(key: str, giver: int, taker: int) -> NewTransaction:
    legs = (Posting(wallet(giver), Decimal("-1.00")), Posting(wallet(taker), Decimal("1.00")))
    return NewTransaction(key, legs, NOON, Text(zh="转", en="Move"), Ref("test", 1))


def test_transfers_in_opposite_directions_do_not_wait_in_a_circle() -> None:
    actions.post_many(
        transactions=[payment("one", 1, "100.00"), payment("two", 2, "100.00")], by=HOUSE, now=NOON
    )

    def back_and_forth(giver: int, taker: int) -> None:
        for n in range(30):
            actions.post_many(transactions=[transfer(f"{giver}-{n}", giver, taker)], by=HOUSE, now=NOON)

    together(lambda: back_and_forth(1, 2), lambda: back_and_forth(2, 1))
    assert [queries.balances(Ref("staff", n))["withdrawable"] for n in (1, 2)] == [Decimal("100.00")] * 2


def test_many_owners_are_paid_from_one_platform_account_at_once() -> None:
    together(*[lambda n=n: [pay(f"{n}-{m}", n, "1.00") for m in range(20)] for n in range(1, 5)])
    assert queries.balances_of("", [0]) == {0: {EXPENSE.purpose: Decimal("-80.00")}}
    assert queries.findings() == []
