"""The ledger over HTTP: reading, and holds."""

from datetime import datetime
from decimal import Decimal

from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.access import scope_of
from shuniu.foundation.errors import Forbidden, NotFound
from shuniu.foundation.http import Column, Page, PageParams, Request, Routes, export_response
from shuniu.foundation.http.export import Format
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger import actions, queries
from shuniu.ledger.contracts import AccountRow, CheckRow, HoldRow, TransactionPosting, TransactionRow
from shuniu.ledger.permissions import HOLD, READ

router = Routes(tag="ledger")


class AccountFilters(BaseModel):
    """All optional; they narrow together."""

    owner_kind: str | None = None
    owner_id: int | None = None
    purpose: str | None = None
    platform: bool | None = None


class TransactionFilters(BaseModel):
    """All optional; `key` is a prefix, `since` and `until` speak of the event time."""

    account_id: int | None = None
    source_kind: str | None = None
    source_id: int | None = None
    key: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def source(self) -> Ref | None:
        if self.source_kind is None or self.source_id is None:
            return None
        return Ref(self.source_kind, self.source_id)


class HoldFilters(BaseModel):
    """`standing` True keeps the holds that have not ended."""

    standing: bool | None = None
    owner_kind: str | None = None
    owner_id: int | None = None


class HoldBody(BaseModel):
    """What to set aside of whose wallet, and why."""

    owner_kind: str = Field(min_length=1, max_length=40)
    owner_id: int
    amount: Decimal = Field(gt=0, max_digits=20, decimal_places=2)
    reason: str = Field(min_length=1, max_length=200)


class ReleaseBody(BaseModel):
    reason: str = Field(min_length=1, max_length=200)


@router.get("/ledger/accounts", permission=READ, response=Page[AccountRow])
def list_accounts(
    request: Request, filters: Query[AccountFilters], page: Query[PageParams]
) -> Page[AccountRow]:
    """Accounts with their balances."""
    accounts = queries.account_set(request.actor, **filters.model_dump())
    return queries.accounts_page(accounts, page)


@router.get("/ledger/accounts/export", permission=READ)
def export_accounts(
    request: Request, filters: Query[AccountFilters], format: Format = "xlsx"
) -> HttpResponseBase:
    """The same accounts as a file."""
    accounts = queries.account_set(request.actor, **filters.model_dump())
    rows = queries.account_rows_all(accounts)
    return export_response("账户", columns=ACCOUNT_COLUMNS, rows=rows, format=format, locale=request.locale)


@router.get("/ledger/accounts/{account_id}", permission=READ, response=AccountRow)
def get_account(request: Request, account_id: int) -> AccountRow:
    return queries.account(request.actor, account_id)


@router.get("/ledger/transactions", permission=READ, response=Page[TransactionRow])
def list_transactions(
    request: Request, filters: Query[TransactionFilters], page: Query[PageParams]
) -> Page[TransactionRow]:
    """Transactions with their postings, newest first."""
    return queries.transactions_page(selected(request, filters), page)


@router.get("/ledger/transactions/export", permission=READ)
def export_transactions(
    request: Request, filters: Query[TransactionFilters], format: Format = "xlsx"
) -> HttpResponseBase:
    """The postings of the same transactions as a file, one a row."""
    rows = queries.posting_rows_all(selected(request, filters))
    return export_response("流水", columns=POSTING_COLUMNS, rows=rows, format=format, locale=request.locale)


@router.get("/ledger/transactions/{transaction_id}", permission=READ, response=TransactionRow)
def get_transaction(request: Request, transaction_id: int) -> TransactionRow:
    return queries.transaction(request.actor, transaction_id)


@router.get("/ledger/holds", permission=READ, response=Page[HoldRow])
def list_holds(request: Request, filters: Query[HoldFilters], page: Query[PageParams]) -> Page[HoldRow]:
    """Holds, newest first."""
    return queries.holds_page(queries.hold_set(request.actor, **filters.model_dump()), page)


@router.post("/ledger/holds", permission=HOLD, response=HoldRow)
def place_hold(request: Request, body: HoldBody) -> HoldRow:
    """Set aside part of what an owner can withdraw."""
    hold_id = actions.hold(
        owner=Ref(body.owner_kind, body.owner_id),
        amount=body.amount,
        reason=body.reason,
        by=request.actor,
        now=request.now,
    )
    return one_hold(request, hold_id)


@router.post("/ledger/holds/{hold_id}/release", permission=HOLD, response=HoldRow)
def release_hold(request: Request, hold_id: int, body: ReleaseBody) -> HoldRow:
    """Give the money of a hold free again."""
    actions.release_hold(hold_id=hold_id, reason=body.reason, by=request.actor, now=request.now)
    return one_hold(request, hold_id)


@router.get("/ledger/checks", permission=READ, response=Page[CheckRow])
def list_checks(request: Request, page: Query[PageParams]) -> Page[CheckRow]:
    """Nightly checks of the whole ledger, newest first."""
    if not scope_of(request.actor, READ).everything:
        raise Forbidden()
    return queries.checks_page(page)


def one_hold(request: Request, hold_id: int) -> HoldRow:
    rows = queries.hold_rows(list(queries.hold_set(request.actor).filter(pk=hold_id)))
    if not rows:
        raise NotFound()
    return rows[0]


def selected(request: Request, filters: TransactionFilters) -> queries.TransactionSet:
    return queries.transaction_set(
        request.actor,
        account_id=filters.account_id,
        source=filters.source(),
        key=filters.key,
        since=filters.since,
        until=filters.until,
    )


ACCOUNT_COLUMNS: list[Column[AccountRow]] = [
    Column(Text("账户", "Account"), lambda row: row.id),
    Column(Text("户主", "Owner"), lambda row: row.owner_title),
    Column(Text("用途", "Purpose"), lambda row: row.purpose_text.zh),
    Column(Text("币种", "Currency"), lambda row: row.currency),
    Column(Text("余额", "Balance"), lambda row: row.balance),
    Column(Text("笔数", "Postings"), lambda row: row.postings),
]
POSTING_COLUMNS: list[Column[tuple[TransactionRow, TransactionPosting]]] = [
    Column(Text("流水号", "Transaction"), lambda row: row[0].id),
    Column(Text("编号", "Key"), lambda row: row[0].key),
    Column(Text("发生时间", "At"), lambda row: row[0].at),
    Column(Text("记账时间", "Recorded at"), lambda row: row[0].recorded_at),
    Column(Text("摘要", "Memo"), lambda row: row[0].memo.zh),
    Column(Text("户主", "Owner"), lambda row: row[1].owner_title),
    Column(Text("账户", "Account"), lambda row: row[1].purpose_text.zh),
    Column(Text("币种", "Currency"), lambda row: row[1].currency),
    Column(Text("金额", "Amount"), lambda row: row[1].amount),
]
