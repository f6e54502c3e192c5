"""Where figures stand: as the canvas has them; else in columns by their distance from the start."""

from collections.abc import Mapping
from math import isfinite

from shuniu.core.flow.bpmn.writing.figures import SIZES, Drawing, Figure, Shape
from shuniu.core.flow.document import FlowDocument, Position, StartNode

COLUMN = 200
ROW = 220
MARGIN = 100


def columns(document: FlowDocument) -> dict[str, Position]:
    """A position for every node: its column by the longest way to it, its row near the node before it."""
    order = _before_others(document)
    rank = dict.fromkeys(order, 0)
    at = {node: number for number, node in enumerate(order)}
    for node in order:
        for way in document.all_ways_out[node]:
            # a way back to what stands earlier does not push it further
            if at[way.target] > at[node]:
                rank[way.target] = max(rank[way.target], rank[node] + 1)
    filled: set[tuple[int, int]] = set()
    rows: dict[str, int] = {}
    for node in order:
        before = [rows[way.source] for way in document.ways_in[node] if way.source in rows]
        row = min(before, default=0)
        while (rank[node], row) in filled:
            row += 1
        filled.add((rank[node], row))
        rows[node] = row
    return {
        node: Position(x=MARGIN + rank[node] * COLUMN, y=MARGIN + row * ROW) for node, row in rows.items()
    }


def _before_others(document: FlowDocument) -> list[str]:
    """The nodes so that each stands before those it leads to, but for ways back; from the start, depth first."""
    starts = [node.id for node in document.nodes if isinstance(node, StartNode)]
    finished: list[str] = []
    seen: set[str] = set()
    for root in [*starts, *document.by_id]:
        waiting = [(root, False)]
        while waiting:
            node, done = waiting.pop()
            if done:
                finished.append(node)
            elif node not in seen:
                seen.add(node)
                waiting.append((node, True))
                waiting += [(way.target, False) for way in document.all_ways_out[node]]
    # the last to be finished comes first; nodes no start leads to stand behind those it does
    return finished[::-1] if not starts else _starts_first(finished[::-1], starts[0])


def _starts_first(order: list[str], start: str) -> list[str]:
    cut = order.index(start)
    return order[cut:] + order[:cut]


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
    return x + 40 + 60 * count, y + 115
