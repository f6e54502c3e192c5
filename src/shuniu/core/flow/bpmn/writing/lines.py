"""Edges → sequence flows. An edge that several figures of its source lead along is drawn several times."""

from collections.abc import Iterator

from shuniu.core.flow.bpmn.names import is_nc_name
from shuniu.core.flow.bpmn.writing.figures import Drawing, Line, Shape, shape_of
from shuniu.core.flow.bpmn.writing.nodes import (
    catch_id,
    error_id,
    limit_ends_wait,
    limit_id,
    several,
    tag_of,
    ways_on_timeout,
)
from shuniu.core.flow.document import (
    ActionNode,
    ApprovalNode,
    ChoosingNode,
    Edge,
    FlowDocument,
    Node,
    On,
    SurveyNode,
    TaskNode,
    WaitNode,
    outcome_fact,
)


def draw_edge(edge: Edge, document: FlowDocument, drawing: Drawing) -> None:
    """Add the lines of one edge."""
    node = document.by_id[edge.source]
    for number, (source, condition) in enumerate(_sources(edge, node, document)):
        node_id = _line_id(edge, number, drawing.taken)
        line = Line(node_id, source, edge.target, edge, first=number == 0, condition=condition)
        line.dotted = edge.on is not None and source == node.id
        drawing.draw(line)
        if _is_default(edge, node, document) and source == node.id:
            drawing.defaults.setdefault(node.id, node_id)


def _line_id(edge: Edge, number: int, taken: set[str]) -> str:
    plain = f"Flow_{edge.id}" if is_nc_name(f"_{edge.id}") else f"Flow_{len(taken) + 1}"
    wanted = f"{plain}_{number + 1}" if number else plain
    while wanted in taken:
        wanted += "_"
    return wanted


def _sources(edge: Edge, node: Node, document: FlowDocument) -> Iterator[tuple[str, str | None]]:
    """Where the edge leaves from, with the condition written on it."""
    tag = tag_of(node, document)
    activity = shape_of(tag) is Shape.ACTIVITY
    if edge.on is not None:
        yield _exceptional(edge.on, node, document, activity=activity), None
    elif isinstance(node, WaitNode) and several(node, document):
        for key in _keys_along(edge, node, document):
            yield catch_id(node, key), None
    elif activity:
        yield from _from_activity(edge, node, document)
    else:
        yield node.id, condition_on(edge, node, document)


def _exceptional(on: On, node: Node, document: FlowDocument, *, activity: bool) -> str:
    if activity:
        return error_id(node) if on is On.ERROR else limit_id(node)
    if on is On.TIMEOUT and isinstance(node, WaitNode) and limit_ends_wait(node, document):
        return limit_id(node)
    # Nothing but an activity can carry a boundary event: drawn as a dotted line.
    return node.id


def _keys_along(edge: Edge, node: WaitNode, document: FlowDocument) -> list[str]:
    keys = list(dict.fromkeys(one.key for one in node.until))
    if edge.outcome is not None:
        return [edge.outcome] if edge.outcome in keys else keys[:1]
    named = {way.outcome for way in document.ways_out[node.id]}
    return [key for key in keys if key not in named] or keys[:1]


def _from_activity(edge: Edge, node: Node, document: FlowDocument) -> Iterator[tuple[str, str | None]]:
    timed = document.way_on(node.id, On.TIMEOUT) is None and edge.id in ways_on_timeout(node, document)
    if not (timed and _only_by_itself(edge, node)):
        yield node.id, condition_on(edge, node, document)
    if timed:
        yield limit_id(node), None


def _only_by_itself(edge: Edge, node: Node) -> bool:
    """Whether people are not offered the outcome: then only the timer leads along the edge."""
    if not isinstance(node, TaskNode | SurveyNode) or edge.outcome is None:
        return False
    return any(outcome.key == edge.outcome and outcome.automatic for outcome in node.outcomes)


def condition_on(edge: Edge, node: Node, document: FlowDocument) -> str | None:
    """What is written on a flow: the branch's condition, or the outcome it is taken on."""
    if _is_default(edge, node, document):
        return None
    if isinstance(node, ChoosingNode):
        return edge.condition
    if edge.outcome is not None and isinstance(node, TaskNode | ApprovalNode | SurveyNode | ActionNode):
        return f'{outcome_fact(node.id)} = "{edge.outcome}"'
    return None


def _is_default(edge: Edge, node: Node, document: FlowDocument) -> bool:
    if edge.on is not None:
        return False
    if isinstance(node, ChoosingNode):
        return edge.default
    if not isinstance(node, TaskNode | ApprovalNode | SurveyNode | ActionNode):
        return False
    ways = document.ways_out[node.id]
    return edge.outcome is None and any(way.outcome is not None for way in ways)
