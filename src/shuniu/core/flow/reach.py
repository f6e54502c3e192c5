"""Which nodes can still send a token to a join without passing through it. Depends on the document alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from shuniu.core.flow.approvals import OnReject
from shuniu.core.flow.document import ApprovalNode, FlowDocument, Node


@dataclass(frozen=True, slots=True)
class Reach:
    """`by_edge`: for each edge into the join, the nodes from which it can be reached; `nodes`: all of them."""

    by_edge: Mapping[str, frozenset[str]]
    nodes: frozenset[str]


def reach_of(document: FlowDocument, join: str) -> Reach:
    return _reaches(_Held(document))[join]


def leads_to(node: Node, document: FlowDocument) -> Iterator[str]:
    """Every node a token here may go to next: error paths, timeouts and rejections included."""
    for edge in document.all_ways_out[node.id]:
        yield edge.target
    if isinstance(node, ApprovalNode) and node.on_reject is OnReject.RETURN and node.reject_to:
        yield node.reject_to


class _Held:
    """A document as a cache's key: by what it is, not by what it says. The cache keeps it alive."""

    __slots__ = ("document",)

    def __init__(self, document: FlowDocument) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.document is self.document


@lru_cache(maxsize=256)
def _reaches(held: _Held) -> Mapping[str, Reach]:
    document = held.document
    before: dict[str, set[str]] = {node.id: set() for node in document.nodes}
    for node in document.nodes:
        for target in leads_to(node, document):
            before.setdefault(target, set()).add(node.id)
    return {node.id: _reach(document, node.id, before) for node in document.nodes if node.type == "join"}


def _reach(document: FlowDocument, join: str, before: Mapping[str, set[str]]) -> Reach:
    by_edge = {}
    for edge in document.ways_in[join]:
        found: set[str] = set()
        todo = [edge.source]
        while todo:
            here = todo.pop()
            if here != join and here not in found:
                found.add(here)
                todo.extend(before[here])
        by_edge[edge.id] = frozenset(found)
    return Reach(by_edge, frozenset().union(*by_edge.values()))
