"""What those may do who see a run without being asked: copy, urge, take back what they answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shuniu.core.flow import commands as c
from shuniu.flows.contracts import Moved
from shuniu.flows.runs import history
from shuniu.flows.runs.access import colleagues, party_of, require_sight, run_of_step
from shuniu.flows.runs.moving import execute, observe
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor

TEXT_MAX = 500


def copy(*, step_id: int, to: Sequence[int], by: Actor, now: datetime, key: str, text: str = "") -> Moved:
    """Let colleagues know 抄送: they are told, see the subject from now on, and need do nothing."""
    run_id, visit = run_of_step(step_id)
    require_sight(run_id, by=by)
    others = colleagues(to, field="to")

    def make(_: LockedRun) -> c.Copy:
        return c.Copy(visit=visit, party=party_of(by).key, to=others, text=text[:TEXT_MAX])

    request = {"do": "copy", "visit": visit, "to": list(to), "reason": text}
    return execute(run_id=run_id, key=key, request=request, make=make, by=by, now=now)


def urge(*, step_id: int, by: Actor, now: datetime, key: str) -> Moved:
    """Tell whoever the step waits for 催办; UrgedLately within ten minutes of the last time."""
    run_id, visit = run_of_step(step_id)
    require_sight(run_id, by=by)
    request: dict[str, Any] = {"do": "urge", "visit": visit}
    return execute(
        run_id=run_id,
        key=key,
        request=request,
        make=lambda _: c.Urge(visit=visit, party=party_of(by).key),
        by=by,
        now=now,
    )


def withdraw(*, step_id: int, by: Actor, now: datetime, key: str, reason: str = "") -> Moved:
    """Take one's own answer back 撤回 while nobody has acted on it. ActedSince otherwise."""
    run_id, visit = run_of_step(step_id)
    require_sight(run_id, by=by)

    def make(run: LockedRun) -> c.Withdraw:
        return c.Withdraw(
            visit=visit,
            party=party_of(by).key,
            reason=reason[:TEXT_MAX],
            past=history.since(run.id, visit),
            done=history.done(run.id, run.document, visit),
            observed=observe(run, now),
        )

    request = {"do": "withdraw", "visit": visit, "reason": reason}
    return execute(run_id=run_id, key=key, request=request, make=make, by=by, now=now)
