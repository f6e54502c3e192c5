"""A token arrives at a node: a step opens, and the node does what its kind does."""

from collections.abc import Callable, Mapping
from typing import Any

from shuniu.core.flow.document import (
    ActionNode,
    ApprovalNode,
    EndNode,
    JoinNode,
    Node,
    NotifyNode,
    SettleNode,
    StartNode,
    SubflowNode,
    SurveyNode,
    TaskNode,
    UndoNode,
    WaitingNode,
    WaitNode,
    When,
)
from shuniu.core.flow.effects import StepOpened
from shuniu.core.flow.errors import RuleBroken
from shuniu.core.flow.kinds import asking, calls, joins, subflows, waits
from shuniu.core.flow.state import OpenStep, RunStatus
from shuniu.core.flow.walk import Arrival, Walk


def enter(walk: Walk, arrival: Arrival) -> None:
    node = walk.document.by_id[arrival.node]
    walk.visits += 1
    visit = walk.visits
    via = {**arrival.via, node.id: visit}
    form = form_of(walk, node)
    here = walk.put(
        OpenStep(
            visit,
            node.id,
            arrival.origin,
            via,
            edge=arrival.edge,
            level=arrival.level,
            form=form,
            after=arrival.after,
            back_to=arrival.back_to,
        )
    )
    walk.effects.append(
        StepOpened(
            visit,
            node.id,
            node.type,
            arrival.origin,
            via,
            arrival.edge,
            arrival.level,
            form,
            arrival.returned_from,
        )
    )
    here = calls.take_back(walk, here, arrival.done)
    if arrival.straight:
        joins.pass_straight(walk, here)
        return
    if not isinstance(node, JoinNode) and not arrival.level and not _admitted(walk, here, node):
        return
    begin(walk, here, node, arrival)


def begin(walk: Walk, here: OpenStep, node: Node, arrival: Arrival) -> None:
    """What the node does once its entry rules hold."""
    here = walk.own_effects(here, When.OPENED, None)
    kind = _KINDS.get(type(node))
    if kind is not None:
        kind(walk, here, node, arrival)
    elif not isinstance(node, JoinNode):
        walk.close(here)


def form_of(walk: Walk, node: Node) -> str | None:
    """The form a step shows: by the customer's stage where the node says so."""
    if isinstance(node, WaitingNode):
        for one in node.forms_when:
            if walk.holds(one.when):
                return one.form
    return getattr(node, "form", None)


def _admitted(walk: Walk, here: OpenStep, node: Node) -> bool:
    """Whether the entry rules hold; a person is refused, anything else leaves an incident."""
    broken = next((rule for rule in node.entry if not walk.holds(rule.condition)), None)
    if broken is None:
        return True
    if walk.by_person:
        raise RuleBroken(node.id, broken.text)
    walk.stop(here, "entry", broken.text.zh, broken.text.en)
    return False


def _end(walk: Walk, here: OpenStep, node: EndNode, _: Arrival) -> None:
    walk.result = node.result or walk.result
    walk.close(here)
    if node.terminate:
        walk.end(RunStatus.ENDED)


_KINDS: Mapping[type, Callable[[Walk, OpenStep, Any, Arrival], None]] = {
    StartNode: asking.start,
    TaskNode: asking.task,
    SurveyNode: asking.task,
    ApprovalNode: asking.approval,
    WaitNode: waits.wait,
    ActionNode: calls.action,
    NotifyNode: calls.notify,
    SettleNode: calls.settle,
    UndoNode: calls.undo,
    SubflowNode: subflows.subflow,
    EndNode: _end,
}
