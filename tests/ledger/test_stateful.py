"""No sequence of posts, reversals, holds, crashes and retries breaks a balance or loses a key."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.factories.ledger import HOUSE, NOON, payment

from shuniu.foundation.hub import Ref
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
        self.held: dict[int, tuple[int, Decimal]] = {}

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

    @rule(owner=OWNERS, fen=st.integers(1, 600))
    def holds(self, owner: int, fen: int) -> None:
        amount = Decimal(fen).scaleb(-2)
        wish = {"owner": Ref("staff", owner), "amount": amount, "reason": "试", "by": HOUSE, "now": NOON}
        if self.balances[owner] < amount:
            with pytest.raises(InsufficientBalance):
                actions.hold(**wish)
            return
        self.held[actions.hold(**wish)] = (owner, amount)
        self.balances[owner] -= amount

    @precondition(lambda self: self.held)
    @rule(data=st.data(), dies=st.booleans())
    def releases(self, data: Any, *, dies: bool) -> None:
        hold = data.draw(st.sampled_from(sorted(self.held)))

        def release() -> None:
            with transaction.atomic():
                actions.release_hold(hold_id=hold, reason="试", by=HOUSE, now=NOON)
                if dies:
                    raise Crash

        if dies:
            with pytest.raises(Crash):
                release()
            return
        release()
        owner, amount = self.held.pop(hold)
        self.balances[owner] += amount

    @invariant()
    def balances_agree(self) -> None:
        found = queries.balances_of("staff", [1, 2, 3], purposes=["withdrawable", "held"])
        for owner in (1, 2, 3):
            held = sum((amount for who, amount in self.held.values() if who == owner), Decimal(0))
            assert found[owner].get("withdrawable", Decimal(0)) == self.balances[owner]
            assert found[owner].get("held", Decimal(0)) == held

    @invariant()
    def nothing_is_broken(self) -> None:
        assert queries.findings() == []

    @invariant()
    def keys_are_those_of_the_model(self) -> None:
        kept = Transaction.objects.exclude(key__startswith="reverse:").exclude(key__startswith="hold:")
        keys = set(kept.values_list("key", flat=True))
        assert keys == set(self.known)


@pytest.mark.django_db
def test_no_sequence_breaks_the_ledger() -> None:
    calm = settings(
        max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Ledger, settings=calm)
