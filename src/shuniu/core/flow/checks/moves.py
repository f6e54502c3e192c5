"""What tokens may do next, for the soundness check: a document as moves between markings.

A marking is a sorted tuple of places. A place is the id of a node where a token stands, `→edge` for a lane that has
arrived at a join, or `⊙join edge edge` for a round of an n-of-m join that was let through.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from shuniu.core.flow.approvals import APPROVED, OnReject
from shuniu.core.flow.checks.paths import closure
from shuniu.core.flow.document import (
    ApprovalNode,
    Edge,
    EndNode,
    FlowDocument,
    InclusiveNode,
    JoinMode,
    JoinNode,
    LeavingNode,
    Node,
    On,
    ParallelNode,
    Rest,
    TaskNode,
    stays,
)
from shuniu.core.flow.reach import leads_to, reach_of

Marking = tuple[str, ...]
SUBSETS_MAX = 5
"""Of more conditional ways than this, an inclusive branch is tried with one, two and all of them."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way a token may leave: by these edges, back to `back`, or by ending the run."""

    edges: tuple[Edge, ...] = ()
    back: str | None = None
    kills: bool = False


class Moves:
    """The moves of one document."""

    def __init__(self, document: FlowDocument) -> None:
        self.document = document
        self.start: Marking = (document.start.id,)
        self._options = {node.id: tuple(_options(document, node)) for node in document.nodes}
        self._joins = {node.id: node for node in document.nodes if isinstance(node, JoinNode)}
        self._lanes = {
            join: tuple(sorted(edge.id for edge in document.ways_in[join])) for join in self._joins
        }
        self._join_of = {edge.id: edge.target for edge in document.edges if edge.target in self._joins}
        self._source = {edge.id: edge.source for edge in document.edges}

    @cached_property
    def _looping(self) -> frozenset[str]:
        """Nodes that can be come to again: they go first, so that what multiplies is seen to."""
        after = {node.id: set(leads_to(node, self.document)) for node in self.document.nodes}
        return frozenset(node for node in after if node in closure(after[node], after))

    @cached_property
    def apart(self) -> bool:
        """Whether lanes cannot hinder each other, so that they may be tried one after another."""
        return not any(
            node.cancels
            or (isinstance(node, TaskNode) and node.while_open)
            or (isinstance(node, JoinNode) and node.mode is JoinMode.N_OF_M)
            for node in self.document.nodes
        )

    def next(self, marking: Marking) -> Iterator[tuple[str, Marking]]:
        """(node that moved, marking after it). Joins go first; apart lanes move one at a time."""
        joined = self._join(marking)
        if joined is not None:
            yield joined
            return
        movable = [
            place
            for place in dict.fromkeys(marking)
            if place in self._options and self._enabled(place, marking)
        ]
        if self.apart and movable:
            movable = [min(movable, key=lambda place: (self._kills(place), place not in self._looping))]
        for place in movable:
            for option in self._options[place]:
                yield place, self._moved(marking, place, option)
        if not movable:
            tied = self._untied(marking)
            if tied is not None:
                yield tied

    def node_of(self, place: str) -> str:
        """The node a place belongs to."""
        if place.startswith("→"):
            return self._join_of[place[1:]]
        return place[1:].split(" ", maxsplit=1)[0] if place.startswith("⊙") else place

    def _kills(self, place: str) -> bool:
        return any(option.kills or option.back for option in self._options[place])

    def _enabled(self, place: str, marking: Marking) -> bool:
        node = self.document.by_id[place]
        if isinstance(node, TaskNode) and node.while_open:
            return any(self.node_of(other) in node.while_open for other in marking)
        return True

    def _moved(self, marking: Marking, place: str, option: Option) -> Marking:
        if option.kills:
            return ()
        left = list(marking)
        left.remove(place)
        gone = self.document.by_id[place].cancels
        left = [other for other in left if self.node_of(other) not in gone]
        if option.back is not None:
            left = [other for other in left if not self._descends(other, option.back)]
            return tuple(sorted([*left, option.back]))
        left.extend(self._place(edge) for edge in option.edges)
        return tuple(sorted(left))

    def _place(self, edge: Edge) -> str:
        return f"→{edge.id}" if edge.target in self._joins else edge.target

    def _descends(self, place: str, node: str) -> bool:
        """Whether a token here must have come through the node."""
        at = self._source[place[1:]] if place.startswith("→") else self.node_of(place)
        return at == node or node in self._dominators.get(at, frozenset())

    @cached_property
    def _dominators(self) -> dict[str, frozenset[str]]:
        nodes = [node.id for node in self.document.nodes]
        before: dict[str, set[str]] = {node: set() for node in nodes}
        for node in self.document.nodes:
            for target in leads_to(node, self.document):
                before[target].add(node.id)
        start = self.document.start.id
        found = {node: frozenset(nodes) for node in nodes} | {start: frozenset({start})}
        changed = True
        while changed:
            changed = False
            for here in nodes:
                if here == start or not before[here]:
                    continue
                now = frozenset.intersection(*(found[one] for one in before[here])) | {here}
                if now != found[here]:
                    found[here], changed = now, True
        return found

    # joins

    def _join(self, marking: Marking) -> tuple[str, Marking] | None:
        for join, node in self._joins.items():
            lanes = [place for place in marking if place.startswith("→") and self._join_of[place[1:]] == join]
            mark = next((place for place in marking if place.startswith(f"⊙{join} ")), None)
            if mark is not None:
                closed = self._absorb(marking, join, lanes, mark)
                if closed is not None:
                    return join, closed
            elif lanes and self._ready(marking, node, lanes):
                return join, self._through(marking, node, lanes)
        return None

    def _ready(self, marking: Marking, node: JoinNode, lanes: list[str]) -> bool:
        there = set(lanes)
        if node.mode is JoinMode.ALL:
            return len(there) == len(self._lanes[node.id])
        if node.mode is JoinMode.N_OF_M:
            return len(there) >= (node.needed or 1)
        return not self._coming(marking, node.id)

    def _coming(self, marking: Marking, join: str) -> list[str]:
        nodes = reach_of(self.document, join).nodes
        return [
            place
            for place in marking
            if not place.startswith("⊙") and self.node_of(place) in nodes and self.node_of(place) != join
        ]

    def _through(self, marking: Marking, node: JoinNode, lanes: list[str]) -> Marking:
        left = list(marking)
        taken = list(lanes) if node.mode is JoinMode.ACTIVE else sorted(set(lanes))
        if node.mode is JoinMode.N_OF_M:
            taken = taken[: node.needed or 1]
        for lane in taken:
            left.remove(lane)
        if node.mode is JoinMode.N_OF_M:
            others = self._coming(tuple(left), node.id)
            if node.rest is Rest.CANCEL:
                left = [place for place in left if place not in others]
            elif others and len(taken) < len(self._lanes[node.id]):
                left.append(" ".join([f"⊙{node.id}", *(lane[1:] for lane in taken)]))
        left.extend(self._place(edge) for edge in self.document.ways_out[node.id])
        return tuple(sorted(left))

    def _absorb(self, marking: Marking, join: str, lanes: list[str], mark: str) -> Marking | None:
        name, *edges = mark.split(" ")
        late = next((lane for lane in sorted(set(lanes)) if lane[1:] not in edges), None)
        left = list(marking)
        if late is not None:
            left.remove(late)
            left.remove(mark)
            return tuple(sorted([*left, " ".join([name, *sorted([*edges, late[1:]])])]))
        if len(edges) == len(self._lanes[join]) or not self._coming(marking, join):
            left.remove(mark)
            return tuple(sorted(left))
        return None

    def _untied(self, marking: Marking) -> tuple[str, Marking] | None:
        """Joins that wait only for each other, as the engine lets one of them go."""
        for join, node in self._joins.items():
            lanes = [place for place in marking if place.startswith("→") and self._join_of[place[1:]] == join]
            if lanes and node.mode is JoinMode.ACTIVE:
                return join, self._through(marking, node, lanes)
        return None


def _options(document: FlowDocument, node: Node) -> Iterator[Option]:
    out = document.ways_out[node.id]
    if isinstance(node, JoinNode):
        return
    if isinstance(node, EndNode):
        yield Option(kills=node.terminate)
    elif isinstance(node, ParallelNode):
        yield Option(out)
    elif isinstance(node, InclusiveNode):
        yield from _subsets(out)
    elif isinstance(node, ApprovalNode):
        yield from _approval(node, out)
    elif isinstance(node, LeavingNode):
        yield from (
            Option((way,)) for way in dict.fromkeys(_by(out, one.key) for one in node.outcomes) if way
        )
    else:
        yield from (Option((way,)) for way in out)
    if stays(node):
        yield from _side(document, node, out)


def _side(document: FlowDocument, node: Node, out: tuple[Edge, ...]) -> Iterator[Option]:
    failing, late = document.way_on(node.id, On.ERROR), document.way_on(node.id, On.TIMEOUT)
    if failing is not None:
        yield Option((failing,))
    if late is not None:
        yield from (Option((way, late)) for way in out) if late.beside else (Option((late,)),)


def _approval(node: ApprovalNode, out: tuple[Edge, ...]) -> Iterator[Option]:
    yes, no = _by(out, APPROVED), _by(out, "rejected")
    if yes is not None:
        yield Option((yes,))
    if node.on_reject is OnReject.RETURN:
        yield Option(back=node.reject_to)
    elif node.on_reject is OnReject.END:
        yield Option(kills=True)
    elif no is not None and no is not yes:
        yield Option((no,))


def _by(out: tuple[Edge, ...], outcome: str) -> Edge | None:
    named = next((way for way in out if way.outcome == outcome), None)
    return named or next((way for way in out if way.outcome is None), None)


def _subsets(out: tuple[Edge, ...]) -> Iterator[Option]:
    conditional = [way for way in out if not way.default]
    yield from (Option((way,)) for way in out if way.default)
    sizes = list(range(1, len(conditional) + 1))
    if len(conditional) > SUBSETS_MAX:
        sizes = [1, 2, len(conditional)]
    for size in sizes:
        yield from (Option(chosen) for chosen in combinations(conditional, size))
