"""Undo 补偿: the actions of the run that are to be taken back have been looked up."""

from shuniu.core.flow.commands import Undo
from shuniu.core.flow.document import UndoNode
from shuniu.core.flow.errors import NotAllowed
from shuniu.core.flow.kinds import calls
from shuniu.core.flow.walk import Walk


def apply(walk: Walk, command: Undo) -> None:
    here = walk.step(command.visit)
    node = walk.node(here)
    if not isinstance(node, UndoNode):
        raise NotAllowed
    done = tuple(one for one in command.done if not node.of or one.node in node.of)
    walk.close(calls.take_back(walk, here, done))
