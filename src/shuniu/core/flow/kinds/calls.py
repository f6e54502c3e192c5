"""Nodes that cause something outside: actions, notices, settlements, compensation. Most go on at once."""

from typing import Any

from shuniu.core.flow.commands import DoneAction
from shuniu.core.flow.document import ActionNode, EffectCall, NotifyNode, SettleNode, UndoNode
from shuniu.core.flow.effects import Undone, UndoWanted
from shuniu.core.flow.kinds import limits
from shuniu.core.flow.state import OpenStep
from shuniu.core.flow.walk import Arrival, Walk


def action(walk: Walk, here: OpenStep, node: ActionNode, _: Arrival) -> None:
    computed = {name: walk.value(text) for name, text in node.inputs.items()}
    here = walk.call(here, node.effect, {**node.params, **computed}, awaited=node.awaited)
    if node.awaited:
        limits.arm(walk, here.visit, node.deadline)
    else:
        walk.close(here, outcome=node.outcomes[0].key)


def notify(walk: Walk, here: OpenStep, node: NotifyNode, _: Arrival) -> None:
    params: dict[str, Any] = {
        "to": node.to.model_dump(),
        "reason": "notify",
        "text": node.text.model_dump(),
        "urgent": node.urgent,
        **node.params,
    }
    walk.close(walk.call(here, node.effect, params))


def settle(walk: Walk, here: OpenStep, node: SettleNode, _: Arrival) -> None:
    walk.close(walk.call(here, node.effect, {"measure": node.measure, **node.params}))


def undo(walk: Walk, here: OpenStep, node: UndoNode, _: Arrival) -> None:
    """Stays until what was done has been looked up."""
    walk.effects.append(UndoWanted(here.visit, node.of))


def take_back(walk: Walk, here: OpenStep, done: tuple[DoneAction, ...]) -> OpenStep:
    """Take back what these actions did, the last one first."""
    for one in sorted(done, key=lambda action: -action.visit):
        node = walk.document.by_id.get(one.node)
        undoing = node.undo if isinstance(node, ActionNode | SettleNode) else None
        if undoing is not None:
            here = walk.call(here, undoing.effect, _params(walk, undoing, one))
            walk.effects.append(Undone(one.visit))
    return here


def _params(walk: Walk, undoing: EffectCall, one: DoneAction) -> dict[str, Any]:
    computed = {name: walk.value(text) for name, text in undoing.inputs.items()}
    return {**undoing.params, **computed, "undoes": one.visit}
