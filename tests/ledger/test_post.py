from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.ledger import EXPENSE, HOUSE, NOON, pay, payment, wallet

from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger import actions, queries
from shuniu.ledger.contracts import (
    AccountRef,
    InsufficientBalance,
    KeyReused,
    NewTransaction,
    Posting,
    Unbalanced,
)
from shuniu.ledger.models import Account
from shuniu.ledger.models import Posting as PostingRow
from shuniu.ledger.models import Transaction as TransactionRow

pytestmark = pytest.mark.django_db


def refused_by(sql: str, params: list[object], constraint: str) -> bool:
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return refused.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


def test_a_wallet_holds_what_was_posted_and_the_platform_holds_nothing() -> None:
    pay("one", 7, "380.00")
    pay("two", 7, "20.50")
    assert queries.balances(Ref("staff", 7)) == {"withdrawable": Decimal("400.50")}
    assert Account.objects.get(purpose="expense").balance is None
    assert queries.balances_of("", [0]) == {0: {"expense": Decimal("-400.50")}}


def test_the_same_wish_posts_once() -> None:
    first, again = pay("one", 7, "380.00"), pay("one", 7, "380.00")
    assert (first.replayed, again.replayed, again.id) == (False, True, first.id)
    assert queries.balances(Ref("staff", 7)) == {"withdrawable": Decimal("380.00")}


def test_the_same_wish_twice_in_one_set_posts_once() -> None:
    both = actions.post_many(
        transactions=[payment("one", 7, "1.00"), payment("one", 7, "1.00")], by=HOUSE, now=NOON
    )
    assert [ref.replayed for ref in both] == [False, True]
    assert PostingRow.objects.count() == 2


def test_a_key_with_other_content_is_an_error_and_posts_nothing() -> None:
    pay("one", 7, "380.00")
    with pytest.raises(KeyReused):
        actions.post_many(
            transactions=[payment("two", 7, "1.00"), payment("one", 7, "381.00")], by=HOUSE, now=NOON
        )
    assert list(TransactionRow.objects.values_list("key", flat=True)) == ["one"]


def test_a_wallet_never_goes_below_zero() -> None:
    pay("one", 7, "10.00")
    with pytest.raises(InsufficientBalance) as refused:
        pay("two", 7, "-10.01")
    assert refused.value.text().zh == "可提现余额不足：可用 10.00，需要 10.01"
    pay("three", 7, "-10.00")
    assert queries.balances(Ref("staff", 7)) == {"withdrawable": Decimal("0.00")}


def test_states_that_are_no_wallets_may_go_below_zero() -> None:
    pay("one", 7, "-5.00", purpose="earned")
    assert queries.balances(Ref("staff", 7)) == {"earned": Decimal("-5.00")}


@pytest.mark.parametrize("amounts", [("1.00", "-0.99"), ("1.001", "-1.001"), ("1.00",)])
def test_postings_that_are_no_double_entry_are_refused(amounts: tuple[str, ...]) -> None:
    legs = [Posting(wallet(n), Decimal(amount)) for n, amount in enumerate(amounts, start=1)]
    with pytest.raises(Unbalanced):
        actions.post(
            key="bad", postings=legs, at=NOON, memo=Text(zh="", en=""), source=Ref("x", 1), by=HOUSE, now=NOON
        )
    assert not TransactionRow.objects.exists()


def test_the_database_refuses_a_transaction_that_does_not_sum_to_zero() -> None:
    ref = pay("one", 7, "5.00")
    account = Account.objects.get(purpose="expense")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_transaction (key, content_hash, at, recorded_at, memo_zh, memo_en, source_kind,"
            " source_id, by) SELECT 'raw', content_hash, at, recorded_at, '', '', 'x', 1, 'x'"
            " FROM ledger_transaction WHERE id = %s RETURNING id",
            [ref.id],
        )
        (raw,) = cursor.fetchone()
    leg = "INSERT INTO ledger_posting (transaction_id, account_id, currency, amount) VALUES (%s, %s, %s, %s)"
    assert refused_by(leg, [raw, account.pk, "CNY", 1], "ledger_sums_to_zero")


def test_the_database_refuses_postings_to_a_closed_transaction() -> None:
    ref = pay("one", 7, "5.00")
    account = Account.objects.get(purpose="expense")
    legs = (
        "INSERT INTO ledger_posting (transaction_id, account_id, currency, amount)"
        " VALUES (%s, %s, 'CNY', 1), (%s, %s, 'CNY', -1)"
    )
    assert refused_by(legs, [ref.id, account.pk, ref.id, account.pk], "ledger_transaction_closed")


@pytest.mark.parametrize("table", ["ledger_transaction", "ledger_posting", "ledger_account"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_removals(table: str, verb: str) -> None:
    pay("one", 7, "5.00")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(verb.format(table))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_transaction SET memo_zh = 'x'",
        "UPDATE ledger_posting SET amount = amount * 2",
        "UPDATE ledger_account SET balance = balance + 1 WHERE kind = 'wallet'",
        "UPDATE ledger_account SET owner_id = 9",
    ],
)
def test_the_database_refuses_changes(sql: str) -> None:
    pay("one", 7, "5.00")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_account_cannot_open_with_money_in_it() -> None:
    opening = (
        "INSERT INTO ledger_account (owner_kind, owner_id, purpose, currency, kind, balance, opened_at)"
        " VALUES ('staff', 1, 'withdrawable', 'CNY', 'wallet', 5, now())"
    )
    assert refused_by(opening, [], "ledger_opens_at_zero")


def test_a_reversal_undoes_once_and_names_what_it_undoes() -> None:
    ref = pay("one", 7, "380.00")
    reason = Text(zh="重复", en="Duplicate")
    back = actions.reverse(transaction_id=ref.id, at=NOON, reason=reason, by=HOUSE, now=NOON)
    again = actions.reverse(transaction_id=ref.id, at=NOON, reason=reason, by=HOUSE, now=NOON)
    assert (back.replayed, again.replayed) == (False, True)
    assert TransactionRow.objects.get(pk=back.id).corrects_id == ref.id
    assert queries.balances(Ref("staff", 7)) == {"withdrawable": Decimal("0.00")}


def test_an_older_time_may_be_posted_later_and_says_both() -> None:
    earlier = NOON.replace(month=3)
    actions.post_many(transactions=[payment("late", 7, "1.00", at=earlier)], by=HOUSE, now=NOON)
    row = TransactionRow.objects.get()
    assert (row.at, row.recorded_at) == (earlier, NOON)


def test_currencies_balance_on_their_own() -> None:
    dollars = AccountRef(Ref("staff", 1), "earned", "USD")
    new = NewTransaction(
        key="mixed",
        postings=(Posting(EXPENSE, Decimal(-7)), Posting(dollars, Decimal(7))),
        at=NOON,
        memo=Text(zh="", en=""),
        source=Ref("x", 1),
    )
    with pytest.raises(Unbalanced):
        actions.post_many(transactions=[new], by=HOUSE, now=NOON)


def test_a_set_of_any_size_takes_a_handful_of_statements(django_assert_max_num_queries: object) -> None:
    few = [payment(f"k{n}", n % 50, "1.00") for n in range(1000)]
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        actions.post_many(transactions=few, by=HOUSE, now=NOON)
    assert PostingRow.objects.count() == 2000
    assert queries.findings() == []
