"""Deliver an event 事件到达: every open wait it meets closes; kept where a node wants it and nobody waits yet."""

from shuniu.core.flow.commands import Deliver
from shuniu.core.flow.kinds import waits
from shuniu.core.flow.state import Kept
from shuniu.core.flow.walk import Walk


def apply(walk: Walk, command: Deliver) -> None:
    met = False
    for visit in sorted(walk.open):
        here = walk.open.get(visit)
        if here is not None and command.visit in (None, visit):
            met |= waits.meet(walk, here, command.event, command.correlation, command.data)
    if not met:
        waits.keep(walk, Kept(command.event, command.correlation, command.data))
