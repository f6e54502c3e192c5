"""Commands between runs: a sub-flow begins, is cancelled, has ended. One command locks one run; these bring the next."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shuniu.core.flow.commands import Cancel, ChildEnded, Command
from shuniu.core.flow.state import RunStatus
from shuniu.flows.actions.deliver import hand_over_late
from shuniu.flows.actions.start import start
from shuniu.flows.contracts import (
    ActNotAllowed,
    EffectStatus,
    FlowNotFound,
    RunOver,
    RunSuspended,
    WorkTaken,
)
from shuniu.flows.models import FlowEffect, FlowRun, FlowStep, FlowVersion
from shuniu.flows.runs import history
from shuniu.flows.runs.documents import content_hash
from shuniu.flows.runs.moving import move, observe
from shuniu.flows.runs.rows import CHILD_CANCEL, CHILD_START, DELIVER, OWN
from shuniu.flows.runs.state import lock
from shuniu.foundation.access import system
from shuniu.foundation.hub import Ref

HOUSE = system("flows")


def travel(what: str, run_id: int, step_id: int, params: Mapping[str, Any], now: datetime) -> bool:
    """Do one of them in the caller's transaction; False when it is not needed any more. RunSuspended: not now."""
    if what == CHILD_START:
        return _begin(run_id, step_id, params, now)
    if what == CHILD_CANCEL:
        return _cancel(step_id, params["number"], now)
    if what == DELIVER:
        if lock(run_id).state.status == RunStatus.SUSPENDED:
            raise RunSuspended()
        return hand_over_late(run_id, dict(params), now)
    return _ended(run_id, now, ok=params["ok"])


def _begin(run_id: int, step_id: int, params: Mapping[str, Any], now: datetime) -> bool:
    step = FlowStep.objects.select_related("run").get(pk=step_id)
    awaited, number = params["awaited"], params["number"]
    if awaited and step.status != "open":
        return False
    version_id = None
    if params["version"] is not None:
        versions = FlowVersion.objects.filter(definition__key=params["flow"], number=params["version"])
        version_id = versions.values_list("pk", flat=True).first()
        if version_id is None:
            raise FlowNotFound()
    start(
        subject=Ref(step.run.subject_kind, step.run.subject_id),
        unit_id=step.run.unit_id,
        customer_id=step.run.customer_id,
        flow_key=params["flow"],
        version_id=version_id,
        facts=params["facts"],
        parent=(step_id, number if awaited else None),
        by=HOUSE,
        now=now,
        key=f"child:{step_id}:{number}",
    )
    return True


def _cancel(step_id: int, number: int, now: datetime) -> bool:
    """A sub-flow that has not begun never does."""
    not_begun = FlowEffect.objects.filter(
        step_id=step_id,
        number=OWN[CHILD_START] + number,
        status__in=(EffectStatus.PENDING, EffectStatus.INCIDENT),
    )
    not_begun.update(status=EffectStatus.SKIPPED)
    child = FlowRun.objects.filter(parent_step_id=step_id, parent_number=number).values_list("pk", flat=True)
    found = child.first()
    if found is None:
        return False
    run = lock(found)
    if run.state.status not in (RunStatus.RUNNING, RunStatus.SUSPENDED):
        return False
    done = history.done(run.id, run.document, 1)
    key = f"parent:{step_id}:{number}"
    move(run, Cancel(reason="parent", done=done), key=key, digest=content_hash([key]), by=HOUSE, now=now)
    return True


def _ended(child_id: int, now: datetime, *, ok: bool) -> bool:
    child = FlowRun.objects.select_related("parent_step").get(pk=child_id)
    step, number = child.parent_step, child.parent_number
    if step is None or number is None:
        return False
    run = lock(step.run_id)
    command: Command = ChildEnded(
        visit=step.visit,
        number=number,
        ok=ok,
        facts=child.facts,
        observed=observe(run, now, leaving=step.node),
    )
    key = f"child:{step.pk}:{number}"
    try:
        move(run, command, key=key, digest=content_hash([key]), by=HOUSE, now=now)
    except (WorkTaken, RunOver, ActNotAllowed):
        return False
    return True
