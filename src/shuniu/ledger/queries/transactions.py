"""Transactions and statements: newest first, by keyset."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeAlias

from django.db.models import Exists, OuterRef, QuerySet

from shuniu.foundation.access import Actor, scope_of
from shuniu.foundation.errors import NotFound
from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger.contracts import StatementLine, TransactionPosting, TransactionRow, purpose_text
from shuniu.ledger.models import Posting, Transaction
from shuniu.ledger.permissions import READ
from shuniu.ledger.queries.scope import own_or_all
from shuniu.ledger.queries.titles import NO_CARD, cards

TransactionSet: TypeAlias = QuerySet[Transaction]


def transaction_set(
    actor: Actor,
    *,
    account_id: int | None = None,
    source: Ref | None = None,
    key: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Transaction]:
    """Transactions that touch an account the actor may see, narrowed."""
    transactions = Transaction.objects.all()
    legs = Posting.objects.filter(transaction=OuterRef("pk"))
    if not scope_of(actor, READ).everything:
        transactions = transactions.filter(Exists(legs.filter(own_or_all(actor, "account__"))))
    if account_id is not None:
        transactions = transactions.filter(Exists(legs.filter(account_id=account_id)))
    if source is not None:
        transactions = transactions.filter(source_kind=source.kind, source_id=source.id)
    if key:
        transactions = transactions.filter(key__startswith=key)
    if since is not None:
        transactions = transactions.filter(at__gte=since)
    if until is not None:
        transactions = transactions.filter(at__lt=until)
    return transactions


def transactions_page(transactions: QuerySet[Transaction], page: PageParams) -> Page[TransactionRow]:
    return paginate(
        transactions,
        page,
        sorts={"at": "at", "id": "id", "recorded_at": "recorded_at"},
        default="-at",
        to=transaction_rows,
    )


def transaction(actor: Actor, transaction_id: int) -> TransactionRow:
    """One transaction; raises NotFound when it is not there or not the actor's to see."""
    found = list(transaction_set(actor).filter(pk=transaction_id))
    if not found:
        raise NotFound()
    return transaction_rows(found)[0]


def transactions_of_source(source: Ref, owner: Ref | None = None) -> list[TransactionRow]:
    """What a source moved, oldest first; with `owner` only where that owner's accounts are touched.

    For the owner of the source, which has checked who asks.
    """
    found = Transaction.objects.filter(source_kind=source.kind, source_id=source.id)
    if owner is not None:
        legs = Posting.objects.filter(
            transaction=OuterRef("pk"), account__owner_kind=owner.kind, account__owner_id=owner.id
        )
        found = found.filter(Exists(legs))
    return transaction_rows(list(found.order_by("id")))


def transactions_by_id(ids: Sequence[int]) -> list[TransactionRow]:
    """Transactions by id, oldest first. For domains that have checked who asks."""
    return transaction_rows(list(Transaction.objects.filter(pk__in=ids).order_by("id")))


def transaction_rows(transactions: Sequence[Transaction]) -> list[TransactionRow]:
    ids = [one.pk for one in transactions]
    legs: dict[int, list[Posting]] = defaultdict(list)
    for leg in Posting.objects.filter(transaction_id__in=ids).select_related("account").order_by("id"):
        legs[leg.transaction_id].append(leg)
    corrections = dict(
        Transaction.objects.filter(corrects_id__in=ids).order_by("-id").values_list("corrects_id", "id")
    )
    owners = [(leg.account.owner_kind, leg.account.owner_id) for few in legs.values() for leg in few]
    titles = cards([*owners, *((one.source_kind, one.source_id) for one in transactions)])
    return [
        TransactionRow(
            id=one.pk,
            key=one.key,
            at=one.at,
            recorded_at=one.recorded_at,
            memo=Text(zh=one.memo_zh, en=one.memo_en),
            source_kind=one.source_kind,
            source_id=one.source_id,
            source_title=titles.get((one.source_kind, one.source_id), NO_CARD).title,
            source_link=titles.get((one.source_kind, one.source_id), NO_CARD).link,
            by=one.by,
            corrects=one.corrects_id,
            corrected_by=corrections.get(one.pk),
            postings=tuple(
                TransactionPosting(
                    account_id=leg.account_id,
                    owner_kind=leg.account.owner_kind,
                    owner_id=leg.account.owner_id,
                    owner_title=titles.get((leg.account.owner_kind, leg.account.owner_id), NO_CARD).title,
                    purpose=leg.account.purpose,
                    purpose_text=purpose_text(leg.account.purpose),
                    currency=leg.currency,
                    amount=leg.amount,
                )
                for leg in legs[one.pk]
            ),
        )
        for one in transactions
    ]


def statement_set(owner: Ref, purpose: str | None = None) -> QuerySet[Posting]:
    """Postings of one owner. For that owner, and for domains that have checked who asks."""
    postings = Posting.objects.filter(account__owner_kind=owner.kind, account__owner_id=owner.id)
    return postings.filter(account__purpose=purpose) if purpose else postings


def statement(postings: QuerySet[Posting], page: PageParams) -> Page[StatementLine]:
    """One page of a statement, newest first."""
    return paginate(
        postings.select_related("account", "transaction"),
        page,
        sorts={"id": "id", "amount": "amount"},
        default="-id",
        to=statement_lines,
    )


def statement_lines(postings: Sequence[Posting]) -> list[StatementLine]:
    return [
        StatementLine(
            posting_id=leg.pk,
            transaction_id=leg.transaction_id,
            at=leg.transaction.at,
            recorded_at=leg.transaction.recorded_at,
            memo=Text(zh=leg.transaction.memo_zh, en=leg.transaction.memo_en),
            purpose=leg.account.purpose,
            purpose_text=purpose_text(leg.account.purpose),
            currency=leg.currency,
            amount=leg.amount,
            source_kind=leg.transaction.source_kind,
            source_id=leg.transaction.source_id,
        )
        for leg in postings
    ]


def posting_rows_all(
    transactions: QuerySet[Transaction], chunk: int = 500
) -> Iterator[tuple[TransactionRow, TransactionPosting]]:
    """Every posting of them for a file, newest first, read a chunk at a time."""
    rows = transactions.order_by("-at", "-id").iterator(chunk_size=chunk)
    while few := list(islice(rows, chunk)):
        for row in transaction_rows(few):
            for leg in row.postings:
                yield row, leg
