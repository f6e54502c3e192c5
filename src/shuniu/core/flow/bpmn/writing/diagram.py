"""The diagram: a shape with its bounds for every figure, an edge with its waypoints for every line."""

from collections.abc import Mapping

from shuniu.core.flow.bpmn.names import BPMNDI, DC, DI
from shuniu.core.flow.bpmn.writing.details import number
from shuniu.core.flow.bpmn.writing.figures import SIZES, Drawing, Figure, Line
from shuniu.core.flow.bpmn.xmltree import Element

Point = tuple[float, float]


def waypoints(line: Line, drawing: Drawing, at: Mapping[str, Point]) -> list[Point]:
    """From the border of the source over the edge's own bends to the border of the target."""
    source, target = drawing.figure(line.source), drawing.figure(line.target)
    bends = [(one.x, one.y) for one in line.edge.points] if line.edge and line.first else []
    return [_leaves(source, at[source.id]), *bends, _arrives(target, at[target.id])]


def _leaves(figure: Figure, at: Point) -> Point:
    width, height = SIZES[figure.shape]
    if figure.host is not None:
        return at[0] + width / 2, at[1] + height
    return at[0] + width, at[1] + height / 2


def _arrives(figure: Figure, at: Point) -> Point:
    return at[0], at[1] + SIZES[figure.shape][1] / 2


def diagram(process: str, drawing: Drawing, at: Mapping[str, Point]) -> Element:
    plane = Element(BPMNDI, "BPMNPlane", {"id": "Plane_1", "bpmnElement": process})
    plane.children = [_shape(figure, at[figure.id]) for figure in drawing.figures]
    plane.children += [_edge(line, waypoints(line, drawing, at)) for line in drawing.lines]
    return Element(BPMNDI, "BPMNDiagram", {"id": "Diagram_1"}, [plane])


def _shape(figure: Figure, at: Point) -> Element:
    width, height = SIZES[figure.shape]
    attributes = {"id": f"Shape_{figure.id}", "bpmnElement": figure.id}
    if figure.tag == "exclusiveGateway":
        attributes["isMarkerVisible"] = "true"
    bounds = {"x": number(at[0]), "y": number(at[1]), "width": str(width), "height": str(height)}
    return Element(BPMNDI, "BPMNShape", attributes, [Element(DC, "Bounds", bounds)])


def _edge(line: Line, points: list[Point]) -> Element:
    drawn = [Element(DI, "waypoint", {"x": number(x), "y": number(y)}) for x, y in points]
    return Element(BPMNDI, "BPMNEdge", {"id": f"Edge_{line.id}", "bpmnElement": line.id}, drawn)
