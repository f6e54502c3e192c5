"""A run under its lock, as the engine wants it: the open steps and their open works, nothing older."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.memo import run_of, step_of
from shuniu.core.flow.state import OpenStep, RunState
from shuniu.flows.contracts import RunNotFound
from shuniu.flows.runs.documents import document_of
from shuniu.foundation.database.prepared import prepared_cursor
from shuniu.foundation.hub import Ref

LOCK = """
select version_id, subject_kind, subject_id, unit_id, customer_id, status, facts, visits_made, rev, memo,
    parent_step_id, parent_number
from flow_run where id = %s for no key update
"""
# A statement of its own after the lock: one that waited for the lock would still see the state before it.
OPEN_STEPS = """
select s.id, s.visit, s.node, s.origin, s.via, s.works_made, s.effects_made, s.edge, s.memo, s.opened_at, w.id,
    w.number
from flow_step s left join flow_work w on w.step_id = s.id and w.status = 'open'
where s.run_id = %s and s.status = 'open'
order by s.visit, w.number
"""
READ_MANY = """
select id, version_id, subject_kind, subject_id, unit_id, customer_id, status, facts, visits_made, rev, memo,
    parent_step_id, parent_number
from flow_run where id = any(%s) order by id
"""
LOCK_MANY = READ_MANY + " for no key update"
OPEN_STEPS_OF_MANY = """
select s.run_id, s.id, s.visit, s.node, s.origin, s.via, s.works_made, s.effects_made, s.edge, s.memo, s.opened_at, w.id,
    w.number
from flow_step s left join flow_work w on w.step_id = s.id and w.status = 'open'
where s.run_id = any(%s) and s.status = 'open'
order by s.run_id, s.visit, w.number
"""


@dataclass(frozen=True, slots=True)
class LockedRun:
    """A run whose row is locked by this transaction."""

    id: int
    version_id: int
    document: FlowDocument
    subject: Ref
    unit_id: int
    customer_id: int | None
    rev: int
    state: RunState
    opened_at: Mapping[int, datetime]
    """When each open step opened, by visit."""
    works: Mapping[int, tuple[int, int]]
    """Open works by id: (visit, number)."""
    step_ids: Mapping[int, int]
    """Open steps by visit."""
    parent: tuple[int, int] | None = None
    """The step that waits for this run, and its number there."""

    @property
    def whose(self) -> int | None:
        """The customer it is about."""
        return self.subject.id if self.subject.kind == "customer" else self.customer_id

    @property
    def visits(self) -> Mapping[int, int]:
        """Visits of open steps by their ids."""
        return {step_id: visit for visit, step_id in self.step_ids.items()}


def lock(run_id: int) -> LockedRun:
    """Lock the run and read its state. RunNotFound for an unknown id."""
    with prepared_cursor() as cursor:
        cursor.execute(LOCK, (run_id,))
        run = cursor.fetchone()
        if run is None:
            raise RunNotFound()
        cursor.execute(OPEN_STEPS, (run_id,))
        rows = cursor.fetchall()
    return _assembled(run_id, run, rows)


def lock_many(run_ids: Sequence[int]) -> dict[int, LockedRun]:
    """Lock several runs, in the order of their ids, and read their states."""
    return _many(run_ids, LOCK_MANY)


def peek(run_ids: Sequence[int]) -> dict[int, LockedRun]:
    """The states of several runs as they are now, without locking them: to look at, never to move."""
    return _many(run_ids, READ_MANY)


def _many(run_ids: Sequence[int], sql: str) -> dict[int, LockedRun]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(run_ids)])
        runs = cursor.fetchall()
        cursor.execute(OPEN_STEPS_OF_MANY, [list(run_ids)])
        rows: dict[int, list[Sequence[Any]]] = {}
        for row in cursor.fetchall():
            rows.setdefault(row[0], []).append(row[1:])
    return {run[0]: _assembled(run[0], run[1:], rows.get(run[0], ())) for run in runs}


def _assembled(run_id: int, run: Sequence[Any], rows: Sequence[Sequence[Any]]) -> LockedRun:
    version_id, subject_kind, subject_id, unit_id, customer_id, status, facts, visits_made, rev, memo = run[
        :10
    ]
    parent_step, parent_number = run[10:]
    steps: dict[int, OpenStep] = {}
    opened_at: dict[int, datetime] = {}
    works: dict[int, tuple[int, int]] = {}
    step_ids: dict[int, int] = {}
    for (
        step_id,
        visit,
        node,
        origin,
        via,
        works_made,
        effects_made,
        edge,
        kept,
        opened,
        work_id,
        number,
    ) in rows:
        if work_id is not None:
            works[work_id] = (visit, number)
        if visit in steps:
            continue
        columns = {
            "visit": visit,
            "node": node,
            "origin": origin,
            "via": _json(via),
            "works_made": works_made,
            "effects_made": effects_made,
            "edge": edge,
        }
        steps[visit] = step_of(columns, _json(kept))
        opened_at[visit], step_ids[visit] = opened, step_id
    return LockedRun(
        id=run_id,
        version_id=version_id,
        document=document_of(version_id),
        subject=Ref(subject_kind, subject_id),
        unit_id=unit_id,
        customer_id=customer_id,
        rev=rev,
        state=run_of(
            {"status": status, "visits_made": visits_made, "facts": _json(facts)},
            _json(memo),
            tuple(steps[visit] for visit in sorted(steps)),
        ),
        opened_at=opened_at,
        works=works,
        step_ids=step_ids,
        parent=None if parent_step is None or parent_number is None else (parent_step, parent_number),
    )


def _json(value: Any) -> Any:
    """Django hands raw jsonb over as text."""
    return json.loads(value) if isinstance(value, str) else value
