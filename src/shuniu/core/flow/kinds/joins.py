"""Joins 汇合: lanes meet. Asked when nothing else can move; one lets through at a time."""

from shuniu.core.flow.document import JoinMode, JoinNode, Rest
from shuniu.core.flow.effects import StepEnd, StepOpened
from shuniu.core.flow.reach import reach_of
from shuniu.core.flow.state import OpenStep
from shuniu.core.flow.walk import Walk


def settle(walk: Walk) -> bool:
    """Let one join through, or end one round; False when every join has to wait on."""
    joins = {here.node for here in walk.open.values() if isinstance(walk.node(here), JoinNode)}
    for node in sorted(joins):
        if _absorb(walk, node) or _ready(walk, node):
            return True
    return _untie(walk, sorted(joins)) or _starve(walk, sorted(joins))


def let_through(walk: Walk, node: str, lanes: list[OpenStep]) -> None:
    """These lanes go on as one: the last to come carries the token, with the latest visits of all paths."""
    carrier = max(lanes, key=lambda lane: lane.visit)
    for lane in lanes:
        if lane is not carrier:
            walk.clear(lane)
            walk.drop(walk.open[lane.visit], end=StepEnd.JOINED, joined=carrier.visit)
    carrier = walk.clear(carrier)
    via = dict(carrier.via)
    for lane in lanes:
        for known, visit in lane.via.items():
            via[known] = max(visit, via.get(known, 0))
    via[node] = carrier.visit
    after = max((lane.after for lane in lanes if lane.after), key=lambda one: one.visit, default=None)
    carrier = walk.put(carrier.but(via=via, after=after))
    join = walk.document.by_id[node]
    walk.close(carrier, joined=carrier.visit)
    if isinstance(join, JoinNode) and join.mode is JoinMode.N_OF_M:
        _rest(walk, join, carrier, {lane.edge for lane in lanes})


def _rest(walk: Walk, join: JoinNode, carrier: OpenStep, lanes: set[str]) -> None:
    """Enough have come: the others are cancelled, or the round stays open to absorb them."""
    others = _under_way(walk, join.id, since=carrier.visit)
    if join.rest is Rest.CANCEL:
        for other in others:
            walk.drop(other)
        return
    if not others or lanes == {edge.id for edge in walk.document.ways_in[join.id]}:
        return
    walk.visits += 1
    mark = OpenStep(
        walk.visits,
        join.id,
        carrier.visit,
        {**carrier.via, join.id: walk.visits},
        after=carrier.after,
        lanes=tuple(sorted(lanes)),
    )
    walk.put(mark)
    walk.effects.append(StepOpened(mark.visit, join.id, join.type, carrier.visit, mark.via))


def _absorb(walk: Walk, node: str) -> bool:
    """Take in late lanes of a round that was let through; end the round when none is left."""
    mark = next((one for one in walk.open.values() if one.node == node and one.lanes), None)
    if mark is None:
        return False
    late = [lane for lane in _lanes(walk, node) if lane.edge not in mark.lanes]
    if late:
        lane = min(late, key=lambda one: one.visit)
        walk.drop(lane, end=StepEnd.JOINED, joined=mark.origin)
        walk.put(mark.but(lanes=tuple(sorted({*mark.lanes, lane.edge}))))
        return True
    full = set(mark.lanes) == {edge.id for edge in walk.document.ways_in[node]}
    if full or not _under_way(walk, node, since=mark.origin or 0):
        walk.drop(mark, end=StepEnd.JOINED, joined=mark.origin)
        return True
    return False


def _ready(walk: Walk, node: str) -> bool:
    """Let a join through whose lanes are all there."""
    lanes = _lanes(walk, node)
    join = walk.document.by_id[node]
    if not lanes or not isinstance(join, JoinNode):
        return False
    if join.mode is JoinMode.ACTIVE:
        if _under_way(walk, node):
            return False
        let_through(walk, node, lanes)
        return True
    if any(one.node == node and one.lanes for one in walk.open.values()):
        return False
    first = _first_by_edge(lanes)
    wanted = len(walk.document.ways_in[node]) if join.mode is JoinMode.ALL else join.needed or 1
    if len(first) < wanted:
        return False
    let_through(walk, node, sorted(first.values(), key=lambda lane: lane.visit)[:wanted])
    return True


def _untie(walk: Walk, joins: list[str]) -> bool:
    """Joins that wait only for each other: the rule of BPMN's inclusive gateway decides, then the older arrival."""
    tied = {node for node in joins if _lanes(walk, node)}
    while True:
        loose = {node for node in tied if any(other.node not in tied for other in _under_way(walk, node))}
        if not loose:
            break
        tied -= loose
    waiting = [node for node in tied if _mode(walk, node) is JoinMode.ACTIVE]
    if not waiting:
        return False
    oldest = sorted(waiting, key=lambda node: min(lane.visit for lane in _lanes(walk, node)))
    chosen = next((node for node in oldest if _inclusive_rule(walk, node)), oldest[0])
    let_through(walk, chosen, _lanes(walk, chosen))
    return True


def _inclusive_rule(walk: Walk, node: str) -> bool:
    """Every token that can reach an empty edge of the join can also reach one where a token stands already."""
    reach = reach_of(walk.document, node)
    there = {lane.edge for lane in _lanes(walk, node)}
    for other in _under_way(walk, node):
        edges = {edge for edge, nodes in reach.by_edge.items() if other.node in nodes}
        if edges - there and not edges & there:
            return False
    return True


def _starve(walk: Walk, joins: list[str]) -> bool:
    """A join that can never be complete stops as an incident."""
    for node in joins:
        lanes = _lanes(walk, node)
        mode = _mode(walk, node)
        if not lanes or mode is JoinMode.ACTIVE or any(lane.incident for lane in lanes):
            continue
        reach = reach_of(walk.document, node)
        there = {lane.edge for lane in lanes}
        tokens = {one.node for one in walk.open.values() if one.node != node and not one.lanes}
        coming = {edge for edge, nodes in reach.by_edge.items() if edge in there or nodes & tokens}
        join = walk.document.by_id[node]
        needed = join.needed if isinstance(join, JoinNode) and mode is JoinMode.N_OF_M else None
        if len(coming) < (needed or len(reach.by_edge)):
            walk.stop(
                min(lanes, key=lambda lane: lane.visit),
                "join_starved",
                "汇合等待的分支不会再来",
                "A lane this join waits for can no longer come.",
            )
            return True
    return False


def _mode(walk: Walk, node: str) -> JoinMode | None:
    join = walk.document.by_id[node]
    return join.mode if isinstance(join, JoinNode) else None


def _lanes(walk: Walk, node: str) -> list[OpenStep]:
    return [walk.open[v] for v in sorted(walk.open) if walk.open[v].node == node and not walk.open[v].lanes]


def _first_by_edge(lanes: list[OpenStep]) -> dict[str, OpenStep]:
    first: dict[str, OpenStep] = {}
    for lane in lanes:
        first.setdefault(lane.edge, lane)
    return first


def _under_way(walk: Walk, node: str, *, since: int | None = None) -> list[OpenStep]:
    """Tokens that can still reach the join without passing it; with `since`, none that came out of that visit of it.

    The mark of a round that was let through is no token: nothing ever comes of it.
    """
    nodes = reach_of(walk.document, node).nodes
    return [
        one
        for one in walk.open.values()
        if one.node in nodes
        and one.node != node
        and not one.lanes
        and (since is None or one.via.get(node, 0) < since)
    ]


def pass_straight(walk: Walk, here: OpenStep) -> None:
    """A return to a join goes through it at once."""
    walk.close(here, joined=here.visit)
