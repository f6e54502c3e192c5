"""Files of ours: nodes and edges are restored from their details, and taken from the drawing where it was changed."""

import re
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shuniu.core.flow.bpmn.names import OURS, clean, slug
from shuniu.core.flow.bpmn.reading.conditions import to_feel
from shuniu.core.flow.bpmn.reading.draft import words
from shuniu.core.flow.bpmn.reading.pieces import Fan, Piece, Scope
from shuniu.core.flow.bpmn.reading.source import Point
from shuniu.core.flow.bpmn.reading.tags import FLOW_NODES
from shuniu.core.flow.bpmn.xmltree import Element
from shuniu.core.flow.document import Edge, FlowDocument, Node
from shuniu.core.flow.words import Words

_NODE: TypeAdapter[Node] = TypeAdapter(Node)
_JSON: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
_POINT = re.compile(r"(-?[\d.e+\-]+),(-?[\d.e+\-]+)")


def _details(element: Element, tag: str) -> Element | None:
    for box in element.every("extensionElements"):
        for one in box.children:
            if one.namespace == OURS and one.tag == tag:
                return one
    return None


def is_ours(scope: Scope) -> bool:
    return _details(scope.container, "flow") is not None


def take_flow(scope: Scope) -> None:
    """What our file says about the flow as a whole."""
    details = _details(scope.container, "flow")
    if details is None:
        return
    try:
        content = _JSON.validate_json(details.text)
        FlowDocument.model_validate({**content, "nodes": (), "edges": ()})
    except ValidationError:
        scope.near(
            details, "枢纽的流程设置读不出来，未采用", "Our own details of the flow cannot be read; not used."
        )
        return
    scope.draft.content = content
    scope.draft.key = details.get("key") or scope.draft.key
    name = Words.model_validate(content["name"])
    if clean(name.zh) == (scope.container.get("name") or ""):
        scope.draft.name = name.model_dump()
    scope.mapped(details, "恢复流程设置、表单和事实", "Settings, forms and facts of the flow were restored.")
    scope.mapped(scope.container, "恢复为流程", "Restored as a flow.")


def take_nodes(scope: Scope) -> None:
    """Nodes that carry our details stand as they were; what was drawn beside them belongs to them."""
    if is_ours(scope):
        _roots(scope)
    for element in scope.container.children:
        if element.tag not in FLOW_NODES and element.tag != "boundaryEvent":
            continue
        node = _details(element, "node")
        if node is not None:
            _restore(scope, element, node)
    for element in scope.container.children:
        part = _details(element, "part")
        if part is not None:
            _part(scope, element, part)


def _roots(scope: Scope) -> None:
    """Messages and signals that our nodes and what is drawn beside them refer to."""
    for element in scope.container.all():
        root = scope.element(element.get("messageRef") or element.get("signalRef"))
        if root is not None:
            scope.mapped(root, "节点的设置里已有", "The settings of the node have it.")


def _restore(scope: Scope, element: Element, details: Element) -> None:
    try:
        node = _NODE.validate_json(details.text)
    except ValidationError:
        scope.near(
            details,
            "枢纽的节点设置读不出来，按普通元素导入",
            "Our own details cannot be read; taken as a plain element.",
        )
        return
    content = node.model_dump(mode="json")
    wanted = element.id if element.id and re.fullmatch(r"[a-z][a-z0-9_]{0,39}", element.id) else node.id
    node_id = wanted if wanted not in scope.draft.taken else slug(wanted, scope.draft.taken)
    scope.draft.taken.add(node_id)
    content["id"] = node_id
    name = (element.get("name") or "").strip("\n")
    if name != clean(node.name.zh).strip("\n"):
        content["name"] = words(name or node.name.zh)
        scope.mapped(
            element, "名称已在别处修改，采用新名称", "Its name was changed elsewhere; the new one is used."
        )
    scope.draft.nodes[node_id] = content
    scope.draft.node_order[node_id] = _number(details.get("order"))
    _place(scope, element, details, node_id)
    scope.pieces[element] = Piece(node_id, node_id, Fan.PLAIN, own=True)
    scope.owners[element.id or ""] = node_id
    scope.mapped(element, "恢复为原来的节点", "Restored as the node it was.", node_id)
    scope.mapped(details, "节点的全部设置", "All settings of the node.", node_id)


def _place(scope: Scope, element: Element, details: Element, node_id: str) -> None:
    """The canvas has the node where the diagram does; where nobody placed it, only if it was moved since."""
    drawn = next(iter(_points(details.get("drawn"))), None)
    at = scope.source.bounds.get(element.id or "", drawn)
    if at is not None and (details.get("placed") == "true" or at != drawn):
        scope.draft.layout[node_id] = at


def _part(scope: Scope, element: Element, part: Element) -> None:
    owner = part.get("of") or ""
    scope.mapped(element, f"属于「{owner}」", f"It belongs to “{owner}”.", owner)
    scope.mapped(part, f"属于「{owner}」", f"It belongs to “{owner}”.", owner)
    if element.tag not in ("sequenceFlow", "association"):
        scope.owners[element.id or ""] = owner


def take_edge(scope: Scope, element: Element) -> None:
    """Restore the edge that a flow of ours carries."""
    details = _details(element, "edge")
    if details is None:
        return
    try:
        edge = Edge.model_validate_json(details.text)
    except ValidationError:
        scope.near(details, "枢纽的连线设置读不出来", "Our own details of the edge cannot be read.")
        return
    source = _end(scope, element.get("sourceRef"), leaving=True)
    target = _end(scope, element.get("targetRef"), leaving=False)
    if source is not None and target is not None:
        _put(scope, element, details, edge, source, target)


def _end(scope: Scope, ref: str | None, *, leaving: bool) -> str | None:
    element = scope.element(ref)
    if element is None:
        return None
    if element.id in scope.owners and scope.owners[element.id] in scope.draft.nodes:
        return scope.owners[element.id]
    piece = scope.pieces.get(element)
    if piece is None:
        return None
    return piece.leave if leaving else piece.enter


def _put(scope: Scope, element: Element, details: Element, edge: Edge, source: str, target: str) -> None:
    content = edge.model_dump(mode="json")
    content.update(source=source, target=target)
    if edge.id in scope.draft.edge_ids:
        content["id"] = slug(edge.id, scope.draft.edge_ids, "edge")
    scope.draft.edge_ids.add(content["id"])
    name = element.get("name") or ""
    if element.tag == "sequenceFlow" and name != clean(edge.name.zh if edge.name else ""):
        content["name"] = words(name) if name else None
    _changed_condition(scope, element, edge, content)
    points = scope.source.waypoints.get(element.id or "")
    if points is not None and points != _points(details.get("drawn")):
        content["points"] = [{"x": x, "y": y} for x, y in points[1:-1]]
    scope.draft.edges.append(content)
    scope.draft.edge_order[content["id"]] = _number(details.get("order"))
    scope.mapped(element, "恢复为原来的连线", "Restored as the edge it was.")
    scope.mapped(details, "连线的全部设置", "All settings of the edge.")


def _changed_condition(scope: Scope, element: Element, edge: Edge, content: dict[str, Any]) -> None:
    """A branch's condition that was changed with another tool counts as it now stands."""
    chooses = scope.draft.nodes[content["source"]]["type"] in ("branch", "inclusive")
    if not chooses or edge.on is not None or edge.default:
        return
    said = element.one("conditionExpression")
    text = said.text if said is not None else ""
    if text == clean(edge.condition or ""):
        return
    made = to_feel(text)
    content["condition"] = made.text or None
    scope.near(element, f"条件已在别处改为 {text}", f"Its condition was changed elsewhere to {text}.")


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 10**9


def _points(text: str | None) -> list[Point]:
    found = []
    for one in (text or "").split():
        match = _POINT.fullmatch(one)
        if match is None:
            return []
        try:
            found.append((float(match[1]), float(match[2])))
        except ValueError:
            return []
    return found
