from collections.abc import Mapping
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories import org
from tests.factories.ledger import EXPENSE, HOUSE, NOON, pay, wallet

from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger import actions, queries
from shuniu.ledger.contracts import AccountRef, HoldEnded, InsufficientBalance, NotPositive, Posting

pytestmark = pytest.mark.django_db
OWNER = Ref("staff", 7)


def balances() -> Mapping[str, str]:
    return {purpose: str(amount) for purpose, amount in queries.balances(OWNER).items() if amount}


def set_aside(amount: str) -> int:
    return actions.hold(owner=OWNER, amount=Decimal(amount), reason="投诉核实", by=HOUSE, now=NOON)


def test_a_hold_sets_money_aside_and_its_end_gives_it_free() -> None:
    pay("one", 7, "380.00")
    hold = set_aside("100.00")
    assert balances() == {"withdrawable": "280.00", "held": "100.00"}
    actions.release_hold(hold_id=hold, reason="核实无误", by=HOUSE, now=NOON)
    assert balances() == {"withdrawable": "380.00"}
    assert queries.findings() == []
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {
        "ledger.hold_placed",
        "ledger.hold_released",
    }


def test_more_than_there_is_cannot_be_held_and_leaves_no_hold() -> None:
    pay("one", 7, "10.00")
    with pytest.raises(InsufficientBalance):
        set_aside("10.01")
    assert not queries.hold_set(HOUSE).exists()


@pytest.mark.parametrize("amount", ["0", "-1.00", "0.001"])
def test_a_hold_of_nothing_is_refused(amount: str) -> None:
    with pytest.raises(NotPositive):
        set_aside(amount)


def test_a_hold_ends_once() -> None:
    pay("one", 7, "10.00")
    hold = set_aside("10.00")
    actions.release_hold(hold_id=hold, reason="完", by=HOUSE, now=NOON)
    with pytest.raises(HoldEnded):
        actions.release_hold(hold_id=hold, reason="完", by=HOUSE, now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_hold SET amount = 1")
    assert balances() == {"withdrawable": "10.00"}


def test_the_check_finds_a_hold_without_its_money() -> None:
    pay("one", 7, "10.00")
    set_aside("10.00")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE ledger_hold SET amount = 9")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert [finding.rule for finding in queries.findings()] == ["held_is_sum_of_standing_holds"]


def spend(purpose: str) -> None:
    legs = [
        Posting(wallet(7, "promotion_fund"), Decimal("-5.00")),
        Posting(AccountRef(None if purpose == "promotion" else OWNER, purpose), Decimal("5.00")),
    ]
    actions.post(
        key=f"spend-{purpose}", postings=legs, at=NOON, memo=Text(zh="用", en="Use"), source=Ref("x", 1),
        by=HOUSE, now=NOON,
    )  # fmt: skip


@pytest.mark.parametrize("purpose", ["withdrawable", "in_transit", "paid", "held"])
def test_the_database_keeps_the_promotion_fund_for_promotion(purpose: str) -> None:
    pay("one", 7, "20.00", purpose="promotion_fund")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        spend(purpose)
    assert refused.value.__cause__.diag.constraint_name == "ledger_fund_for_promotion"  # type: ignore[union-attr]
    spend("promotion")
    assert balances() == {"promotion_fund": "15.00"}
    assert queries.balances_of("", [0])[0] == {
        EXPENSE.purpose: Decimal("-20.00"),
        "promotion": Decimal("5.00"),
    }


def test_holds_over_http_are_for_finance() -> None:
    house = org.house()
    worker = house.staff["zhang"]
    pay("one", worker, "50.00")
    body = {"owner_kind": "staff", "owner_id": worker, "amount": "20.00", "reason": "核实"}
    assert org.client_of(house.staff["chen"]).send("POST", "/api/ledger/holds", body).status_code == 403
    finance = org.client_of(house.staff["qian"])
    placed = finance.send("POST", "/api/ledger/holds", body)
    assert (placed.status_code, placed.json()["owner_title"]) == (200, "张师傅")
    path = f"/api/ledger/holds/{placed.json()['id']}/release"
    assert finance.send("POST", path, {"reason": "完"}).json()["ended_reason"] == "完"
    assert finance.send("POST", path, {"reason": "完"}).status_code == 409
    assert len(finance.get("/api/ledger/holds?standing=false").json()["items"]) == 1
    assert finance.get("/api/ledger/checks").json()["items"] == []
