"""Many runs of one flow begin at once: an audience, a population, rows of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from shuniu.core.flow.commands import Start
from shuniu.core.flow.state import NEW
from shuniu.flows.contracts import FlowNotFound
from shuniu.flows.models import FlowDefinition
from shuniu.flows.runs.documents import content_hash, document_of
from shuniu.flows.runs.many import Step, copy_in, run_row, write_many
from shuniu.flows.runs.moving import KEY_MAX, observe, walk
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref

AT_ONCE = 2_000
KNOWN = "select start_key from flow_run where start_key = any(%s)"
IDS = "select nextval('flow_run_id_seq') from generate_series(1, %s)"
RUN = (
    "id", "version_id", "subject_kind", "subject_id", "unit_id", "customer_id", "status", "facts", "memo", "visits_made",
    "rev", "start_key", "start_hash", "started_by", "started_at", "ended_at", "remove_after",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRun:
    """One run to begin; `key` makes it begin once."""

    subject: Ref
    unit_id: int
    key: str
    customer_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def start_many(*, flow_key: str, runs: Sequence[NewRun], by: Actor, now: datetime) -> int:
    """Begin runs of the current version; those whose key was used before are left out. How many began.

    In transactions of 2,000 runs each, so that an interrupted call is finished by calling again.
    """
    version_id = (
        FlowDefinition.objects.filter(key=flow_key, archived_at__isnull=True, current__isnull=False)
        .values_list("current_id", flat=True)
        .first()
    )
    if version_id is None:
        raise FlowNotFound()
    return sum(
        _begin(version_id, flow_key, runs[first : first + AT_ONCE], by, now)
        for first in range(0, len(runs), AT_ONCE)
    )


@transaction.atomic
def _begin(version_id: int, flow_key: str, asked: Sequence[NewRun], by: Actor, now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [[one.key[:KEY_MAX] for one in asked]])
        known = {key for (key,) in cursor.fetchall()}
        fresh = list({one.key: one for one in asked if one.key[:KEY_MAX] not in known}.values())
        cursor.execute(IDS, [len(fresh)])
        ids = [number for (number,) in cursor.fetchall()]
    steps = []
    rows = []
    for run_id, one in zip(ids, fresh, strict=True):
        step = _walked(run_id, version_id, flow_key, one, now)
        steps.append(step)
        rows.append(_row(step, one, by, now))
    with connection.cursor() as cursor:
        copy_in(cursor, "flow_run", RUN, rows)
    write_many(steps, by=by, now=now, fresh=True)
    return len(steps)


def _walked(run_id: int, version_id: int, flow_key: str, one: NewRun, now: datetime) -> Step:
    run = LockedRun(
        id=run_id,
        version_id=version_id,
        document=document_of(version_id),
        subject=one.subject,
        unit_id=one.unit_id,
        customer_id=one.customer_id,
        rev=0,
        state=NEW,
        opened_at={},
        works={},
        step_ids={},
    )
    given = dict(one.facts)
    command = Start(facts=given, observed=observe(run, now, leaving=run.document.start.id))
    digest = content_hash([flow_key, one.subject.kind, one.subject.id, given])
    return Step(run, walk(run, command, now), "start", digest)


def _row(step: Step, one: NewRun, by: Actor, now: datetime) -> dict[str, Any]:
    run = step.run
    return {
        **run_row(step, now),
        "facts": step.walked.state.facts,
        "version_id": run.version_id,
        "subject_kind": run.subject.kind,
        "subject_id": run.subject.id,
        "unit_id": run.unit_id,
        "customer_id": run.customer_id,
        "start_key": one.key[:KEY_MAX],
        "start_hash": step.digest,
        "started_by": by.key,
        "started_at": now,
    }
