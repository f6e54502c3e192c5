"""Where figures stand: as the canvas has them; else in columns by their distance from the start."""

from collections import deque
from collections.abc import Mapping
from math import isfinite

from shuniu.core.flow.bpmn.writing.figures import SIZES, Drawing, Figure, Shape
from shuniu.core.flow.document import FlowDocument, Position, StartNode

COLUMN = 200
ROW = 160
MARGIN = 100


def columns(document: FlowDocument) -> dict[str, Position]:
    """A position for every node: column by distance from the start, row by order of arrival."""
    waiting = deque(node.id for node in document.nodes if isinstance(node, StartNode))
    rank = dict.fromkeys(waiting, 0)
    while waiting:
        here = waiting.popleft()
        for way in document.all_ways_out[here]:
            if way.target not in rank:
                rank[way.target] = rank[here] + 1
                waiting.append(way.target)
    last = max(rank.values(), default=-1) + 1
    for node in document.nodes:
        rank.setdefault(node.id, last)
    filled: dict[int, int] = {}
    made: dict[str, Position] = {}
    for node_id, column in rank.items():
        row = filled.get(column, 0)
        filled[column] = row + 1
        made[node_id] = Position(x=MARGIN + column * COLUMN, y=MARGIN + row * ROW)
    return made


def placed(document: FlowDocument, node: str) -> Position | None:
    """Where the canvas draws the node, if anybody has put it somewhere."""
    position = document.layout.get(node)
    if position is None or not (isfinite(position.x) and isfinite(position.y)):
        return None
    return position


def places(document: FlowDocument, drawing: Drawing) -> dict[str, tuple[float, float]]:
    """The upper left corner of every figure."""
    automatic = columns(document)
    below = max((one.y for node_id in document.by_id if (one := placed(document, node_id))), default=None)
    found: dict[str, tuple[float, float]] = {}
    beside: dict[str, int] = {}
    for figure in drawing.figures:
        if figure.main:
            found[figure.id] = _main(figure, document, automatic, below)
        else:
            count = beside[figure.node.id] = beside.get(figure.node.id, -1) + 1
            found[figure.id] = _beside(figure, count, found[figure.node.id])
    return found


def _main(
    figure: Figure, document: FlowDocument, automatic: Mapping[str, Position], below: float | None
) -> tuple[float, float]:
    given = placed(document, figure.id)
    if given is not None:
        return given.x, given.y
    # Nodes nobody has placed stand clear below those somebody has.
    down = 0 if below is None else below + ROW
    width, height = SIZES[figure.shape]
    at = automatic[figure.id]
    wide, high = SIZES[Shape.ACTIVITY]
    return at.x + (wide - width) / 2, at.y + down + (high - height) / 2


def _beside(figure: Figure, count: int, node: tuple[float, float]) -> tuple[float, float]:
    x, y = node
    if figure.host is not None:
        return x + 8 + 28 * count, y + SIZES[Shape.ACTIVITY][1] - SIZES[Shape.EVENT][1] / 2
    if figure.tag == "intermediateCatchEvent":
        return x + 90, y + 7 + 56 * count
    return x + 40 + 60 * count, y + 130
