"""Accounts as listed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from django.db import connection
from django.db.models import QuerySet

from shuniu.foundation.access import Actor
from shuniu.foundation.errors import NotFound
from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.ledger.contracts import AccountKind, AccountRow, purpose_text
from shuniu.ledger.models import Account
from shuniu.ledger.queries.scope import own_or_all
from shuniu.ledger.queries.titles import NO_CARD, cards

SUMS = """
SELECT account_id, sum(amount), count(*) FROM ledger_posting WHERE account_id = ANY(%s) GROUP BY account_id
"""


def account_set(
    actor: Actor,
    *,
    owner_kind: str | None = None,
    owner_id: int | None = None,
    purpose: str | None = None,
    platform: bool | None = None,
) -> QuerySet[Account]:
    """Accounts the actor may see, narrowed; `platform` True keeps the house's own, False leaves them out."""
    accounts = Account.objects.filter(own_or_all(actor))
    if owner_kind is not None:
        accounts = accounts.filter(owner_kind=owner_kind)
    if owner_id is not None:
        accounts = accounts.filter(owner_id=owner_id)
    if purpose is not None:
        accounts = accounts.filter(purpose=purpose)
    if platform is not None:
        accounts = accounts.filter(owner_kind="") if platform else accounts.exclude(owner_kind="")
    return accounts


def accounts_page(accounts: QuerySet[Account], page: PageParams) -> Page[AccountRow]:
    return paginate(
        accounts,
        page,
        sorts={
            "id": "id",
            "balance": "balance",
            "purpose": "purpose",
            "owner": "owner_id",
            "opened_at": "opened_at",
        },
        default="id",
        to=account_rows,
    )


def account(actor: Actor, account_id: int) -> AccountRow:
    """One account; raises NotFound when it is not there or not the actor's to see."""
    found = list(account_set(actor).filter(pk=account_id))
    if not found:
        raise NotFound()
    return account_rows(found)[0]


def account_rows(accounts: Sequence[Account]) -> list[AccountRow]:
    titles = cards((one.owner_kind, one.owner_id) for one in accounts)
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [[one.pk for one in accounts]])
        sums: dict[int, tuple[Decimal, int]] = {id_: (total, legs) for id_, total, legs in cursor}
    return [
        AccountRow(
            id=one.pk,
            owner_kind=one.owner_kind,
            owner_id=one.owner_id,
            owner_title=titles.get((one.owner_kind, one.owner_id), NO_CARD).title,
            purpose=one.purpose,
            purpose_text=purpose_text(one.purpose),
            currency=one.currency,
            kind=AccountKind(one.kind),
            balance=one.balance if one.balance is not None else sums.get(one.pk, (Decimal("0.00"), 0))[0],
            postings=sums.get(one.pk, (Decimal(0), 0))[1],
        )
        for one in accounts
    ]


def account_rows_all(accounts: QuerySet[Account], chunk: int = 1000) -> Iterator[AccountRow]:
    """All of them for a file, in id order, read a chunk at a time."""
    rows = accounts.order_by("id").iterator(chunk_size=chunk)
    while few := list(islice(rows, chunk)):
        yield from account_rows(few)
