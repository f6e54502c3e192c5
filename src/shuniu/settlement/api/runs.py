"""Runs over HTTP: their progress, starting, stopping, trying again; and inputs recorded from outside."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.http import Column, Page, PageParams, Request, export_response
from shuniu.foundation.http.export import Format
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.settlement import actions, queries
from shuniu.settlement.api.router import router
from shuniu.settlement.contracts import (
    NewInput,
    PartStatus,
    RunKind,
    RunPartRow,
    RunRow,
    SettlementRunStatus,
    WaitingSum,
)
from shuniu.settlement.permissions import RECORD, RUN, RUN_READ

Name = Annotated[str, Field(min_length=1, max_length=80)]


class RunFilters(BaseModel):
    status: SettlementRunStatus | None = None
    kind: RunKind | None = None


class PartFilters(BaseModel):
    status: PartStatus | None = None


class RecalculateBody(BaseModel):
    """A plan's period to compute again under the versions in force now."""

    plan_id: int
    period: str = Field(min_length=4, max_length=12)


class InputBody(BaseModel):
    """Something that causes money: an accepted milestone, a lesson, a sale elsewhere. `parties` are "staff:12".

    `corrects` names the input this one replaces. The same key again moves nothing.
    """

    measure: Name
    key: Annotated[str, Field(min_length=1, max_length=200)]
    source_kind: Name
    source_id: int
    at: datetime
    unit_id: int
    parties: dict[Name, Annotated[str, Field(pattern=r"^[a-z_]+:\d+$")]] = Field(min_length=1, max_length=50)
    amount: Decimal = Field(default=Decimal(0), max_digits=24, decimal_places=6)
    quantity: Decimal = Field(default=Decimal(1), max_digits=24, decimal_places=6)
    facts: dict[Name, str | Decimal | bool | None] = Field(default_factory=dict, max_length=200)
    level: str = Field(default="", max_length=40)
    kind: str = Field(default="", max_length=80)
    corrects: int | None = None

    def input(self) -> NewInput:
        parties = {role: text.split(":") for role, text in self.parties.items()}
        return NewInput(
            measure=self.measure,
            key=self.key,
            source=Ref(self.source_kind, self.source_id),
            at=self.at,
            unit_id=self.unit_id,
            parties={role: Ref(kind, int(id_)) for role, (kind, id_) in parties.items()},
            amount=self.amount,
            quantity=self.quantity,
            facts=self.facts,
            level=self.level,
            kind=self.kind,
            corrects=self.corrects,
        )


class InputsBody(BaseModel):
    """Inputs to record; `later` leaves them to the next run, for files of many."""

    inputs: list[InputBody] = Field(min_length=1, max_length=5000)
    later: bool = False


class RecordedInput(BaseModel):
    """What became of one input: whether it had been recorded before, and what it earned now."""

    input_id: int
    replayed: bool
    total: Decimal


class Retried(BaseModel):
    parts: int


@router.get("/settlement/runs", permission=RUN_READ, response=Page[RunRow])
def list_runs(request: Request, filters: Query[RunFilters], page: Query[PageParams]) -> Page[RunRow]:
    """Runs with their progress, newest first."""
    return queries.runs_page(queries.run_set(**filters.model_dump()), page, request.now)


@router.get("/settlement/runs/waiting", permission=RUN_READ, response=WaitingSum)
def waiting(request: Request) -> WaitingSum:
    """What stands ready for the next run."""
    return queries.waiting_sum()


@router.get("/settlement/runs/{run_id}", permission=RUN_READ, response=RunRow)
def get_run(request: Request, run_id: int) -> RunRow:
    return queries.run(run_id, request.now)


@router.get("/settlement/runs/{run_id}/parts", permission=RUN_READ, response=Page[RunPartRow])
def list_parts(
    request: Request, run_id: int, filters: Query[PartFilters], page: Query[PageParams]
) -> Page[RunPartRow]:
    """The parts of a run, one a beneficiary, with the reason of those that failed."""
    queries.run(run_id, request.now)
    return queries.parts_page(queries.part_set(run_id, **filters.model_dump()), page)


@router.get("/settlement/runs/{run_id}/parts/export", permission=RUN_READ)
def export_parts(
    request: Request, run_id: int, filters: Query[PartFilters], format: Format = "xlsx"
) -> HttpResponseBase:
    """The same parts as a file."""
    rows = queries.part_rows_all(queries.part_set(run_id, **filters.model_dump()))
    return export_response("结算运行", columns=COLUMNS, rows=rows, format=format, locale=request.locale)


@router.post("/settlement/runs", permission=RUN, response=RunRow)
def start_run(request: Request) -> RunRow:
    """Settle everything that waits; workers take it up at once."""
    run_id = actions.start_run(by=request.actor, now=request.now)
    return queries.run(run_id, request.now)


@router.post("/settlement/recalculations", permission=RUN, response=RunRow)
def recalculate(request: Request, body: RecalculateBody) -> RunRow:
    """Compute a plan's period again and post the differences."""
    run_id = actions.start_recalculation(
        plan_id=body.plan_id, period=body.period, by=request.actor, now=request.now
    )
    return queries.run(run_id, request.now)


@router.post("/settlement/runs/{run_id}/cancel", permission=RUN, response=RunRow)
def cancel_run(request: Request, run_id: int) -> RunRow:
    """Stop a run where it is; what it settled stays."""
    actions.cancel_run(run_id=run_id, by=request.actor, now=request.now)
    return queries.run(run_id, request.now)


@router.post("/settlement/runs/{run_id}/retry", permission=RUN, response=Retried)
def retry_run(request: Request, run_id: int) -> Retried:
    """Try the parts again that failed."""
    return Retried(parts=actions.retry_failed(run_id=run_id, by=request.actor, now=request.now))


@router.post("/settlement/inputs", permission=RECORD, response=list[RecordedInput])
def record_inputs(request: Request, body: InputsBody) -> list[RecordedInput]:
    """Record inputs and settle them at once, or leave them to the next run."""
    news = [one.input() for one in body.inputs]
    if body.later:
        ids = actions.collect_inputs(news=news, now=request.now)
        return [RecordedInput(input_id=id_, replayed=False, total=Decimal("0.00")) for id_ in ids]
    done = actions.record_inputs(news=news, by=request.actor, now=request.now)
    return [RecordedInput(input_id=one.input_id, replayed=one.replayed, total=one.total) for one in done]


COLUMNS: list[Column[RunPartRow]] = [
    Column(Text("收益人", "Beneficiary"), lambda row: row.party_name),
    Column(Text("状态", "Status"), lambda row: row.status_text.zh),
    Column(Text("计量笔数", "Inputs"), lambda row: row.inputs),
    Column(Text("收益行", "Lines"), lambda row: row.lines),
    Column(Text("金额", "Amount"), lambda row: row.amount),
    Column(Text("原因", "Reason"), lambda row: row.error.zh),
]
