"""Cancel 终止: one step, or the whole run."""

from shuniu.core.flow.commands import Cancel
from shuniu.core.flow.kinds import calls
from shuniu.core.flow.state import RunStatus
from shuniu.core.flow.walk import Walk


def apply(walk: Walk, command: Cancel) -> None:
    if command.visit is not None:
        here = walk.step(command.visit)
        calls.take_back(walk, here, command.done)
        walk.drop(walk.open[here.visit], reason=command.reason)
        return
    first = min(walk.open.values(), key=lambda one: one.visit, default=None)
    if first is not None and command.done:
        calls.take_back(walk, first, command.done)
    walk.end(RunStatus.CANCELLED, reason=command.reason)
