"""Nodes → figures. `TAGS` is the table; the functions below add what stands inside or beside the figure."""

from collections.abc import Callable
from typing import Any

from shuniu.core.flow.approvals import Mode
from shuniu.core.flow.bpmn.names import clean, is_nc_name
from shuniu.core.flow.bpmn.writing.build import bpmn, expression
from shuniu.core.flow.bpmn.writing.events import timer, trigger_definition, wait_definition
from shuniu.core.flow.bpmn.writing.figures import Drawing, Figure, Line, Shape, shape_of
from shuniu.core.flow.bpmn.xmltree import Element
from shuniu.core.flow.document import (
    ActionNode,
    ApprovalNode,
    EndNode,
    FlowDocument,
    JoinMode,
    JoinNode,
    Node,
    On,
    SettleNode,
    StartNode,
    SubflowNode,
    SurveyNode,
    TaskNode,
    UndoNode,
    WaitNode,
    asks_system,
)
from shuniu.core.flow.people import People

TAGS: dict[str, str] = {
    "start": "startEvent",
    "task": "userTask",
    "approval": "userTask",
    "survey": "userTask",
    "branch": "exclusiveGateway",
    "inclusive": "inclusiveGateway",
    "parallel": "parallelGateway",
    "join": "inclusiveGateway",
    "wait": "intermediateCatchEvent",
    "action": "serviceTask",
    "notify": "sendTask",
    "settle": "serviceTask",
    "undo": "intermediateThrowEvent",
    "subflow": "callActivity",
    "milestone": "intermediateThrowEvent",
    "end": "endEvent",
}
JOINS = {
    JoinMode.ALL: "parallelGateway",
    JoinMode.ACTIVE: "inclusiveGateway",
    JoinMode.N_OF_M: "complexGateway",
}


def limit_id(node: Node) -> str:
    """The boundary timer (or, at a wait, the catch event) of a node's limit."""
    return f"Limit_{node.id}"


def error_id(node: Node) -> str:
    """The boundary event of a node's error path."""
    return f"Error_{node.id}"


def catch_id(node: Node, key: str) -> str:
    """The catch event behind the event gateway of a wait for the first of several."""
    return f"Catch_{node.id}_{key}"


def escalation_id(node: Node) -> str:
    return f"Escalation_{node.id}"


def tag_of(node: Node, document: FlowDocument) -> str:
    """The element that stands for a node."""
    if isinstance(node, JoinNode):
        return JOINS[node.mode]
    if isinstance(node, WaitNode) and several(node, document):
        return "eventBasedGateway"
    if asks_system(node) is not None:
        return "serviceTask"
    return TAGS[node.type]


def several(node: WaitNode, document: FlowDocument) -> bool:
    """Whether a wait is drawn as an event gateway with a catch event for each thing that may come."""
    return len(node.until) > 1 or limit_ends_wait(node, document)


def limit_ends_wait(node: WaitNode, document: FlowDocument) -> bool:
    way = document.way_on(node.id, On.TIMEOUT)
    return node.deadline is not None and way is not None and not way.beside


def draw_node(node: Node, document: FlowDocument, drawing: Drawing) -> None:
    """Add the node's figures, and the lines among them."""
    tag = tag_of(node, document)
    figure = Figure(node.id, tag, node, main=True, name=clean(node.name.zh))
    if (body := _BODIES.get(node.type)) is not None:
        body(figure, node, drawing)
    drawing.figures.append(figure)
    if isinstance(node, WaitNode) and tag == "eventBasedGateway":
        _catches(node, document, drawing)
    if shape_of(tag) is Shape.ACTIVITY:
        _boundaries(node, document, drawing)


def _start(figure: Figure, node: StartNode, drawing: Drawing) -> None:
    figure.body = [trigger_definition(trigger, drawing) for trigger in node.triggers]


def _end(figure: Figure, node: EndNode, _drawing: Drawing) -> None:
    if node.terminate:
        figure.body = [bpmn("terminateEventDefinition")]


def _asking(figure: Figure, node: TaskNode | ApprovalNode | SurveyNode, _drawing: Drawing) -> None:
    if isinstance(node, ApprovalNode) and not node.levels:
        return
    if figure.tag == "userTask":
        figure.body = [_owner(node.people)]
    if isinstance(node, ApprovalNode):
        figure.body.append(_levels(node))


def _owner(people: People) -> Element:
    said = ", ".join(f"{key}: {value}" for key, value in people.model_dump(mode="json").items())
    assigned = bpmn("resourceAssignmentExpression", bpmn("formalExpression", text=clean(said)))
    return bpmn("potentialOwner", assigned)


def _levels(node: ApprovalNode) -> Element:
    """One level is one instance for each person; several levels are one instance each, in turn."""
    if len(node.levels) > 1:
        levels = expression("loopCardinality", str(len(node.levels)))
        return bpmn("multiInstanceLoopCharacteristics", levels, isSequential="true")
    level = node.levels[0]
    in_turn = "true" if level.mode is Mode.IN_TURN else "false"
    enough = {Mode.ANY: "numberOfCompletedInstances >= 1"}.get(level.mode)
    if level.mode is Mode.N_OF_M:
        share = f"numberOfInstances * {level.percent} / 100" if level.percent else level.needed
        enough = f"numberOfCompletedInstances >= {share}"
    # every reader wants a cardinality; how many people there are is known when they are asked
    parts = [expression("loopCardinality", "count(处理人)")]
    parts += [expression("completionCondition", enough)] if enough else []
    return bpmn("multiInstanceLoopCharacteristics", *parts, isSequential=in_turn)


def _join(figure: Figure, node: JoinNode, _drawing: Drawing) -> None:
    if node.mode is JoinMode.N_OF_M:
        figure.body = [expression("activationCondition", f"activationCount >= {node.needed}")]


def _wait(figure: Figure, node: WaitNode, drawing: Drawing) -> None:
    if figure.tag == "intermediateCatchEvent":
        figure.body = [wait_definition(node.until[0], drawing)]


def _undo(figure: Figure, node: UndoNode, _drawing: Drawing) -> None:
    figure.body = [bpmn("compensateEventDefinition")]


def _subflow(figure: Figure, node: SubflowNode, _drawing: Drawing) -> None:
    if is_nc_name(node.flow):
        figure.attributes["calledElement"] = node.flow
    if node.rows is None and node.count is None:
        return
    many = f"count({node.rows})" if node.rows is not None else str(node.count)
    loop = bpmn("multiInstanceLoopCharacteristics", isSequential="true" if node.in_turn else "false")
    loop.children.append(expression("loopCardinality", many))
    if node.needed:
        loop.children.append(
            expression("completionCondition", f"numberOfCompletedInstances >= {node.needed}")
        )
    figure.body = [loop]


_BODIES: dict[str, Callable[[Figure, Any, Drawing], None]] = {
    "start": _start,
    "task": _asking,
    "approval": _asking,
    "survey": _asking,
    "join": _join,
    "wait": _wait,
    "undo": _undo,
    "subflow": _subflow,
    "end": _end,
}


def _catches(node: WaitNode, document: FlowDocument, drawing: Drawing) -> None:
    """The catch events behind the gateway, and its flows to them."""
    keys = dict.fromkeys(one.key for one in node.until)
    waits = {one.key: one for one in node.until}
    for key in keys:
        wait = waits[key]
        name = clean(wait.name.zh) if wait.name else None
        body = [wait_definition(wait, drawing)]
        catch = catch_id(node, key)
        drawing.figures.append(Figure(catch, "intermediateCatchEvent", node, name=name, body=body))
        drawing.draw(Line(f"Flow_{catch}", node.id, catch))
    if limit_ends_wait(node, document) and node.deadline is not None:
        catch = limit_id(node)
        body = [timer(node.deadline.amount, node.deadline.unit)]
        drawing.figures.append(Figure(catch, "intermediateCatchEvent", node, body=body))
        drawing.draw(Line(f"Flow_{catch}", node.id, catch))


def _boundaries(node: Node, document: FlowDocument, drawing: Drawing) -> None:
    _limit(node, document, drawing)
    if document.way_on(node.id, On.ERROR) is not None:
        _boundary(error_id(node), node, bpmn("errorEventDefinition"), drawing)
    if isinstance(node, ActionNode | SettleNode) and node.undo is not None:
        _boundary(f"Undo_{node.id}", node, bpmn("compensateEventDefinition"), drawing)
        handler = Figure(f"Undone_{node.id}", "serviceTask", node, name=clean(node.undo.effect))
        handler.attributes = {"isForCompensation": "true"}
        drawing.figures.append(handler)
        drawing.draw(Line(f"UndoWay_{node.id}", f"Undo_{node.id}", handler.id, dotted=True))


def _boundary(id: str, node: Node, definition: Element, drawing: Drawing, *, interrupts: bool = True) -> None:
    attributes = {"attachedToRef": node.id, **({} if interrupts else {"cancelActivity": "false"})}
    figure = Figure(id, "boundaryEvent", node, attributes=attributes, body=[definition], host=node.id)
    drawing.figures.append(figure)


def _limit(node: Node, document: FlowDocument, drawing: Drawing) -> None:
    """The limit is drawn where something happens when it passes; its reminders stay in our details."""
    limit = node.deadline
    way = document.way_on(node.id, On.TIMEOUT)
    if limit is None:
        if way is not None:
            _boundary(limit_id(node), node, bpmn("timerEventDefinition"), drawing)
        return
    definition = timer(limit.amount, limit.unit)
    if way is not None:
        _boundary(limit_id(node), node, definition, drawing, interrupts=not way.beside)
    elif ways_on_timeout(node, document):
        _boundary(limit_id(node), node, definition, drawing)
    elif limit.escalated:
        _boundary(limit_id(node), node, definition, drawing, interrupts=False)
        end = Figure(escalation_id(node), "endEvent", node, body=[bpmn("escalationEventDefinition")])
        drawing.figures.append(end)
        drawing.draw(Line(f"Flow_{end.id}", limit_id(node), end.id))


def ways_on_timeout(node: Node, document: FlowDocument) -> list[str]:
    """The ids of the edges taken by the outcome with which a limit closes the step."""
    outcome = node.deadline.timeout if node.deadline else None
    if outcome is None:
        return []
    ways = document.ways_out[node.id]
    named = [way.id for way in ways if way.outcome == outcome]
    return named or [way.id for way in ways if way.outcome is None]
