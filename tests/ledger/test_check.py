"""The nightly check, asked of rows that no trigger let in: as after a restore from a damaged file."""

from datetime import date

import pytest
from django.db import connection
from tests.factories import org
from tests.factories.ledger import HOUSE, NOON, pay

from shuniu.ledger import actions, queries
from shuniu.org.models import Notice

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def damage(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_sound_ledger_is_checked_once_a_day() -> None:
    pay("one", 7, "380.00")
    assert actions.check_day(day=TODAY, by=HOUSE, now=NOON) == []
    assert actions.check_day(day=TODAY, by=HOUSE, now=NOON) is None


@pytest.mark.parametrize(
    ("sql", "rules"),
    [
        ("UPDATE ledger_account SET balance = 379 WHERE kind = 'wallet'", {"wallet_is_sum_of_its_postings"}),
        (
            "UPDATE ledger_posting SET amount = 381 WHERE amount > 0",
            {"transaction_sums_to_zero", "wallet_is_sum_of_its_postings"},
        ),
        ("UPDATE ledger_posting SET currency = 'USD'", {"posting_has_its_accounts_currency"}),
    ],
)
def test_damage_is_found_and_people_are_told(sql: str, rules: set[str]) -> None:
    house = org.house()
    pay("one", 7, "380.00")
    damage(sql)
    found = actions.check_day(day=TODAY, by=HOUSE, now=NOON)
    assert {finding.rule for finding in found or ()} == rules
    told = set(Notice.objects.filter(kind="ledger.invariant_broken").values_list("staff_id", flat=True))
    assert house.staff["qian"] in told
    assert house.staff["chen"] not in told


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert queries.findings() == []
