"""The short way to the database behaves as Django's own cursors do."""

from datetime import UTC, datetime
from decimal import Decimal

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from shuniu.foundation.database.prepared import prepared_cursor

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def ask(sql: str, *params: object) -> list[tuple[object, ...]]:
    with prepared_cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_values_come_back_as_they_went() -> None:
    row = (NOON, "客户", Decimal("0.10"), True, None, [1, 2_000_000_000_000], b"\x00\xff")
    sql = "select %s::timestamptz, %s::text, %s::numeric, %s::boolean, %s::text, %s::bigint[], %s::bytea"
    assert ask(sql, *row) == [row]


def test_integers_of_every_size_are_one_prepared_statement() -> None:
    sql = "select %s + 1 as one_more"
    assert [ask(sql, number) for number in (1, 70_000, 5_000_000_000)] == [
        [(2,)],
        [(70_001,)],
        [(5_000_000_001,)],
    ]
    ((prepared,),) = ask("select count(*) from pg_prepared_statements where statement like '%%as one_more'")
    assert prepared == 1


def test_a_percent_sign_is_written_twice() -> None:
    assert ask("select %s::int %% 4", 7) == [(3,)]


def test_errors_are_djangos_and_leave_the_savepoint_usable() -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ask("insert into event_subscription values (%s, %s, %s)", "someone", -1, NOON)
    assert isinstance(caught.value.__cause__, psycopg.errors.CheckViolation)
    assert ask("select 1") == [(1,)]


def test_a_statement_with_a_mistake_is_refused_and_can_be_asked_again() -> None:
    for _ in range(2):
        with pytest.raises(DatabaseError), transaction.atomic():
            ask("select nothing from nowhere")


def test_statements_are_counted_like_all_others() -> None:
    with CaptureQueriesContext(connection) as said:
        ask("select %s::int", 1)
    assert [entry["sql"] for entry in said.captured_queries] == ["select %s::int"]


@pytest.mark.django_db(transaction=True)
def test_it_begins_the_transaction_that_django_opened() -> None:
    with transaction.atomic():
        ask("insert into event_subscription values (%s, %s, %s)", "rolled back", 1, NOON)
        transaction.set_rollback(True)
    assert ask("select 1 from event_subscription where subscriber = %s", "rolled back") == []


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_prepares_anew() -> None:
    assert ask("select %s::text", "a") == [("a",)]
    connection.close()
    assert ask("select %s::text", "b") == [("b",)]


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_a_deferred_constraint_refuses_is_an_error() -> None:
    ask("create temp table deferred_once (number bigint unique deferrable initially deferred)")
    with pytest.raises(IntegrityError), transaction.atomic():
        ask("insert into deferred_once values (%s), (%s)", 1, 1)
    assert ask("select count(*) from deferred_once") == [(0,)]
