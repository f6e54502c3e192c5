"""A run begins."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from shuniu.core.flow.commands import Start
from shuniu.core.flow.state import NEW
from shuniu.flows.contracts import FlowNotFound, KeyReused, Moved
from shuniu.flows.models import FlowDefinition
from shuniu.flows.runs.access import party_of
from shuniu.flows.runs.documents import content_hash, document_of
from shuniu.flows.runs.moving import KEY_MAX, move, moved, observe
from shuniu.flows.runs.state import LockedRun, lock
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref

# A second start with the same key waits here for the first one's commit.
BEGIN = """
insert into flow_run (version_id, subject_kind, subject_id, unit_id, customer_id, status, facts, visits_made, rev,
    start_key, start_hash, started_by, started_at, parent_step_id, parent_number)
values (%s, %s, %s, %s, %s, 'running', %s, 0, 0, %s, %s, %s, %s, %s, %s)
on conflict (start_key) do nothing returning id
"""
EARLIER = "select id, start_hash from flow_run where start_key = %s"


@transaction.atomic
def start(
    *,
    subject: Ref,
    unit_id: int,
    by: Actor,
    now: datetime,
    key: str,
    flow_key: str = "",
    version_id: int | None = None,
    customer_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
    parent: tuple[int, int | None] | None = None,
) -> Moved:
    """Start a run of the current version of `flow_key`, or of `version_id`. The same key starts nothing twice.

    `parent` is the step of another run whose sub-flow this is, and its number there where that step waits for it.
    """
    version = version_id or _current(flow_key)
    given = dict(facts or {})
    digest = content_hash([flow_key or version, subject.kind, subject.id, given])
    with connection.cursor() as cursor:
        cursor.execute(
            BEGIN,
            [
                version, subject.kind, subject.id, unit_id, customer_id, json.dumps(given, ensure_ascii=False), key[:KEY_MAX], digest, by.key, now, *(parent or (None, None)),
            ],
        )  # fmt: skip
        begun = cursor.fetchone()
        if begun is None:
            cursor.execute(EARLIER, [key[:KEY_MAX]])
            run_id, earlier = cursor.fetchone()
            if bytes(earlier) != digest:
                raise KeyReused()
            run = lock(run_id)
            return moved(run, run.state, replayed=True)
    run = LockedRun(
        id=begun[0],
        version_id=version,
        document=document_of(version),
        subject=subject,
        unit_id=unit_id,
        customer_id=customer_id,
        rev=0,
        state=NEW,
        opened_at={},
        works={},
        step_ids={},
        parent=None if parent is None or parent[1] is None else (parent[0], parent[1]),
    )
    starter = party_of(by) if by.staff_id is not None else None
    command = Start(
        facts=given,
        starter=starter.key if starter else None,
        observed=observe(run, now, leaving=run.document.start.id),
    )
    return move(run, command, key="start", digest=digest, by=by, now=now)


def _current(flow_key: str) -> int:
    version = (
        FlowDefinition.objects.filter(key=flow_key, archived_at__isnull=True, current__isnull=False)
        .values_list("current_id", flat=True)
        .first()
    )
    if version is None:
        raise FlowNotFound()
    return version
