"""Running runs move to another version of their flow 迁移版本, each with all of its open steps or not at all."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from shuniu.core.flow.commands import Migrate
from shuniu.core.flow.migrate import MigrationRefused
from shuniu.core.flow.migrate import migrate as migrated
from shuniu.core.flow.state import RunStatus
from shuniu.flows.contracts import CannotMigrate, FlowNotFound, RunOver
from shuniu.flows.models import FlowRun, FlowVersion
from shuniu.flows.permissions import MIGRATE
from shuniu.flows.runs import writing
from shuniu.flows.runs.access import require_right
from shuniu.flows.runs.documents import content_hash, document_of
from shuniu.flows.runs.state import LockedRun, lock
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import publish


@transaction.atomic
def migrate_run(
    *, run_id: int, version_id: int, mapping: Mapping[str, str], by: Actor, now: datetime, key: str
) -> bool:
    """Move one run; False when it is there already. CannotMigrate says which steps cannot move and why."""
    require_right(run_id, by=by, permission=MIGRATE)
    run = lock(run_id)
    if run.version_id == version_id:
        return False
    if run.state.status not in (RunStatus.RUNNING, RunStatus.SUSPENDED):
        raise RunOver()
    _same_flow(run, version_id)
    new = document_of(version_id)
    command = Migrate(version=version_id, mapping=dict(mapping))
    try:
        moved = migrated(run.document, new, run.state, command, now)
    except MigrationRefused as refusal:
        first = refusal.stuck[0].text
        raise CannotMigrate(count=len(refusal.stuck), zh=first.zh, en=first.en) from refusal
    writing.write(
        run,
        state=moved.state,
        effects=moved.effects,
        commands=(command,),
        key=key[:200],
        digest=content_hash([version_id, dict(mapping)]),
        by=by,
        now=now,
    )
    FlowRun.objects.filter(pk=run_id).update(version_id=version_id)
    publish(
        name="flow.run_migrated",
        subject=run.subject,
        unit_id=run.unit_id,
        customer_id=run.customer_id,
        by=by,
        now=now,
        data={"run_id": run_id, "version_id": version_id},
    )
    audit.record(
        by=by,
        now=now,
        action="flow.migrate",
        subject=run.subject,
        unit_id=run.unit_id,
        before={"version_id": run.version_id},
        after={"version_id": version_id, "mapping": dict(mapping), "run_id": run_id},
    )
    return True


def migrate_runs(
    *,
    run_ids: Sequence[int],
    version_id: int,
    mapping: Mapping[str, str],
    by: Actor,
    now: datetime,
    key: str,
) -> dict[int, str]:
    """Move many, each by itself; the runs that could not, with the code of the refusal."""
    refused: dict[int, str] = {}
    for run_id in sorted(set(run_ids)):
        try:
            migrate_run(
                run_id=run_id,
                version_id=version_id,
                mapping=mapping,
                by=by,
                now=now,
                key=f"migrate:{version_id}:{key}",
            )
        except (CannotMigrate, RunOver) as refusal:
            refused[run_id] = refusal.code
    return refused


def _same_flow(run: LockedRun, version_id: int) -> None:
    flows = FlowVersion.objects.filter(pk__in=(run.version_id, version_id)).values_list(
        "definition_id", flat=True
    )
    if len(flows) != 2 or len(set(flows)) != 1:
        raise FlowNotFound()
