"""Whether the pieces fit together at all: ids, one start, an end, edges that lead somewhere."""

from collections.abc import Iterator

from shuniu.core.flow.checks.problems import Problem, of
from shuniu.core.flow.document import EndNode, FlowDocument, StartNode


def shape(document: FlowDocument) -> Iterator[Problem]:
    for kind, ids in (
        ("node", [node.id for node in document.nodes]),
        ("edge", [edge.id for edge in document.edges]),
        ("form", [form.key for form in document.forms]),
    ):
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            yield of(f"{kind}_twice", None, f"编号 {twice} 出现两次", f"The id {twice} is used twice.")
    starts = [node for node in document.nodes if isinstance(node, StartNode)]
    if len(starts) != 1:
        yield of("one_start", None, "流程需要且只能有一个开始节点", "A flow has exactly one start.")
    if not any(isinstance(node, EndNode) for node in document.nodes):
        yield of("no_end", None, "流程需要一个结束节点", "A flow needs an end.")
    for edge in document.edges:
        for end in (edge.source, edge.target):
            if end not in document.by_id:
                yield of(
                    "edge_to_nowhere",
                    None,
                    f"连线 {edge.id} 指向不存在的节点 {end}",
                    f"Edge {edge.id} leads to {end}, which is not there.",
                )
