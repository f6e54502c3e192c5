"""A run under its lock, as the engine wants it: the open steps and their open works, nothing older."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.memo import run_of, step_of
from shuniu.core.flow.state import OpenStep, RunState
from shuniu.flows.contracts import RunNotFound
from shuniu.flows.runs.documents import document_of
from shuniu.foundation.hub import Ref

LOCK = """
select version_id, subject_kind, subject_id, unit_id, customer_id, status, facts, visits_made, rev, memo
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


def lock(run_id: int) -> LockedRun:
    """Lock the run and read its state. RunNotFound for an unknown id."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [run_id])
        run = cursor.fetchone()
        if run is None:
            raise RunNotFound()
        cursor.execute(OPEN_STEPS, [run_id])
        rows = cursor.fetchall()
    version_id, subject_kind, subject_id, unit_id, customer_id, status, facts, visits_made, rev, memo = run
    steps: dict[int, OpenStep] = {}
    opened_at: dict[int, datetime] = {}
    works: dict[int, tuple[int, int]] = {}
    for _, visit, node, origin, via, works_made, effects_made, edge, kept, opened, work_id, number in rows:
        if work_id is not None:
            works[work_id] = (visit, number)
        if visit not in steps:
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
            opened_at[visit] = opened
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
    )


def _json(value: Any) -> Any:
    """Django hands raw jsonb over as text."""
    return json.loads(value) if isinstance(value, str) else value
