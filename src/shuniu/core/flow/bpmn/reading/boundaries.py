"""Boundary events: limits, error paths, undoing; anything else is watched for beside the activity."""

from shuniu.core.flow.bpmn.names import slug
from shuniu.core.flow.bpmn.reading.definitions import code_of, kind_of, limit, time_text, wait_for
from shuniu.core.flow.bpmn.reading.draft import name_of, words
from shuniu.core.flow.bpmn.reading.pieces import Fan, Piece, Scope
from shuniu.core.flow.bpmn.reading.tasks import EFFECTS
from shuniu.core.flow.bpmn.xmltree import Element

_ALONE = {"task", "approval", "action", "notify", "wait", "subflow", "survey", "settle"}


def attach(scope: Scope, event: Element) -> None:
    """Read one boundary event; where nothing can be made of it the sweep reports it."""
    host = scope.element(event.get("attachedToRef"))
    piece = scope.pieces.get(host) if host is not None else None
    if host is None or piece is None or piece.enter is None or piece.leave is None:
        return
    kind, definition = kind_of(scope, event)
    if kind == "compensate":
        _undo(scope, event, piece)
    elif piece.throws and kind in ("error", "escalation", "cancel"):
        _caught(scope, event, piece, kind, definition)
    elif kind in ("error", "cancel") and scope.draft.kind(piece.enter) in _ALONE:
        scope.pieces[event] = Piece(None, piece.enter, way={"on": "error"})
        if definition is not None and code_of(scope, definition, kind):
            scope.near(
                event,
                "出错路径接住所有错误，不分代码",
                "The error path takes every error, whatever its code.",
            )
        scope.mapped(event, "成为出错路径", "It became the error path.", piece.enter)
    elif kind in ("error", "cancel"):
        _caught(scope, event, piece, kind, definition)
    elif kind == "timer" and definition is not None and _may_have_limit(scope, piece):
        _limit(scope, event, piece, definition)
    else:
        _watch(scope, event, piece, kind, definition)


def settle(scope: Scope) -> None:
    """Once all boundary events are read: whichever interrupts cancels the activity and what waits beside it."""
    for piece in scope.pieces.values():
        for stop in piece.stops:
            scope.draft.cancel(stop, piece.inner | piece.waits)


def _interrupts(event: Element) -> bool:
    return event.get("cancelActivity") != "false"


def _may_have_limit(scope: Scope, piece: Piece) -> bool:
    node = scope.draft.nodes[piece.way_in]
    return node["type"] in _ALONE and "deadline" not in node and len(piece.inner) == 1


def _limit(scope: Scope, event: Element, piece: Piece, definition: Element) -> None:
    node = scope.draft.nodes[piece.way_in]
    tag, text = time_text(definition)
    if tag == "timeDate":
        scope.near(event, f"时限的日期 {text} 不能照用", f"A limit is a duration; the date {text} is none.")
    node["deadline"] = limit(scope, event, text)
    way = {"on": "timeout", **({} if _interrupts(event) else {"beside": True})}
    scope.pieces[event] = Piece(None, piece.enter, way=way)
    scope.mapped(event, "成为时限与超时路径", "It became a limit and its way on.", piece.enter)


def _undo(scope: Scope, event: Element, piece: Piece) -> None:
    """The handler of a compensation becomes `undo` of the action it belongs to."""
    lines = [
        one for one in scope.container.every("association") if scope.element(one.get("sourceRef")) is event
    ]
    handler = scope.element(lines[0].get("targetRef")) if lines else None
    node = scope.draft.nodes[piece.way_in]
    if handler is None or node["type"] not in ("action", "settle"):
        scope.refused(
            event,
            "只有自动执行可以补偿，且要连着补偿动作",
            "Only an action can be undone, and something must undo it.",
        )
        if handler is not None:
            scope.refused(handler, "补偿动作所属的节点不是自动执行", "It undoes something that is no action.")
        return
    effect = EFFECTS.get(handler.tag, "bpmn.service")
    node["undo"] = {"effect": effect, "params": {"name": name_of(handler)["zh"]}}
    for one in (event, *lines):
        scope.mapped(one, "成为自动执行的补偿", "It became the undoing of the action.", piece.enter)
    scope.near(
        handler,
        "成为补偿动作，请选择动作",
        "It became what undoes the action; choose an effect.",
        piece.enter,
    )


def _caught(scope: Scope, event: Element, piece: Piece, kind: str, definition: Element | None) -> None:
    """What is thrown inside a sub-process leads here, and cancels what else is open in it."""
    node_id = scope.node_for("parallel", event, name_of(event))
    if _interrupts(event):
        piece.stops.append(node_id)
    code = code_of(scope, definition, kind)
    for throw in piece.throws:
        if throw.kind == kind and not throw.caught and code in (None, throw.code):
            throw.caught = True
            scope.draft.link(throw.node, node_id)
    if kind == "error":
        failing(scope, piece.inner, node_id)
    scope.pieces[event] = Piece(None, node_id, Fan.ALL, inner={node_id})
    scope.mapped(event, "成为捕获的路径", "It became the way of what is caught.", node_id)


def failing(scope: Scope, nodes: set[str], target: str) -> None:
    """Automated nodes among these that have no error path of their own lead here when they fail."""
    has = {edge["source"] for edge in scope.draft.edges if edge.get("on") == "error"}
    for node in sorted(nodes - has):
        if scope.draft.nodes[node]["type"] in ("action", "subflow"):
            scope.draft.link(node, target, on="error")


def _watch(scope: Scope, event: Element, piece: Piece, kind: str, definition: Element | None) -> None:
    """A wait beside the activity: whichever comes first cancels the other."""
    name = name_of(event)
    until = wait_for(scope, event, kind, definition, slug(event.id or kind, set(), "event"))
    wait = scope.node_for("wait", event, name, until=[until])
    piece.waits.add(wait)
    if _interrupts(event):
        piece.stops.append(wait)
    split = scope.draft.add("parallel", f"{wait}_beside", words("同时等待", "Meanwhile"))
    scope.draft.link(split, piece.way_in)
    scope.draft.link(split, wait, order=1)
    _cancel_on_leaving(scope, piece, wait)
    piece.enter = split
    scope.pieces[event] = Piece(None, wait, inner={wait})
    scope.mapped(event, "成为同时进行的等待", "It became a wait beside the activity.", wait)
    if not _interrupts(event):
        scope.near(event, "不中断的事件只等一次", "An event that does not interrupt is waited for once.")


def _cancel_on_leaving(scope: Scope, piece: Piece, wait: str) -> None:
    """The node the activity is left by cancels the wait; a loop gets a node behind it for that."""
    if piece.way or scope.draft.kind(piece.way_on) == "branch":
        after = scope.draft.add("parallel", f"{piece.leave}_left", words("离开", "Left"))
        scope.draft.link(piece.way_on, after, **piece.way)
        piece.leave, piece.way, piece.fan = after, {}, Fan.ALL
    scope.draft.cancel(piece.way_on, {wait})
