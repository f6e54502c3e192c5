"""Sub-flows of a step: one ended, one is added or cancelled, or they are waited for no longer."""

from dataclasses import replace

from shuniu.core.flow.commands import AddChild, CancelChild, ChildEnded, FinishChildren
from shuniu.core.flow.document import SubflowNode
from shuniu.core.flow.effects import ChildCancelled
from shuniu.core.flow.errors import NoSuchChild, NotAllowed
from shuniu.core.flow.kinds import subflows
from shuniu.core.flow.state import Child, OpenStep
from shuniu.core.flow.verbs.mend import failed
from shuniu.core.flow.walk import Walk


def ended(walk: Walk, command: ChildEnded) -> None:
    here, node = _subflow(walk, command.visit)
    child = _child(here, command.number)
    children = subflows.of(here)
    children = replace(children, open=tuple(c for c in children.open if c is not child))
    if not command.ok:
        here = walk.put(here.but(children=replace(children, failed=(*children.failed, child.row))))
        failed(walk, here, "child_failed", "子流程没有正常结束", "A sub-flow did not end well.")
        return
    children = replace(
        children, ended=children.ended + 1, results=(*children.results, (child.row, command.facts))
    )
    here = walk.put(here.but(children=children))
    if node.in_turn and children.later:
        here = subflows.begin(walk, here, node)
    subflows.finish(walk, here, node)


def add(walk: Walk, command: AddChild) -> None:
    here, node = _subflow(walk, command.visit)
    children = subflows.of(here)
    row = len(children.rows)
    children = replace(children, rows=(*children.rows, command.row), later=(*children.later, row))
    here = walk.put(here.but(children=children))
    if not node.in_turn or not children.open:
        subflows.begin(walk, here, node)


def cancel(walk: Walk, command: CancelChild) -> None:
    here, node = _subflow(walk, command.visit)
    child = _child(here, command.number)
    children = subflows.of(here)
    walk.effects.append(ChildCancelled(here.visit, child.number))
    children = replace(children, open=tuple(c for c in children.open if c is not child))
    here = walk.put(here.but(children=children))
    if node.in_turn and children.later:
        here = subflows.begin(walk, here, node)
    subflows.finish(walk, here, node)


def finish(walk: Walk, command: FinishChildren) -> None:
    here, node = _subflow(walk, command.visit)
    subflows.finish(walk, walk.clear(here), node, enough=True)


def _subflow(walk: Walk, visit: int) -> tuple[OpenStep, SubflowNode]:
    here = walk.step(visit)
    node = walk.node(here)
    if not isinstance(node, SubflowNode) or here.children is None:
        raise NotAllowed
    return here, node


def _child(here: OpenStep, number: int) -> Child:
    for child in subflows.of(here).open:
        if child.number == number:
            return child
    raise NoSuchChild
