"""The diagram: a shape with its bounds for every figure, an edge with its waypoints for every line."""

from collections.abc import Mapping

from shuniu.core.flow.bpmn.names import BPMNDI, DC, DI
from shuniu.core.flow.bpmn.writing.details import number
from shuniu.core.flow.bpmn.writing.figures import SIZES, Drawing, Figure, Line
from shuniu.core.flow.bpmn.writing.layout import COLUMN, ROW
from shuniu.core.flow.bpmn.xmltree import Element

GAP = 20
Point = tuple[float, float]


def waypoints(line: Line, drawing: Drawing, at: Mapping[str, Point]) -> list[Point]:
    """From the border of the source over the edge's own bends to the border of the target."""
    source, target = drawing.by_id[line.source], drawing.by_id[line.target]
    start, end = _leaves(source, at[source.id]), _arrives(target, at[target.id])
    drawn = [(one.x, one.y) for one in line.edge.points] if line.edge and line.first else []
    return [start, *(drawn or _bends(start, end, down=source.host is not None)), end]


def _bends(start: Point, end: Point, *, down: bool) -> list[Point]:
    """Right angles: down from a boundary event, across and along to what stands further right, round below back."""
    if down and end[0] - GAP > start[0] and end[1] > start[1]:
        return [(start[0], end[1])]
    if not down and end[0] > start[0]:
        if start[1] == end[1] and end[0] - start[0] < COLUMN * 1.2:
            return []
        if start[1] == end[1]:
            # something may stand between them: over it
            above = start[1] - ROW / 4
            return [
                (start[0] + GAP, start[1]),
                (start[0] + GAP, above),
                (end[0] - GAP, above),
                (end[0] - GAP, end[1]),
            ]
        middle = min((start[0] + end[0]) / 2, start[0] + COLUMN / 4)
        return [(middle, start[1]), (middle, end[1])]
    below = max(start[1], end[1]) + ROW / 2 - GAP / 2
    out = [(start[0], below)] if down else [(start[0] + GAP, start[1]), (start[0] + GAP, below)]
    return [*out, (end[0] - GAP, below), (end[0] - GAP, end[1])]


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
