"""Reading: a BPMN 2.0 file as flow documents, with a report of every element."""

from dataclasses import dataclass

from shuniu.core.flow.bpmn.names import slug
from shuniu.core.flow.bpmn.reading.artifacts import Places, collaborations, data, loose_notes, notes
from shuniu.core.flow.bpmn.reading.pieces import Flow
from shuniu.core.flow.bpmn.reading.scope import read_process
from shuniu.core.flow.bpmn.reading.source import Source, open_source
from shuniu.core.flow.bpmn.reading.sweep import sweep
from shuniu.core.flow.bpmn.reading.tags import FLOW_NODES
from shuniu.core.flow.bpmn.report import Report
from shuniu.core.flow.bpmn.xmltree import Element
from shuniu.core.flow.document import FlowDocument


@dataclass(frozen=True, slots=True)
class ImportedFlow:
    """One flow. `main` false: made of a repeated part of another, which runs it as a sub-flow."""

    key: str
    document: FlowDocument
    main: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """`flows` is empty when the file holds no process with nodes."""

    flows: tuple[ImportedFlow, ...]
    report: Report


def from_bpmn(file: bytes | str) -> Imported:
    """Every process of the file as a flow, and what became of each element. BpmnError when it is not BPMN 2.0."""
    source = open_source(file)
    flows: list[Flow] = []
    for process, key in _processes(source):
        before = len(flows)
        read_process(source, process, flows, key, _pool(source, process))
        source.ledger.mapped(process, "成为流程", "It became a flow.", flow=flows[before].draft.key)
    places = _places(source, flows)
    notes(source, places)
    loose_notes(source, flows)
    data(source, flows)
    collaborations(source, flows, places)
    made = tuple(ImportedFlow(flow.draft.key, flow.draft.finish(), flow.main) for flow in flows)
    return Imported(made, sweep(source))


def _processes(source: Source) -> list[tuple[Element, str]]:
    taken: set[str] = set()
    found = [
        one
        for one in source.root.every("process")
        if any(child.tag in FLOW_NODES or child.tag == "laneSet" for child in one.children)
        and any(child.tag in FLOW_NODES for child in one.children)
    ]
    return [(one, slug(one.id or "flow", taken, "flow")) for one in found]


def _pool(source: Source, process: Element) -> str | None:
    for participant in (one for one in source.root.all() if one.tag == "participant"):
        if source.ref(participant.get("processRef")) is process:
            return (participant.get("name") or "").strip() or None
    return None


def _places(source: Source, flows: list[Flow]) -> Places:
    drafts = {flow.draft.key: flow for flow in flows}
    places: Places = {}
    for element in source.root.all():
        place = source.ledger.place(element)
        if place is None or element.tag not in (*FLOW_NODES, "boundaryEvent"):
            continue
        flow, node = place
        if flow in drafts and node in drafts[flow].draft.nodes:
            places[element] = drafts[flow], node
    return places
