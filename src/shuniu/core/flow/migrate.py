"""Migrate 迁移版本: the open steps of a run move to nodes of another version, all of them or none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shuniu.core.flow.commands import Migrate
from shuniu.core.flow.document import (
    ActionNode,
    ApprovalNode,
    FlowDocument,
    ForEvent,
    JoinNode,
    Node,
    SubflowNode,
    WaitNode,
    handler_fact,
    outcome_fact,
)
from shuniu.core.flow.effects import StepMoved
from shuniu.core.flow.errors import FlowRefused, RunIsOver
from shuniu.core.flow.state import OpenStep, RunState, RunStatus
from shuniu.core.flow.step import Moved
from shuniu.core.flow.walk import Walk
from shuniu.core.flow.words import Words


@dataclass(frozen=True, slots=True)
class CannotMove:
    """An open step that has no place in the other version, and why."""

    visit: int
    node: str
    code: str
    text: Words


class MigrationRefused(FlowRefused):
    """Somebody cannot move; `stuck` says who and why."""

    def __init__(self, stuck: tuple[CannotMove, ...]) -> None:
        self.stuck = stuck
        super().__init__(", ".join(f"{one.node}: {one.code}" for one in stuck))


def preview(
    old: FlowDocument, new: FlowDocument, state: RunState, mapping: Mapping[str, str]
) -> tuple[CannotMove, ...]:
    """The steps that cannot move; none, and the run can. `mapping`: old node → new node, same id where not named."""
    return tuple(
        CannotMove(here.visit, here.node, code, Words(zh=zh, en=en))
        for here in state.steps
        if (found := _obstacle(old, new, here, mapping)) is not None
        for code, zh, en in (found,)
    )


def migrate(old: FlowDocument, new: FlowDocument, state: RunState, command: Migrate, now: datetime) -> Moved:
    """The run on the other version; MigrationRefused when a step cannot move. Limits of moved steps run on."""
    if state.status not in {RunStatus.RUNNING, RunStatus.SUSPENDED}:
        raise RunIsOver
    stuck = preview(old, new, state, command.mapping)
    if stuck:
        raise MigrationRefused(stuck)
    walk = Walk.of(new, state, now)
    walk.facts = _facts(old, new, state, command.mapping)
    for here in state.steps:
        moved = _moved(old, new, here, command.mapping)
        walk.put(moved)
        walk.effects.append(StepMoved(here.visit, moved.node, moved.edge, moved.via))
    after = replace(
        state,
        facts=walk.facts,
        steps=tuple(walk.open[visit] for visit in sorted(walk.open)),
    )
    return Moved(after, tuple(walk.effects))


def _obstacle(
    old: FlowDocument, new: FlowDocument, here: OpenStep, mapping: Mapping[str, str]
) -> tuple[str, str, str] | None:
    before, after = old.by_id[here.node], new.by_id.get(mapping.get(here.node, here.node))
    if after is None:
        return "node_gone", "新版本没有这个节点", "The new version lacks this node."
    if type(after) is not type(before):
        return "other_type", "新版本的节点类型不同", "The node of the new version is of another type."
    if isinstance(after, ApprovalNode) and here.level >= len(after.levels):
        return "level_gone", "新版本的审批级数较少", "The new version has fewer levels of approval."
    if isinstance(after, JoinNode) and here.edge and _edge(old, new, here, mapping) is None:
        return "lane_gone", "新版本没有这条分支", "The new version lacks this lane."
    if not _same_wait(before, after, here):
        return (
            "waits_otherwise",
            "新版本等待的内容不同",
            "The node of the new version waits for something else.",
        )
    if here.back_to is not None and mapping.get(here.back_to, here.back_to) not in new.by_id:
        return (
            "way_back_gone",
            "退回后要回到的节点不在新版本",
            "The node to go back to is not in the new version.",
        )
    return None


def _same_wait(before: Node, after: Node, here: OpenStep) -> bool:
    if isinstance(before, ActionNode) and isinstance(after, ActionNode):
        return before.effect == after.effect and after.awaited
    if isinstance(before, SubflowNode) and isinstance(after, SubflowNode):
        return before.flow == after.flow and after.awaited
    if isinstance(before, WaitNode) and isinstance(after, WaitNode):
        events = {n: one.event for n, one in enumerate(after.until, 1) if isinstance(one, ForEvent)}
        listened = all(events.get(wait.number) == wait.event for wait in here.waits)
        keys = {one.key for one in after.until}
        return listened and all(one.key in keys for one in before.until)
    return True


def _edge(old: FlowDocument, new: FlowDocument, here: OpenStep, mapping: Mapping[str, str]) -> str | None:
    """The lane of an arrival in the new version: the edge between the same nodes."""
    lane = next((edge for edge in old.edges if edge.id == here.edge), None)
    if lane is None:
        return None
    source, target = (mapping.get(end, end) for end in (lane.source, lane.target))
    same = [edge for edge in new.ways_in.get(target, ()) if edge.source == source]
    kept = next((edge.id for edge in same if edge.id == here.edge), None)
    return kept or (same[0].id if same else None)


def _moved(old: FlowDocument, new: FlowDocument, here: OpenStep, mapping: Mapping[str, str]) -> OpenStep:
    via: dict[str, int] = {}
    for known, visit in here.via.items():
        node = mapping.get(known, known)
        if node in new.by_id:
            via[node] = max(visit, via.get(node, 0))
    node = mapping.get(here.node, here.node)
    form = here.form if here.form in new.forms_by_key else getattr(new.by_id[node], "form", None)
    edges = {edge.id for edge in new.edges}
    edge = _edge(old, new, here, mapping) or (here.edge if here.edge in edges else "")
    return here.but(
        node=node,
        via=via,
        form=form,
        edge=edge,
        back_to=mapping.get(here.back_to, here.back_to) if here.back_to else None,
        lanes=tuple(lane for lane in here.lanes if lane in edges),
    )


def _facts(
    old: FlowDocument, new: FlowDocument, state: RunState, mapping: Mapping[str, str]
) -> dict[str, object]:
    """How mapped nodes were left, under their new names."""
    facts = dict(state.facts)
    for before, after in mapping.items():
        for name in (outcome_fact, handler_fact):
            if before in old.by_id and after in new.by_id and name(before) in state.facts:
                facts[name(after)] = state.facts[name(before)]
    return facts
