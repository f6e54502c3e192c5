"""A run is called off."""

from datetime import datetime

from shuniu.core.flow.commands import Cancel
from shuniu.flows.contracts import Moved
from shuniu.flows.runs import history
from shuniu.flows.runs.moving import execute
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor


def cancel(*, run_id: int, by: Actor, now: datetime, key: str, reason: str = "") -> Moved:
    """Close every open step as cancelled and end the run. RunOver when it has ended. The caller has checked the right."""
    request = {"do": "cancel", "reason": reason}

    def make(run: LockedRun) -> Cancel:
        return Cancel(reason=reason, done=history.done(run.id, run.document, 1))

    return execute(run_id=run_id, key=key, request=request, make=make, by=by, now=now)
