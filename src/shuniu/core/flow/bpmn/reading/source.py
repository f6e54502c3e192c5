"""The file as it is read: its ids, its diagram, and the ledger of what became of it."""

from dataclasses import dataclass, field

from shuniu.core.flow.bpmn.errors import BpmnError
from shuniu.core.flow.bpmn.names import BPMN, BPMNDI, DC, DI, OURS, XSI
from shuniu.core.flow.bpmn.report import Ledger
from shuniu.core.flow.bpmn.xmltree import Element, parse

Point = tuple[float, float]
_STANDARD = frozenset({BPMN, BPMNDI, DC, DI, XSI, OURS, ""})


def standard(namespace: str) -> bool:
    """Whether a namespace is BPMN's own (drafts of it included), or ours; else it is another maker's."""
    return namespace in _STANDARD or "omg.org/spec" in namespace


@dataclass(slots=True)
class Source:
    root: Element
    ledger: Ledger = field(default_factory=Ledger)
    by_id: dict[str, Element] = field(default_factory=dict)
    bounds: dict[str, Point] = field(default_factory=dict)
    """The upper left corner of shapes, by the id of what they draw."""
    waypoints: dict[str, list[Point]] = field(default_factory=dict)
    message_flows: dict[str, Element] = field(default_factory=dict)
    """The message flow at each end, by the id of what it ends at."""

    def ref(self, name: str | None) -> Element | None:
        """What a reference points at; the prefix of a qualified name is not looked at."""
        if not name:
            return None
        name = name.strip()
        return self.by_id.get(name) or self.by_id.get(name.rpartition(":")[2])

    @property
    def language(self) -> str:
        return self.root.get("expressionLanguage") or ""


def open_source(data: bytes | str) -> Source:
    """The file, indexed. BpmnError when it is not BPMN 2.0."""
    root = parse(data)
    if root.tag != "definitions" or "BPMN" not in root.namespace.upper():
        raise BpmnError(
            "not_bpmn",
            f"这不是 BPMN 2.0 文件（根元素是 {root.tag}）",
            f"This is not a BPMN 2.0 file (its root is {root.tag}).",
        )
    source = Source(root)
    for element in root.all():
        if element.id and element.tag not in ("BPMNShape", "BPMNEdge"):
            source.by_id.setdefault(element.id, element)
        _drawn(element, source)
        if element.tag == "messageFlow":
            for end in ("sourceRef", "targetRef"):
                source.message_flows.setdefault((element.get(end) or "").rpartition(":")[2], element)
    return source


def _drawn(element: Element, source: Source) -> None:
    of = element.get("bpmnElement", "") or ""
    of = of if of in source.by_id else of.rpartition(":")[2]
    if element.tag == "BPMNShape":
        bounds = element.one("Bounds")
        at = _point(bounds) if bounds else None
        if at is not None:
            source.bounds.setdefault(of, at)
    elif element.tag == "BPMNEdge":
        points = [at for one in element.every("waypoint") if (at := _point(one)) is not None]
        source.waypoints.setdefault(of, points)


def _point(element: Element) -> Point | None:
    try:
        at = float(element.get("x") or ""), float(element.get("y") or "")
    except ValueError:
        return None
    return at if all(abs(one) < 1e9 for one in at) else None
