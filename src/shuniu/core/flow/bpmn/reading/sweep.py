"""The last pass: every element that nobody spoke of is reported, or counted as part of what it stands in."""

from shuniu.core.flow.bpmn.names import OURS
from shuniu.core.flow.bpmn.reading.source import Source, standard
from shuniu.core.flow.bpmn.reading.tags import DIAGRAM, FLOW_NODES, NO_COUNTERPART, PARTS
from shuniu.core.flow.bpmn.report import Fate, Report, Row
from shuniu.core.flow.bpmn.xmltree import Element

_READ = {
    "assignee", "candidateUsers", "candidateGroups", "class", "delegateExpression", "expression", "topic", "type",
    "decisionRef", "resultVariable", "collection", "elementVariable", "inputCollection", "inputElement",
}  # fmt: skip
"""Attributes of other makers that reading looks at."""


def sweep(source: Source) -> Report:
    """The report over the whole file."""
    parts: dict[Element, dict[str, int]] = {}
    order = list(source.root.all())
    for element in order:
        if not source.ledger.spoke_of(element):
            _speak(source, element, parts)
    rows: list[Row] = [
        source.ledger.row(element, parts.get(element, {}), _left(element))
        for element in order
        if source.ledger.spoke_of(element)
    ]
    return Report(tuple(rows))


def _speak(source: Source, element: Element, parts: dict[Element, dict[str, int]]) -> None:
    ledger = source.ledger
    if element.parent is None:
        ledger.mapped(element, "文件已读取", "The file was read.")
    elif not standard(element.namespace):
        _foreign(source, element, parts)
    elif element.tag in DIAGRAM:
        _diagram(source, element)
    elif element.tag in PARTS or element.namespace == OURS:
        _part(source, element, parts)
    elif element.tag == "process":
        ledger.refused(element, "流程里没有节点，未导入", "The process holds no nodes; not taken over.")
    elif element.tag in NO_COUNTERPART:
        ledger.refused(element, *NO_COUNTERPART[element.tag])
    elif element.get("isForCompensation") == "true":
        ledger.refused(element, "没有自动执行用它来补偿", "No action is undone by it.")
    elif element.tag in FLOW_NODES:
        ledger.refused(element, "它所在的部分没有导入", "The part it stands in was not taken over.")
    else:
        ledger.refused(element, "没有对应，未导入", "It has no counterpart; not taken over.")


def _holder(source: Source, element: Element) -> Element:
    above = element.parent
    while above is not None and not source.ledger.spoke_of(above):
        above = above.parent
    return above if above is not None else source.root


def _count(source: Source, element: Element, parts: dict[Element, dict[str, int]]) -> None:
    counts = parts.setdefault(_holder(source, element), {})
    counts[element.tag] = counts.get(element.tag, 0) + 1


def _part(source: Source, element: Element, parts: dict[Element, dict[str, int]]) -> None:
    if not element.id:
        _count(source, element, parts)
        return
    holder = _holder(source, element)
    fate = source.ledger.fate(holder) or Fate.MAPPED
    name = holder.get("name") or holder.id or holder.tag
    source.ledger.say(element, fate, f"随「{name}」处理", f"Goes with “{name}”.")


def _foreign(source: Source, element: Element, parts: dict[Element, dict[str, int]]) -> None:
    """Extensions of other makers, one line for each; what stands inside one without an id is counted with it."""
    inside = element.parent is not None and element.parent.namespace == element.namespace
    if inside and not element.id and not element.get("name"):
        _count(source, element, parts)
        return
    source.ledger.refused(
        element,
        f"其他厂商的扩展 {element.tag} 未导入",
        f"The extension {element.tag} of another maker was not taken over.",
    )


def _diagram(source: Source, element: Element) -> None:
    drawn = source.ref(element.get("bpmnElement"))
    fate = source.ledger.fate(drawn) if drawn is not None else None
    if element.tag == "BPMNDiagram":
        source.ledger.mapped(element, "图的位置已读取", "The positions of the diagram were read.")
    elif drawn is None:
        source.ledger.refused(element, "它画的元素不存在", "What it draws is not in the file.")
    elif fate is Fate.REFUSED:
        source.ledger.refused(element, "它画的元素没有导入", "What it draws was not taken over.")
    else:
        source.ledger.mapped(element, "位置已读取", "Its position was read.")


def _left(element: Element) -> tuple[str, ...]:
    """Attributes of other makers that were not read."""
    left = []
    for key in element.attributes:
        namespace, _, name = key.lstrip("{").rpartition("}")
        if not standard(namespace) and name not in _READ:
            left.append(name)
    return tuple(left)
