"""Sub-flows 子流程: one, a number of them, or one per row of a table; together or one after another."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shuniu.core.flow.document import Rest, SubflowNode
from shuniu.core.flow.effects import ChildCancelled, ChildWanted
from shuniu.core.flow.kinds import limits
from shuniu.core.flow.state import Child, Children, OpenStep
from shuniu.core.flow.walk import Arrival, Walk


def subflow(walk: Walk, here: OpenStep, node: SubflowNode, _: Arrival) -> None:
    rows = _rows(walk, node)
    if not node.awaited:
        for row, content in enumerate(rows):
            facts = _inputs(walk, node, content)
            walk.effects.append(
                ChildWanted(here.visit, row + 1, node.flow, node.version, facts, row, awaited=False)
            )
        walk.close(here)
        return
    limits.arm(walk, here.visit, node.deadline)
    children = Children(later=tuple(range(len(rows))), rows=tuple(rows))
    here = walk.put(here.but(children=children))
    for _ in rows[:1] if node.in_turn else rows:
        here = begin(walk, here, node)
    finish(walk, here, node)


def begin(walk: Walk, here: OpenStep, node: SubflowNode) -> OpenStep:
    """Start the run of the next row."""
    children = of(here)
    row, number = children.later[0], children.made + 1
    facts = _inputs(walk, node, children.rows[row])
    walk.effects.append(ChildWanted(here.visit, number, node.flow, node.version, facts, row))
    children = replace(
        children, open=(*children.open, Child(number, row)), later=children.later[1:], made=number
    )
    return walk.put(here.but(children=children))


def finish(walk: Walk, here: OpenStep, node: SubflowNode, *, enough: bool = False) -> None:
    """Leave when all have ended, or as many as are needed."""
    children = of(here)
    all_over = not children.open and not children.later and not children.failed
    reached = node.needed is not None and children.ended >= node.needed
    if not (enough or all_over or reached):
        return
    for fact, name in node.keeps.items():
        results = [facts.get(name) for _, facts in sorted(children.results, key=lambda one: one[0])]
        several = node.rows is not None or node.count is not None
        walk.facts[fact] = results if several else (results[0] if results else None)
    if node.rest is Rest.CANCEL or enough:
        walk.effects.extend(ChildCancelled(here.visit, child.number) for child in children.open)
    here = walk.put(here.but(children=None))
    walk.close(here)


def of(here: OpenStep) -> Children:
    return here.children or Children()


def _rows(walk: Walk, node: SubflowNode) -> list[Any]:
    if node.rows is not None:
        rows = {**walk.observed, **walk.facts}.get(node.rows)
        return list(rows) if isinstance(rows, list | tuple) else []
    return [None] * (node.count or 1)


def _inputs(walk: Walk, node: SubflowNode, row: Any) -> Mapping[str, Any]:
    return {name: walk.value(text, row=row) for name, text in node.inputs.items()}


def begin_failed(walk: Walk, here: OpenStep, node: SubflowNode) -> None:
    """Start again the row whose run did not end well."""
    children = of(here)
    failed = next(row for row in range(len(children.rows)) if row in children.failed)
    rest = tuple(row for row in children.failed if row != failed)
    children = replace(children, later=(failed, *children.later), failed=rest)
    begin(walk, walk.put(here.but(children=children)), node)
