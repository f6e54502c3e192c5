"""Where the edges lead: nothing unreachable, an end ahead of every node, no loop that never waits."""

from collections.abc import Iterator, Mapping

from shuniu.core.flow.approvals import OnReject
from shuniu.core.flow.checks.problems import Problem, of
from shuniu.core.flow.document import ApprovalNode, EndNode, FlowDocument, JoinNode, StartNode, stays
from shuniu.core.flow.reach import leads_to


def paths(document: FlowDocument) -> Iterator[Problem]:
    after = {node.id: set(leads_to(node, document)) for node in document.nodes}
    before: dict[str, set[str]] = {node.id: set() for node in document.nodes}
    for source, targets in after.items():
        for target in targets:
            before[target].add(source)
    reached = closure({document.start.id}, after)
    ends = {
        node.id
        for node in document.nodes
        if isinstance(node, EndNode) or (isinstance(node, ApprovalNode) and node.on_reject is OnReject.END)
    }
    ending = closure(ends, before)
    passing = {node.id for node in document.nodes if not stays(node) or isinstance(node, JoinNode)}
    automatic = {source: targets & passing for source, targets in after.items() if source in passing}
    for node in document.nodes:
        if isinstance(node, StartNode) and document.ways_in[node.id]:
            yield of(
                "start_again", node, "是开始节点，不能连回来", "is the start; nothing may lead back to it."
            )
        if node.id not in reached:
            yield of("unreachable", node, "从开始走不到", "cannot be reached from the start.")
        elif node.id not in ending:
            yield of("never_ends", node, "之后走不到结束", "leads to no end.")
        if node.id in passing and node.id in closure(automatic.get(node.id, set()), automatic):
            yield of(
                "endless_loop",
                node,
                "会一直自动循环，中间需要有人处理的节点",
                "loops by itself for ever; a step that waits must lie between.",
            )


def closure(seeds: set[str], neighbours: Mapping[str, set[str]]) -> set[str]:
    """Everything that can be reached from the seeds, themselves included."""
    found = set(seeds)
    todo = list(seeds)
    while todo:
        for other in neighbours.get(todo.pop(), set()) - found:
            found.add(other)
            todo.append(other)
    return found
