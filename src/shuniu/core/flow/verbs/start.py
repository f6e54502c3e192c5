"""Start 发起: the first token."""

from shuniu.core.flow.commands import Start
from shuniu.core.flow.errors import AlreadyStarted
from shuniu.core.flow.kinds import limits
from shuniu.core.flow.state import Handled, Party, RunStatus
from shuniu.core.flow.walk import Arrival, Walk


def apply(walk: Walk, command: Start) -> None:
    if walk.status is not RunStatus.NEW:
        raise AlreadyStarted
    walk.status = RunStatus.RUNNING
    walk.facts.update(command.facts)
    starter = Party.of(command.starter) if command.starter else None
    walk.starter = starter
    limits.arm(walk, limits.RUN, walk.document.deadline)
    after = Handled(1, starter) if starter else None
    walk.arrivals.append(Arrival(walk.document.start.id, {}, after=after))
