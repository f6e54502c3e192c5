"""The whole ledger as Beancount text, streamed; memory does not grow with the ledger."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial
from itertools import chain, groupby
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from shuniu.core.bookkeeping import OpenAccount, Posting, Transaction, beancount_account, export_beancount

ACCOUNTS = """
SELECT a.purpose, a.owner_kind, a.owner_id, a.currency,
       coalesce(min(t.at), a.opened_at),
       coalesce(a.balance, sum(p.amount), 0)
  FROM ledger_account a
  LEFT JOIN ledger_posting p ON p.account_id = a.id
  LEFT JOIN ledger_transaction t ON t.id = p.transaction_id
 GROUP BY a.id ORDER BY a.owner_kind, a.owner_id, a.purpose, a.currency
"""
LEGS = """
SELECT t.key, t.at, t.memo_zh, t.source_kind || ':' || t.source_id, c.key,
       a.purpose, a.owner_kind, a.owner_id, p.currency, p.amount
  FROM ledger_transaction t
  JOIN ledger_posting p ON p.transaction_id = t.id
  JOIN ledger_account a ON a.id = p.account_id
  LEFT JOIN ledger_transaction c ON c.id = t.corrects_id
 ORDER BY t.at, t.id, p.id
"""
CHUNK = 5000
Leg = tuple[str, datetime, str, str, str | None, str, str, int, str, Decimal]


def beancount_lines(*, zone: ZoneInfo, title: str) -> Iterator[str]:
    """Blocks of the export: accounts, transactions by date, and a balance assertion for every account.

    Accounts and transactions are read in one snapshot, so the assertions hold whatever is posted meanwhile;
    inside a caller's transaction the caller sees to that.
    """
    joined = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if not joined:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(ACCOUNTS)
        accounts = [
            OpenAccount(
                beancount_account(purpose, kind, id_), currency, since.astimezone(zone).date(), balance
            )
            for purpose, kind, id_, currency, since, balance in cursor
        ]
        with connection.chunked_cursor() as legs:
            legs.execute(LEGS)
            fetched = chain.from_iterable(iter(partial(legs.fetchmany, CHUNK), []))
            yield from export_beancount(accounts, grouped(fetched), zone=zone, title=title)


def grouped(legs: Iterator[Leg]) -> Iterator[Transaction]:
    for (key, at, memo, source, corrects), few in groupby(legs, key=lambda leg: leg[:5]):
        yield Transaction(
            key=key,
            at=at,
            memo=memo,
            source=source,
            corrects=corrects,
            postings=tuple(
                Posting(beancount_account(purpose, kind, id_), amount, currency)
                for *_, purpose, kind, id_, currency, amount in few
            ),
        )
