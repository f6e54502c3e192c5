"""Posting sets of transactions: a handful of statements, whatever their number."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction

from shuniu.core import bookkeeping
from shuniu.core.money import format_amount
from shuniu.foundation.access import Actor
from shuniu.foundation.database.sets import relation
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger.actions.lock import lock_wallets
from shuniu.ledger.contracts import (
    SCALE,
    AccountKind,
    AccountRef,
    InsufficientBalance,
    KeyReused,
    NewTransaction,
    Posting,
    TransactionRef,
    Unbalanced,
    purpose_text,
)
from shuniu.ledger.opening import account_ids

# A key that stands already keeps its row; its content is compared below.
INSERT_TRANSACTIONS = """
INSERT INTO ledger_transaction
       (key, content_hash, at, recorded_at, memo_zh, memo_en, source_kind, source_id, by, corrects_id)
SELECT t.key, t.content_hash, t.at, %s, t.memo_zh, t.memo_en, t.source_kind, t.source_id, %s, t.corrects_id
  FROM {wished} ORDER BY t.n
ON CONFLICT (key) DO NOTHING RETURNING id, key
"""
COLUMNS = (
    ("key", "text"), ("content_hash", "bytea"), ("at", "timestamptz"), ("memo_zh", "text"), ("memo_en", "text"),
    ("source_kind", "text"), ("source_id", "bigint"), ("corrects_id", "bigint"),
)  # fmt: skip
EARLIER = "SELECT id, key, content_hash FROM ledger_transaction WHERE key = ANY(%s)"
COPY_POSTINGS = "COPY ledger_posting (transaction_id, account_id, currency, amount) FROM STDIN"


def post(
    *,
    key: str,
    postings: Sequence[Posting],
    at: datetime,
    memo: Text,
    source: Ref,
    by: Actor,
    now: datetime,
    corrects: int | None = None,
) -> TransactionRef:
    """Post one transaction, once: the same key with the same content again moves nothing and says `replayed`.

    Raises Unbalanced, KeyReused (same key, other content), InsufficientBalance (a wallet would go below zero).
    """
    new = NewTransaction(key, tuple(postings), at, memo, source, corrects)
    return post_many(transactions=[new], by=by, now=now)[0]


def post_many(*, transactions: Sequence[NewTransaction], by: Actor, now: datetime) -> list[TransactionRef]:
    """Post all of them or none, in the given order; the answers stand in that order too."""
    hashes = _checked_hashes(transactions)
    if not hashes:
        return []
    distinct = {new.key: new for new in transactions}
    with transaction.atomic():
        accounts = account_ids((leg.account for new in transactions for leg in new.postings), now)
        posted = _insert_transactions(distinct, hashes, by, now)
        known = posted | _earlier_ids(hashes, posted)
        fresh = [new for key, new in distinct.items() if key in posted]
        _require_cover(fresh, now)
        _copy_postings(fresh, posted, accounts)
    answers, seen = [], set[str]()
    for new in transactions:
        answers.append(TransactionRef(known[new.key], new.key, new.key not in posted or new.key in seen))
        seen.add(new.key)
    return answers


def _checked_hashes(transactions: Sequence[NewTransaction]) -> dict[str, bytes]:
    """Content hash by key, after each transaction has been checked as double entry."""
    hashes: dict[str, bytes] = {}
    for new in transactions:
        value = bookkeeping.Transaction(
            key=new.key,
            at=new.at,
            memo=f"{new.memo.zh}\n{new.memo.en}",
            source=str(new.source),
            corrects=None if new.corrects is None else str(new.corrects),
            postings=tuple(
                bookkeeping.Posting(str(leg.account), leg.amount, leg.account.currency)
                for leg in new.postings
            ),
        )
        try:
            bookkeeping.check_transaction(value)
        except bookkeeping.BookkeepingError as problem:
            raise Unbalanced(reason=str(problem)) from problem
        for leg in new.postings:
            if leg.amount != round(leg.amount, SCALE):
                raise Unbalanced(reason=f"{new.key}: {leg.amount} has more than {SCALE} decimal places")
        digest = bookkeeping.content_hash(value)
        if hashes.setdefault(new.key, digest) != digest:
            raise KeyReused(key=new.key)
    return hashes


def _insert_transactions(
    distinct: dict[str, NewTransaction], hashes: dict[str, bytes], by: Actor, now: datetime
) -> dict[str, int]:
    """Ids by key of the transactions that are new; the others stood already."""
    rows = [
        (
            new.key,
            hashes[new.key],
            new.at,
            new.memo.zh,
            new.memo.en,
            new.source.kind,
            new.source.id,
            new.corrects,
        )
        for new in distinct.values()
    ]
    with connection.cursor() as cursor:
        wished, parameters = relation(cursor, "t", COLUMNS, rows)
        cursor.execute(INSERT_TRANSACTIONS.format(wished=wished), [now, by.key, *parameters])
        return {key: id_ for id_, key in cursor.fetchall()}


def _earlier_ids(hashes: dict[str, bytes], posted: dict[str, int]) -> dict[str, int]:
    repeated = [key for key in hashes if key not in posted]
    if not repeated:
        return {}
    ids = {}
    with connection.cursor() as cursor:
        cursor.execute(EARLIER, [repeated])
        for id_, key, content_hash in cursor.fetchall():
            if bytes(content_hash) != hashes[key]:
                raise KeyReused(key=key)
            ids[key] = id_
    return ids


def _require_cover(transactions: Sequence[NewTransaction], now: datetime) -> None:
    """Lock the wallets in key order and refuse what they do not cover, before the database would."""
    moved: dict[AccountRef, Decimal] = defaultdict(Decimal)
    for new in transactions:
        for leg in new.postings:
            if leg.account.kind is AccountKind.WALLET:
                moved[leg.account] += leg.amount
    available = lock_wallets(wallets=moved, now=now)
    for ref, amount in moved.items():
        if available[ref] + amount < 0:
            name = purpose_text(ref.purpose)
            raise InsufficientBalance(
                purpose=name.zh,
                purpose_en=name.en,
                available=format_amount(available[ref]),
                needed=format_amount(-amount),
            )


def _copy_postings(
    transactions: Sequence[NewTransaction], ids: dict[str, int], accounts: dict[AccountRef, int]
) -> None:
    if not transactions:
        return
    # psycopg's errors of COPY come as Django's, like all others
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(COPY_POSTINGS) as copy:
        for new in transactions:
            for leg in new.postings:
                copy.write_row((ids[new.key], accounts[leg.account], leg.account.currency, leg.amount))
