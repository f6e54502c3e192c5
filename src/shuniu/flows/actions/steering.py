"""What is done by right: a run stands still and goes on, a step is skipped, retried, cancelled, its sub-flows changed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from shuniu.core.flow import commands as c
from shuniu.core.flow.commands import Command
from shuniu.flows.contracts import EffectStatus, Moved, ReasonMissing
from shuniu.flows.models import FlowEffect
from shuniu.flows.permissions import MEND, STEER
from shuniu.flows.runs import history
from shuniu.flows.runs.access import party_of, require_right, run_of_step
from shuniu.flows.runs.moving import execute, observe
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor

REASON_MAX = 500


def suspend(*, run_id: int, reason: str, by: Actor, now: datetime, key: str) -> Moved:
    """Nothing moves, every limit stands still, until the run is resumed."""
    require_right(run_id, by=by, permission=STEER)
    said = {"reason": _given(reason)}
    return _on_run("suspend", run_id, by, now, key, lambda _: c.Suspend(reason=_given(reason)), said)


def resume(*, run_id: int, by: Actor, now: datetime, key: str) -> Moved:
    """Limits run on, and what came meanwhile is done."""
    require_right(run_id, by=by, permission=STEER)

    def make(run: LockedRun) -> Command:
        FlowEffect.objects.filter(run_id=run.id, status=EffectStatus.PENDING).update(next_at=now)
        return c.Resume()

    return _on_run("resume", run_id, by, now, key, make)


def stop(*, run_id: int, reason: str, by: Actor, now: datetime, key: str) -> Moved:
    """Cancel the whole run by right, with a reason; what actions did is taken back where they say how."""
    require_right(run_id, by=by, permission=STEER)
    said = {"reason": _given(reason)}

    def make(run: LockedRun) -> Command:
        return c.Cancel(reason=_given(reason), done=history.done(run.id, run.document, 1))

    return _on_run("cancel", run_id, by, now, key, make, said)


def cancel_step(*, step_id: int, reason: str, by: Actor, now: datetime, key: str) -> Moved:
    """One branch is given up; the others go on."""
    said = {"reason": _given(reason)}
    return _on_step(
        "cancel",
        step_id,
        by,
        now,
        key,
        lambda run, visit: c.Cancel(visit=visit, reason=_given(reason), observed=observe(run, now)),
        said,
    )


def skip(
    *, step_id: int, reason: str, by: Actor, now: datetime, key: str, outcome: str | None = None
) -> Moved:
    """Pass a step by without an answer, with a reason; by the outcome named, or its only one."""
    said = {"reason": _given(reason), "outcome": outcome}

    def build(run: LockedRun, visit: int) -> Command:
        _give_up_calls(run, visit, by)
        party = party_of(by).key
        return c.Skip(
            visit=visit, party=party, reason=_given(reason), outcome=outcome, observed=observe(run, now)
        )

    return _on_step("skip", step_id, by, now, key, build, said)


def retry(*, step_id: int, by: Actor, now: datetime, key: str) -> Moved:
    """Try a step that stands still again: the call, the people, the rule, the sub-flow. NoIncident otherwise."""

    def build(run: LockedRun, visit: int) -> Command:
        _give_up_calls(run, visit, by)
        return c.Retry(visit=visit, observed=observe(run, now))

    run_id, _ = run_of_step(step_id)
    require_right(run_id, by=by, permission=MEND)
    return _on_step("retry", step_id, by, now, key, build, right=False)


def add_child(*, step_id: int, row: Any, by: Actor, now: datetime, key: str) -> Moved:
    """One more sub-flow for a step that waits for several."""
    return _on_step(
        "add_child",
        step_id,
        by,
        now,
        key,
        lambda run, visit: c.AddChild(visit=visit, row=row, observed=observe(run, now)),
        {"row": row},
    )


def cancel_child(*, step_id: int, number: int, by: Actor, now: datetime, key: str) -> Moved:
    """One sub-flow is given up."""
    return _on_step(
        "cancel_child",
        step_id,
        by,
        now,
        key,
        lambda run, visit: c.CancelChild(visit=visit, number=number, observed=observe(run, now)),
        {"child": number},
    )


def finish_children(*, step_id: int, by: Actor, now: datetime, key: str) -> Moved:
    """The sub-flows still open are not waited for."""
    return _on_step(
        "finish_children",
        step_id,
        by,
        now,
        key,
        lambda run, visit: c.FinishChildren(visit=visit, observed=observe(run, now)),
    )


def _give_up_calls(run: LockedRun, visit: int, by: Actor) -> None:
    """Failed calls of the step are not waited for any more: the flow decides, not the outbox."""
    stuck = FlowEffect.objects.filter(
        step_id=run.step_ids.get(visit, 0),
        awaited=True,
        status__in=(EffectStatus.INCIDENT, EffectStatus.PENDING),
    )
    stuck.update(status=EffectStatus.SKIPPED, settled_by=by.key)


def _given(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return reason.strip()[:REASON_MAX]


def _on_run(
    what: str,
    run_id: int,
    by: Actor,
    now: datetime,
    key: str,
    make: Callable[[LockedRun], Command],
    said: Mapping[str, Any] | None = None,
) -> Moved:
    request = {"do": what, **(said or {})}
    return execute(run_id=run_id, key=key, request=request, make=make, by=by, now=now)


def _on_step(
    what: str,
    step_id: int,
    by: Actor,
    now: datetime,
    key: str,
    build: Callable[[LockedRun, int], Command],
    said: Mapping[str, Any] | None = None,
    *,
    right: bool = True,
) -> Moved:
    run_id, visit = run_of_step(step_id)
    if right:
        require_right(run_id, by=by, permission=STEER)
    request = {"do": what, "visit": visit, **(said or {})}
    return execute(
        run_id=run_id, key=key, request=request, make=lambda run: build(run, visit), by=by, now=now
    )
