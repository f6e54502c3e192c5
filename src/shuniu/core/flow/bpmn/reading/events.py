"""Start, end and intermediate events."""

from collections.abc import Callable
from typing import Any

from shuniu.core.flow.bpmn.names import slug
from shuniu.core.flow.bpmn.reading.definitions import (
    code_of,
    definitions,
    event_name,
    kind_of,
    time_text,
    wait_for,
)
from shuniu.core.flow.bpmn.reading.draft import name_of, words
from shuniu.core.flow.bpmn.reading.people import STARTER
from shuniu.core.flow.bpmn.reading.pieces import Fan, Piece, Scope, Throw
from shuniu.core.flow.bpmn.reading.times import schedule
from shuniu.core.flow.bpmn.xmltree import Element

THROWN = {"error", "escalation", "cancel"}


def triggers(scope: Scope, event: Element) -> list[dict[str, Any]]:
    """What starts a run by itself."""
    found = []
    for kind, definition in definitions(scope, event):
        if kind == "timer":
            tag, text = time_text(definition)
            cron = schedule(text) if tag == "timeCycle" else None
            if cron is None:
                scope.near(
                    event,
                    f"定时「{text}」不是周期，需手动发起或另设时间",
                    f"The timer “{text}” is no regular schedule; start by hand or set one.",
                )
                continue
            found.append({"on": "schedule", "schedule": cron})
        else:
            wait = wait_for(scope, event, kind, definition, "event")
            found.append(
                {
                    "on": "event",
                    "event": wait["event"],
                    **({"where": wait["where"]} if "where" in wait else {}),
                }
            )
    return found


def inner_start(scope: Scope, element: Element) -> Piece:
    """The start of a sub-process: its entry stands for it."""
    scope.mapped(element, "并入子流程的入口", "The sub-process's way in stands for it.", scope.entry)
    return Piece(None, scope.entry, Fan.ALL)


def end(scope: Scope, element: Element) -> Piece:
    kind, definition = kind_of(scope, element)
    if kind in THROWN:
        return _thrown(scope, element, kind, definition)
    if kind == "terminate" and scope.inside:
        return _stop_inside(scope, element)
    before = _thrower(scope, element, kind, definition)
    last = _last(scope, element, kind, f"{before}_end" if before else None)
    if before is None:
        return Piece(last, None)
    scope.draft.link(before, last)
    return Piece(before, None, inner={before})


def _last(scope: Scope, element: Element, kind: str, wanted: str | None) -> str:
    """The end itself: in a sub-process its way out, in a process an end."""
    if scope.exit is not None and kind != "terminate":
        scope.mapped(element, "并入出口", "The way out stands for it.", scope.exit)
        return scope.exit
    rest = {"terminate": True} if kind == "terminate" else {}
    if wanted is not None:
        node_id = scope.draft.add("end", wanted, name_of(element), **rest)
    else:
        node_id = scope.node_for("end", element, name_of(element), **rest)
    scope.mapped(element, "成为结束", "It became an end.", node_id)
    return node_id


def _thrown(scope: Scope, element: Element, kind: str, definition: Element | None) -> Piece:
    """An error, an escalation or a cancellation: led to where it is caught once the border is known."""
    code = code_of(scope, definition, kind)
    node_id = scope.node_for("parallel", element, name_of(element))
    if kind == "cancel":
        undo = scope.draft.add("undo", f"{node_id}_undo", words("补偿", "Undo"))
        scope.draft.link(undo, node_id)
        scope.throws.append(Throw(kind, code, node_id))
        scope.near(
            element, "成为补偿，再走取消路径", "It became an undo, then the way of the cancellation.", undo
        )
        return Piece(undo, None, inner={node_id, undo})
    scope.throws.append(Throw(kind, code, node_id))
    if kind == "escalation":
        scope.draft.link(node_id, _out(scope))
    scope.near(element, "成为通往捕获处的路径", "It became a way to where it is caught.", node_id)
    return Piece(node_id, None, inner={node_id})


def _out(scope: Scope) -> str:
    return scope.exit or scope.draft.add("end", "end", words("结束", "End"))


def _stop_inside(scope: Scope, element: Element) -> Piece:
    """Ends the sub-process only: everything else in it is cancelled once all of it is known."""
    node_id = scope.node_for("parallel", element, name_of(element))
    scope.throws.append(Throw("terminate", None, node_id, caught=True))
    scope.draft.link(node_id, _out(scope))
    scope.near(
        element,
        "取消子流程里的其他节点后离开",
        "It cancels what else is open in the sub-process and leaves.",
        node_id,
    )
    return Piece(node_id, None, inner={node_id})


def _thrower(scope: Scope, element: Element, kind: str, definition: Element | None) -> str | None:
    """The node that does what a throwing event says; None when there is nothing to do."""
    name = name_of(element)
    if kind == "message":
        referred_name = event_name(scope, element, kind, definition)
        node_id = scope.node_for("notify", element, name, to=scope.people.get(element, STARTER), text=name)
        scope.near(
            element,
            f"发出消息 {referred_name} 成为通知，请选择收件人",
            f"Sending {referred_name} became a notice; choose who gets it.",
            node_id,
        )
        return node_id
    if kind == "compensate":
        node_id = scope.node_for("undo", element, name, of=_undone(scope, definition))
        scope.mapped(element, "成为补偿", "It became an undo.", node_id)
        return node_id
    if kind in ("signal", "escalation"):
        params = {"event": event_name(scope, element, kind, definition)}
        node_id = scope.node_for("action", element, name, effect="bpmn.signal", params=params, awaited=False)
        scope.near(
            element,
            "发出信号成为自动执行，请选择动作",
            "Throwing the signal became an action; choose an effect.",
            node_id,
        )
        return node_id
    return None


def _undone(scope: Scope, definition: Element | None) -> tuple[str, ...]:
    target = scope.element(definition.get("activityRef")) if definition is not None else None
    piece = scope.pieces.get(target) if target is not None else None
    return (piece.enter,) if piece is not None and piece.enter else ()


def throw(scope: Scope, element: Element) -> Piece:
    kind, definition = kind_of(scope, element)
    if kind == "link" and definition is not None:
        return _link(scope, element, definition)
    if len(definitions(scope, element)) > 1:
        scope.near(element, "多重事件只取第一种", "Of several definitions the first was taken.")
    if kind == "escalation" and scope.inside:
        node_id = scope.node_for("parallel", element, name_of(element))
        scope.throws.append(Throw(kind, code_of(scope, definition, kind), node_id))
        scope.near(
            element,
            "成为通往捕获处的路径，同时继续",
            "It became a way to where it is caught, and goes on.",
            node_id,
        )
        return Piece(node_id, node_id, Fan.ALL, inner={node_id})
    done = _thrower(scope, element, kind, definition)
    if done is None:
        name = name_of(element)
        done = scope.node_for("milestone", element, name, text=name)
        if kind == "none":
            scope.mapped(element, "成为里程碑", "It became a milestone.", done)
        else:
            scope.near(
                element,
                f"{kind} 没有对应，成为里程碑",
                f"{kind} has no counterpart; it became a milestone.",
                done,
            )
    return Piece(done, done, inner={done})


def _link(scope: Scope, element: Element, definition: Element) -> Piece:
    """A link leads to the catching event of the same name in the same container."""
    name = definition.get("name") or element.get("name")
    for other in scope.container.every("intermediateCatchEvent"):
        far = other.one("linkEventDefinition")
        if far is None or (far.get("name") or other.get("name")) != name:
            continue
        piece = scope.pieces.get(other)
        if piece is None:
            piece = scope.pieces[other] = catch(scope, other)
        scope.mapped(element, "链接成为直达落点的连线", "The link became edges to its far end.", piece.enter)
        return Piece(piece.enter, None)
    node_id = scope.node_for("milestone", element, name_of(element), text=name_of(element))
    scope.near(
        element,
        "找不到链接的落点，成为里程碑",
        "The link's far end is missing; it became a milestone.",
        node_id,
    )
    return Piece(node_id, node_id, inner={node_id})


def catch(scope: Scope, element: Element) -> Piece:
    found = definitions(scope, element)
    if any(kind == "link" for kind, _ in found):
        node_id = scope.node_for("parallel", element, name_of(element))
        scope.mapped(
            element,
            "链接的落点成为直通节点",
            "The far end of the link became a node that is passed.",
            node_id,
        )
        return Piece(node_id, node_id, Fan.ALL, inner={node_id})
    if not found:
        name = name_of(element)
        node_id = scope.node_for("milestone", element, name, text=name)
        scope.near(
            element,
            "没有写明等什么，成为里程碑",
            "It does not say what it waits for; it became a milestone.",
            node_id,
        )
        return Piece(node_id, node_id, inner={node_id})
    taken: set[str] = set()
    until = []
    for number, (kind, definition) in enumerate(found):
        key = slug(element.id or kind if not number else f"{element.id}_{number + 1}", taken, "event")
        until.append(wait_for(scope, element, kind, definition, key))
    node_id = scope.node_for("wait", element, name_of(element), until=until)
    scope.mapped(element, "成为等待", "It became a wait.", node_id)
    if element.get("parallelMultiple") == "true":
        scope.near(element, "「全部都要发生」改为先到者为准", "“All of them” became “the first of them”.")
    return Piece(node_id, node_id, inner={node_id})


EVENTS: dict[str, Callable[[Scope, Element], Piece]] = {
    "startEvent": inner_start,
    "endEvent": end,
    "intermediateThrowEvent": throw,
    "intermediateCatchEvent": catch,
}
