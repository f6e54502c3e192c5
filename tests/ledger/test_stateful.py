"""No sequence of posts, reversals, crashes and retries breaks a balance or loses a key."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.factories.ledger import HOUSE, NOON, payment

from shuniu.foundation.text import Text
from shuniu.ledger import actions, queries
from shuniu.ledger.contracts import InsufficientBalance, KeyReused
from shuniu.ledger.models import Transaction

OWNERS = st.integers(1, 3)
FEN = st.integers(-500, 1000).filter(bool)
KEYS = st.integers(1, 12).map(lambda n: f"key-{n}")
REASON = Text(zh="试", en="Try")


class Crash(Exception):
    """The process dies before it commits."""


class Ledger(RuleBasedStateMachine):
    """A model in a dictionary beside the real tables."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.balances: dict[int, Decimal] = defaultdict(Decimal)
        self.known: dict[str, tuple[int, Decimal]] = {}
        self.reversed: set[str] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize()
    def start_with_something(self) -> None:
        self.post("start", 1, 1000)

    def post(self, key: str, owner: int, fen: int) -> None:
        amount = Decimal(fen).scaleb(-2)
        wished = [payment(key, owner, str(amount))]
        if key in self.known and self.known[key] != (owner, amount):
            with pytest.raises(KeyReused):
                actions.post_many(transactions=wished, by=HOUSE, now=NOON)
        elif key in self.known:
            assert actions.post_many(transactions=wished, by=HOUSE, now=NOON)[0].replayed
        elif self.balances[owner] + amount < 0:
            with pytest.raises(InsufficientBalance):
                actions.post_many(transactions=wished, by=HOUSE, now=NOON)
        else:
            assert not actions.post_many(transactions=wished, by=HOUSE, now=NOON)[0].replayed
            self.known[key] = (owner, amount)
            self.balances[owner] += amount

    @rule(key=KEYS, owner=OWNERS, fen=FEN)
    def posts(self, key: str, owner: int, fen: int) -> None:
        self.post(key, owner, fen)

    @rule(data=st.data())
    def retries(self, data: Any) -> None:
        key = data.draw(st.sampled_from(sorted(self.known)))
        owner, amount = self.known[key]
        self.post(key, owner, int(amount * 100))

    @rule(key=KEYS, owner=OWNERS)
    def crashes(self, key: str, owner: int) -> None:
        def dies() -> None:
            with transaction.atomic():
                actions.post_many(transactions=[payment(f"{key}-lost", owner, "7.00")], by=HOUSE, now=NOON)
                raise Crash

        with pytest.raises(Crash):
            dies()

    @rule(data=st.data())
    def reverses(self, data: Any) -> None:
        key = data.draw(st.sampled_from(sorted(self.known)))
        owner, amount = self.known[key]
        id_ = Transaction.objects.get(key=key).pk
        if key in self.reversed:
            assert actions.reverse(transaction_id=id_, at=NOON, reason=REASON, by=HOUSE, now=NOON).replayed
        elif self.balances[owner] - amount < 0:
            with pytest.raises(InsufficientBalance):
                actions.reverse(transaction_id=id_, at=NOON, reason=REASON, by=HOUSE, now=NOON)
        else:
            actions.reverse(transaction_id=id_, at=NOON, reason=REASON, by=HOUSE, now=NOON)
            self.reversed.add(key)
            self.balances[owner] -= amount

    @invariant()
    def balances_agree(self) -> None:
        found = queries.balances_of("staff", [1, 2, 3], purposes=["withdrawable"])
        for owner in (1, 2, 3):
            assert found[owner].get("withdrawable", Decimal(0)) == self.balances[owner]

    @invariant()
    def nothing_is_broken(self) -> None:
        assert queries.findings() == []

    @invariant()
    def keys_are_those_of_the_model(self) -> None:
        keys = set(Transaction.objects.exclude(key__startswith="reverse:").values_list("key", flat=True))
        assert keys == set(self.known)


@pytest.mark.django_db
def test_no_sequence_breaks_the_ledger() -> None:
    calm = settings(
        max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Ledger, settings=calm)
