"""Runs: their progress, their parts and exceptions, and what waits for the next."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from shuniu.foundation.errors import NotFound
from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.foundation.hub import registry
from shuniu.foundation.text import Text
from shuniu.settlement.contracts import (
    KIND_TEXT,
    PART_TEXT,
    RUN_TEXT,
    PartStatus,
    RunKind,
    RunPartRow,
    RunRow,
    SettlementRunStatus,
    WaitingSum,
)
from shuniu.settlement.models import Run, RunPart

PROGRESS = """
SELECT run_id, count(*) FILTER (WHERE status = 'done'), count(*) FILTER (WHERE status = 'failed'),
       coalesce(sum(input_count) FILTER (WHERE status = 'done'), 0), coalesce(sum(lines), 0),
       coalesce(sum(buckets), 0), coalesce(sum(transactions), 0), coalesce(sum(amount), 0)
  FROM settlement_run_part WHERE run_id = ANY(%s) GROUP BY run_id
"""
WAITING = """
SELECT coalesce(sum(cardinality(inputs)), 0), count(DISTINCT (party_kind, party_id)), min(first_at),
       (SELECT max(id) FROM settlement_run WHERE status = 'running')
  FROM settlement_waiting
"""
NOTHING = (0, 0, 0, 0, 0, 0, 0)


def run_set(*, status: SettlementRunStatus | None = None, kind: RunKind | None = None) -> QuerySet[Run]:
    runs = Run.objects.select_related("plan")
    if status is not None:
        runs = runs.filter(status=status.value)
    return runs if kind is None else runs.filter(kind=kind.value)


def runs_page(runs: QuerySet[Run], page: PageParams, now: datetime) -> Page[RunRow]:
    sorts = {"id": "id", "created_at": "created_at", "inputs": "inputs"}
    return paginate(runs, page, sorts=sorts, default="-id", to=lambda rows: run_rows(rows, now))


def run(run_id: int, now: datetime) -> RunRow:
    found = list(run_set().filter(pk=run_id))
    if not found:
        raise NotFound()
    return run_rows(found, now)[0]


def run_rows(runs: Sequence[Run], now: datetime) -> list[RunRow]:
    with connection.cursor() as cursor:
        cursor.execute(PROGRESS, [[one.pk for one in runs]])
        progress: dict[int, Sequence[Any]] = {run_id: rest for run_id, *rest in cursor}
    return [_row(one, progress.get(one.pk, NOTHING), now) for one in runs]


def _row(one: Run, progress: Sequence[Any], now: datetime) -> RunRow:
    done, failed, inputs_done, lines, buckets, transactions, amount = progress
    status, kind = SettlementRunStatus(one.status), RunKind(one.kind)
    left = None
    if status is SettlementRunStatus.RUNNING and inputs_done:
        spent = (now - one.created_at).total_seconds()
        left = round(spent * (one.inputs - inputs_done) / inputs_done)
    return RunRow(
        id=one.pk,
        kind=kind,
        kind_text=KIND_TEXT[kind],
        status=status,
        status_text=RUN_TEXT[status],
        plan_id=one.plan_id,
        plan_name=Text(zh=one.plan.name_zh, en=one.plan.name_en) if one.plan else None,
        period=one.period,
        parts=one.parts,
        parts_done=done,
        parts_failed=failed,
        inputs=one.inputs,
        inputs_done=inputs_done,
        lines=lines,
        buckets=buckets,
        transactions=transactions,
        amount=amount,
        seconds_left=left,
        created_at=one.created_at,
        created_by_name=one.created_by_name,
        finished_at=one.finished_at,
    )


def part_set(run_id: int, *, status: PartStatus | None = None) -> QuerySet[RunPart]:
    parts = RunPart.objects.filter(run_id=run_id).defer("inputs")
    return parts if status is None else parts.filter(status=status.value)


def parts_page(parts: QuerySet[RunPart], page: PageParams) -> Page[RunPartRow]:
    sorts = {"id": "id", "amount": "amount", "inputs": "input_count"}
    return paginate(parts, page, sorts=sorts, default="id", to=part_rows)


def part_rows_all(parts: QuerySet[RunPart], chunk: int = 1000) -> Iterator[RunPartRow]:
    """All of them for a file, a chunk at a time."""
    rows = parts.order_by("id").iterator(chunk_size=chunk)
    while few := list(islice(rows, chunk)):
        yield from part_rows(few)


def part_rows(parts: Sequence[RunPart]) -> list[RunPartRow]:
    kinds = {one.party_kind for one in parts} & set(registry.subjects)
    names = {
        (kind, id_): card.title
        for kind in kinds
        for id_, card in registry.subject(kind)
        .cards(sorted({one.party_id for one in parts if one.party_kind == kind}))
        .items()
    }
    return [
        RunPartRow(
            id=one.pk,
            status=PartStatus(one.status),
            status_text=PART_TEXT[PartStatus(one.status)],
            measure=one.measure,
            role=one.role,
            party_kind=one.party_kind,
            party_id=one.party_id,
            party_name=names.get((one.party_kind, one.party_id), f"{one.party_kind} {one.party_id}"),
            inputs=one.input_count,
            lines=one.lines,
            buckets=one.buckets,
            transactions=one.transactions,
            amount=one.amount,
            error=Text(zh=one.error_zh, en=one.error_en),
            at=one.at,
        )
        for one in parts
    ]


def waiting_sum() -> WaitingSum:
    """What stands ready for the next run, and the run that is under way."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return WaitingSum(*cursor.fetchone())
