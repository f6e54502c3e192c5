"""Payouts: who can withdraw, batches, the bank file, results."""

from decimal import Decimal
from typing import Annotated

from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.audit.actions import record
from shuniu.foundation.http import Column, Page, PageParams, Request, export_response
from shuniu.foundation.http.export import Format
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.settlement import actions, queries
from shuniu.settlement.api.router import router
from shuniu.settlement.contracts import BatchRow, BatchStatus, PayoutRow, PayoutStatus, Withdrawable
from shuniu.settlement.permissions import PAYOUT_APPROVE, PAYOUT_CREATE, PAYOUT_READ, PAYOUT_RECORD


class BatchFilters(BaseModel):
    status: BatchStatus | None = None
    q: str = ""


class PayoutFilters(BaseModel):
    batch_id: int | None = None
    beneficiary_id: int | None = None
    status: PayoutStatus | None = None


class WithdrawableFilters(BaseModel):
    unit_id: int | None = None
    at_least: Decimal = Decimal("0.01")


class CreateBatchBody(BaseModel):
    """Staff to pay; null pays everybody who has at least so much."""

    beneficiary_ids: Annotated[list[int], Field(min_length=1, max_length=10_000)] | None = None
    at_least: Decimal = Field(default=Decimal("0.01"), ge=Decimal("0.01"))
    note: str = Field(default="", max_length=200)


class RejectBody(BaseModel):
    reason: str = Field(min_length=1, max_length=200)


class ResultBody(BaseModel):
    payout_id: int
    outcome: actions.Outcome
    bank_reference: str = Field(default="", max_length=100)
    reason: str = Field(default="", max_length=200)


class ResultsBody(BaseModel):
    results: list[ResultBody] = Field(min_length=1, max_length=10_000)


class BatchResultBody(BaseModel):
    """One answer for everything of a batch that is still on its way."""

    outcome: actions.Outcome
    bank_reference: str = Field(default="", max_length=100)
    reason: str = Field(default="", max_length=200)


class Recorded(BaseModel):
    ended: int


@router.get("/settlement/withdrawables", permission=PAYOUT_READ, response=list[Withdrawable])
def list_withdrawables(request: Request, filters: Query[WithdrawableFilters]) -> list[Withdrawable]:
    """Everybody with money to withdraw, the largest first."""
    return queries.withdrawables(actor=request.actor, at_least=filters.at_least, unit_id=filters.unit_id)


@router.get("/settlement/payout-batches", permission=PAYOUT_READ, response=Page[BatchRow])
def list_batches(request: Request, filters: Query[BatchFilters], page: Query[PageParams]) -> Page[BatchRow]:
    """Batches, newest first."""
    batches = queries.batch_set(request.actor, status=filters.status, text=filters.q)
    return queries.batches_page(batches, page)


@router.post("/settlement/payout-batches", permission=PAYOUT_CREATE, response=BatchRow)
def create_batch(request: Request, body: CreateBatchBody) -> BatchRow:
    """Draw up a batch; money does not move yet."""
    batch_id = actions.create_batch(
        beneficiary_ids=body.beneficiary_ids,
        note=body.note,
        at_least=body.at_least,
        by=request.actor,
        now=request.now,
    )
    return queries.batch(request.actor, batch_id)


@router.get("/settlement/payout-batches/{batch_id}", permission=PAYOUT_READ, response=BatchRow)
def get_batch(request: Request, batch_id: int) -> BatchRow:
    return queries.batch(request.actor, batch_id)


@router.post("/settlement/payout-batches/{batch_id}/approve", permission=PAYOUT_APPROVE, response=BatchRow)
def approve_batch(request: Request, batch_id: int) -> BatchRow:
    """Approve a draft: its money moves to 打款中."""
    queries.batch(request.actor, batch_id)
    actions.approve_batch(batch_id=batch_id, by=request.actor, now=request.now)
    return queries.batch(request.actor, batch_id)


@router.post("/settlement/payout-batches/{batch_id}/reject", permission=PAYOUT_APPROVE, response=BatchRow)
def reject_batch(request: Request, batch_id: int, body: RejectBody) -> BatchRow:
    """Refuse a draft; nothing moves."""
    queries.batch(request.actor, batch_id)
    actions.reject_batch(batch_id=batch_id, reason=body.reason, by=request.actor, now=request.now)
    return queries.batch(request.actor, batch_id)


@router.post("/settlement/payout-batches/{batch_id}/results", permission=PAYOUT_RECORD, response=Recorded)
def record_batch_result(request: Request, batch_id: int, body: BatchResultBody) -> Recorded:
    """Record one answer for everything of the batch that is still on its way."""
    queries.batch(request.actor, batch_id)
    waiting = queries.payout_set(request.actor, batch_id=batch_id, status=PayoutStatus.IN_TRANSIT)
    results = [
        actions.Result(payout_id, body.outcome, body.bank_reference, body.reason)
        for payout_id in waiting.values_list("pk", flat=True)
    ]
    return Recorded(ended=actions.record_results(results=results, by=request.actor, now=request.now))


@router.get("/settlement/payout-batches/{batch_id}/bank-file", permission=PAYOUT_RECORD)
def bank_file(request: Request, batch_id: int, format: Format = "xlsx") -> HttpResponseBase:
    """The batch as the bank wants it: bill number, name, amount. Handing it out is audited."""
    batch = queries.batch(request.actor, batch_id)
    record(
        by=request.actor, now=request.now, action="settlement.bank_file", subject=Ref("payout_batch", batch_id),
        sensitive=True,
    )  # fmt: skip
    rows = queries.payout_rows_all(queries.payout_set(request.actor, batch_id=batch_id))
    return export_response(batch.no, columns=BANK_COLUMNS, rows=rows, format=format, locale=request.locale)


@router.get("/settlement/payouts", permission=PAYOUT_READ, response=Page[PayoutRow])
def list_payouts(request: Request, filters: Query[PayoutFilters], page: Query[PageParams]) -> Page[PayoutRow]:
    """Payouts with their attempts."""
    return queries.payouts_page(queries.payout_set(request.actor, **filters.model_dump()), page)


@router.get("/settlement/payouts/export", permission=PAYOUT_READ)
def export_payouts(
    request: Request, filters: Query[PayoutFilters], format: Format = "xlsx"
) -> HttpResponseBase:
    """The same payouts as a file."""
    rows = queries.payout_rows_all(queries.payout_set(request.actor, **filters.model_dump()))
    return export_response("打款", columns=PAYOUT_COLUMNS, rows=rows, format=format, locale=request.locale)


@router.post("/settlement/payouts/results", permission=PAYOUT_RECORD, response=Recorded)
def record_results(request: Request, body: ResultsBody) -> Recorded:
    """Record the bank's answers payout by payout."""
    asked = {result.payout_id for result in body.results}
    seen = queries.payout_set(request.actor).filter(pk__in=asked).values_list("pk", flat=True)
    results = [
        actions.Result(result.payout_id, result.outcome, result.bank_reference, result.reason)
        for result in body.results
    ]
    queries.require_all(asked, set(seen))
    return Recorded(ended=actions.record_results(results=results, by=request.actor, now=request.now))


BANK_COLUMNS: list[Column[PayoutRow]] = [
    Column(Text("打款单号", "Bill number"), lambda row: row.bill_no),
    Column(Text("收款人", "Payee"), lambda row: row.beneficiary_name),
    Column(Text("单位", "Unit"), lambda row: row.unit_name),
    Column(Text("金额", "Amount"), lambda row: row.amount),
    Column(Text("币种", "Currency"), lambda row: row.currency),
    Column(Text("附言", "Note"), lambda row: f"服务费 {row.bill_no}"),
]
PAYOUT_COLUMNS: list[Column[PayoutRow]] = [
    *BANK_COLUMNS[:5],
    Column(Text("批次", "Batch"), lambda row: row.batch_no),
    Column(Text("状态", "Status"), lambda row: row.status_text.zh),
    Column(Text("结果时间", "Settled at"), lambda row: row.settled_at),
    Column(
        Text("银行流水号", "Bank reference"),
        lambda row: row.attempts[-1].bank_reference if row.attempts else "",
    ),
    Column(Text("原因", "Reason"), lambda row: row.reason),
]
