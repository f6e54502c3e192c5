"""Loading past runs in bulk (COPY), for a company that brings its history along."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from shuniu.flows.contracts import FlowNotFound, PastRun, RunStatus
from shuniu.flows.models import FlowDefinition
from shuniu.foundation.access import Actor

RESERVE = "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)"
RUN_COLUMNS = (
    "id", "version_id", "subject_kind", "subject_id", "unit_id", "customer_id", "status", "facts", "visits_made", "rev",
    "start_key", "start_hash", "started_by", "started_at", "ended_at",
)  # fmt: skip
STEP_COLUMNS = (
    "id", "run_id", "visit", "node", "kind", "origin", "edge", "via", "status", "outcome", "answers", "works_made",
    "effects_made", "opened_at", "closed_at", "closed_by", "due_at", "warn_at", "provisional", "working_seconds",
)  # fmt: skip
WORK_COLUMNS = (
    "run_id", "step_id", "number", "party", "staff_id", "role", "position", "status", "outcome", "comment", "opened_at",
    "closed_at",
)  # fmt: skip


@transaction.atomic
def load_history(*, flow_key: str, runs: Sequence[PastRun], by: Actor, now: datetime) -> list[int]:
    """Write runs of the current version with their steps and works; the ids of the runs, in order.

    Nothing is told to anybody and no timer is armed: what was still open stays open without a limit that rings.
    """
    version_id = (
        FlowDefinition.objects.filter(key=flow_key, current__isnull=False)
        .values_list("current_id", flat=True)
        .first()
    )
    if version_id is None:
        raise FlowNotFound()
    if not runs:
        return []
    run_ids = _reserve("flow_run", len(runs))
    step_ids = iter(_reserve("flow_step", sum(len(run.steps) for run in runs)))
    steps: list[tuple[Any, ...]] = []
    works: list[tuple[Any, ...]] = []
    for run_id, run in zip(run_ids, runs, strict=True):
        _steps(run_id, run, step_ids, steps, works, by)
    _copy(
        "flow_run", RUN_COLUMNS, (_run(i, r, version_id, by, now) for i, r in zip(run_ids, runs, strict=True))
    )
    _copy("flow_step", STEP_COLUMNS, steps)
    _copy("flow_work", WORK_COLUMNS, works)
    return run_ids


def _run(run_id: int, run: PastRun, version_id: int, by: Actor, now: datetime) -> tuple[Any, ...]:
    status = RunStatus.RUNNING if run.ended_at is None else RunStatus.ENDED
    key = f"history:{run.subject.kind}:{run.subject.id}"
    return (
        run_id, version_id, run.subject.kind, run.subject.id, run.unit_id, run.customer_id, status.value,
        Jsonb(dict(run.facts)), len(run.steps), 0, key, b"", by.key, run.started_at, run.ended_at,
    )  # fmt: skip


def _steps(
    run_id: int,
    run: PastRun,
    step_ids: Iterator[int],
    steps: list[tuple[Any, ...]],
    works: list[tuple[Any, ...]],
    by: Actor,
) -> None:
    via: dict[str, int] = {}
    for visit, past in enumerate(run.steps, start=1):
        step_id = next(step_ids)
        via[past.node] = visit
        is_open = past.closed_at is None
        asked = past.staff_id is not None or past.party != "staff"
        who = f"staff:{past.staff_id}" if past.staff_id is not None else past.party if asked else by.key
        steps.append(
            (
                step_id,
                run_id,
                visit,
                past.node,
                past.kind,
                visit - 1 or None,
                "",
                Jsonb(dict(via)),
                "open" if is_open else "closed",
                past.outcome,
                Jsonb(dict(past.answers)),
                int(asked),
                0,
                past.opened_at,
                past.closed_at,
                "" if is_open else who,
                past.due_at,
                past.warn_at,
                False,
                past.working_seconds,
            )
        )
        if asked:
            works.append(
                (
                    run_id,
                    step_id,
                    1,
                    past.party,
                    past.staff_id,
                    "asked",
                    0,
                    "open" if is_open else "done",
                    past.outcome,
                    "",
                    past.opened_at,
                    past.closed_at,
                )
            )


def _reserve(table: str, count: int) -> list[int]:
    """Ids nobody else will get, in one round trip."""
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, [table, count])
        return [row_id for (row_id,) in cursor.fetchall()]


def _copy(table: str, columns: Sequence[str], rows: Any) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy,
    ):
        for row in rows:
            copy.write_row(row)
