"""Writing: a flow document as a BPMN 2.0 file with its diagram."""

from collections.abc import Mapping

from shuniu.core.flow.bpmn.errors import BpmnError
from shuniu.core.flow.bpmn.names import BPMN, FEEL, FLOWS, clean, is_nc_name
from shuniu.core.flow.bpmn.writing.build import bpmn, expression, extension
from shuniu.core.flow.bpmn.writing.details import edge_details, flow_details, node_details, part_of
from shuniu.core.flow.bpmn.writing.diagram import diagram, waypoints
from shuniu.core.flow.bpmn.writing.figures import Drawing, Figure, Line
from shuniu.core.flow.bpmn.writing.layout import places
from shuniu.core.flow.bpmn.writing.lines import draw_edge
from shuniu.core.flow.bpmn.writing.nodes import draw_node
from shuniu.core.flow.bpmn.xmltree import Element
from shuniu.core.flow.bpmn.xmlwrite import write
from shuniu.core.flow.document import FlowDocument

Places = Mapping[str, tuple[float, float]]


def to_bpmn(document: FlowDocument, *, key: str = "flow") -> str:
    """The document as a BPMN 2.0 file. `key` names the flow, and its process where it may be an XML id.

    BpmnError when ids occur twice or an edge leads nowhere: such a document has no drawing.
    """
    _refuse_broken(document)
    drawing = Drawing()
    for node in document.nodes:
        draw_node(node, document, drawing)
    for edge in document.edges:
        draw_edge(edge, document, drawing)
    at = places(document, drawing)
    process = key if is_nc_name(key) and key not in document.by_id else "Process_1"
    return write(
        Element(
            BPMN,
            "definitions",
            {
                "id": "Definitions_1",
                "targetNamespace": FLOWS,
                "expressionLanguage": FEEL,
                "exporter": "Shuniu",
            },
            [
                *drawing.roots.values(),
                _process(process, key, document, drawing, at),
                diagram(process, drawing, at),
            ],
        )
    )


def _refuse_broken(document: FlowDocument) -> None:
    nodes = [node.id for node in document.nodes]
    edges = [edge.id for edge in document.edges]
    known = set(nodes)
    if len(known) != len(nodes) or len(set(edges)) != len(edges):
        raise BpmnError(
            "ids_twice", "有编号出现两次，无法导出", "An id is used twice; it cannot be exported."
        )
    if any(end not in known for edge in document.edges for end in (edge.source, edge.target)):
        raise BpmnError(
            "edge_to_nowhere",
            "有连线指向不存在的节点，无法导出",
            "An edge leads to a node that is not there; it cannot be exported.",
        )


def _process(id: str, key: str, document: FlowDocument, drawing: Drawing, at: Places) -> Element:
    order = {node.id: number for number, node in enumerate(document.nodes)}
    nodes = [_flow_node(figure, order[figure.node.id], document, drawing, at) for figure in drawing.figures]
    edges = {edge.id: number for number, edge in enumerate(document.edges)}
    lines = [(line.dotted, _flow(line, edges, drawing, at)) for line in drawing.lines]
    return bpmn(
        "process",
        extension(flow_details(document, key)),
        *nodes,
        *(element for dotted, element in lines if not dotted),
        *(element for dotted, element in lines if dotted),
        id=id,
        name=clean(document.name.zh),
        isExecutable="true",
    )


def _flow_node(figure: Figure, order: int, document: FlowDocument, drawing: Drawing, at: Places) -> Element:
    node = figure.node
    made = bpmn(figure.tag, id=figure.id, name=figure.name)
    made.attributes.update(figure.attributes)
    if figure.id in drawing.defaults:
        made.attributes["default"] = drawing.defaults[figure.id]
    if figure.main and node.guide is not None:
        made.children.append(bpmn("documentation", text=clean(node.guide.zh)))
    own = node_details(node, order, document, at[figure.id]) if figure.main else part_of(node.id)
    made.children.append(extension(own))
    made.children += [bpmn("incoming", text=line) for line in drawing.lines_in.get(figure.id, ())]
    made.children += [bpmn("outgoing", text=line) for line in drawing.lines_out.get(figure.id, ())]
    made.children += figure.body
    return made


def _flow(line: Line, order: Mapping[str, int], drawing: Drawing, at: Places) -> Element:
    edge = line.edge
    if edge is None:
        own = part_of(drawing.by_id[line.source].node.id)
    elif line.first:
        own = edge_details(edge, order[edge.id], waypoints(line, drawing, at))
    else:
        own = part_of(edge.id)
    made = bpmn(
        "association" if line.dotted else "sequenceFlow",
        extension(own),
        id=line.id,
        name=clean(edge.name.zh) if edge and edge.name and not line.dotted else None,
        sourceRef=line.source,
        targetRef=line.target,
        associationDirection="One" if line.dotted else None,
    )
    if line.condition:
        made.children.append(expression("conditionExpression", line.condition))
    return made
