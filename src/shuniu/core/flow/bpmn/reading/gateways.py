"""Gateways → branches, joins, waits. A gateway that joins and splits becomes a join and a split."""

import re
from collections.abc import Callable
from typing import Any

from shuniu.core.flow.bpmn.names import slug
from shuniu.core.flow.bpmn.reading.definitions import definitions, wait_for
from shuniu.core.flow.bpmn.reading.draft import name_of, words
from shuniu.core.flow.bpmn.reading.pieces import Fan, Piece, Scope
from shuniu.core.flow.bpmn.xmltree import Element


def exclusive(scope: Scope, element: Element) -> Piece:
    node_id = scope.node_for("branch", element, name_of(element))
    scope.mapped(element, "成为分支", "It became a branch.", node_id)
    return Piece(node_id, node_id, Fan.CHOOSE, inner={node_id})


def parallel(scope: Scope, element: Element) -> Piece:
    if _joins(scope, element):
        return _join(scope, element, "all", "parallel", Fan.ALL)
    node_id = scope.node_for("parallel", element, name_of(element))
    scope.mapped(element, "成为并行", "It became a parallel split.", node_id)
    return Piece(node_id, node_id, Fan.ALL, inner={node_id})


def inclusive(scope: Scope, element: Element) -> Piece:
    if _joins(scope, element):
        return _join(scope, element, "active", "inclusive", Fan.EACH)
    node_id = scope.node_for("inclusive", element, name_of(element))
    scope.mapped(element, "成为多选分支", "It became an inclusive branch.", node_id)
    return Piece(node_id, node_id, Fan.EACH, inner={node_id})


def complex_(scope: Scope, element: Element) -> Piece:
    """Only `so many have come` can be said here; everything else is taken as `all that can still come`."""
    condition = element.one("activationCondition")
    text = condition.words() if condition is not None else ""
    needed = re.search(r">=?\s*(\d{1,4})", text)
    scope.near(
        element,
        f"复杂网关按多选处理{f'，条件 {text}' if text else ''}",
        f"The complex gateway was taken as an inclusive one{f'; its condition is {text}' if text else ''}.",
    )
    piece = inclusive(scope, element)
    if needed is not None and piece.enter and scope.draft.kind(piece.enter) == "join":
        count = int(needed[1]) + (">=" not in needed[0])
        scope.draft.nodes[piece.enter].update(mode="n_of_m", needed=max(count, 1))
    return piece


def event_based(scope: Scope, element: Element) -> Piece:
    """The gateway and the events behind it are one wait; each event's way on is an outcome of it."""
    wait = scope.node_for("wait", element, name_of(element), until=[])
    flows = scope.outgoing.pop(element, [])
    taken: set[str] = set()
    until = [one for flow in flows if (one := _behind(scope, flow, wait, taken)) is not None]
    scope.draft.nodes[wait]["until"] = until or [{"waits": "event", "event": f"message.{wait}"}]
    scope.mapped(element, "成为等待（先到者为准）", "It became a wait for the first of several.", wait)
    if element.get("eventGatewayType") == "Parallel":
        scope.near(element, "「全部都要发生」改为先到者为准", "“All of them” became “the first of them”.")
    return Piece(wait, wait, inner={wait}, linked=bool(flows))


def _behind(scope: Scope, flow: Element, wait: str, taken: set[str]) -> dict[str, Any] | None:
    """One thing the wait waits for; the flow, or the event it leads to, gets the way on."""
    target = scope.element(flow.get("targetRef"))
    if target is None:
        return None
    key = slug(target.id or target.tag, taken, "event")
    if target.tag not in ("intermediateCatchEvent", "receiveTask") or target in scope.pieces:
        scope.pieces[flow] = Piece(None, wait, way={"outcome": key}, inner={wait})
        scope.outgoing[flow] = [flow]
        return wait_for(scope, target, "none", None, key)
    enter = None
    if len(scope.incoming.get(target, [])) > 1:
        enter = wait
        scope.near(
            target,
            "其他连线也通向它，改为通向整个等待",
            "Other flows lead to it too: they lead to the whole wait.",
        )
    scope.pieces[target] = Piece(enter, wait, way={"outcome": key}, inner={wait})
    scope.mapped(target, "成为等待的一种结果", "It became one of the things the wait ends by.", wait)
    scope.mapped(flow, "并入等待节点", "It is part of the wait.", wait)
    return _awaited(scope, target, key)


def _awaited(scope: Scope, target: Element, key: str) -> dict[str, Any]:
    if target.tag == "receiveTask":
        return wait_for(scope, target, "message", target, key)
    found = definitions(scope, target)
    kind, definition = found[0] if found else ("message", None)
    if len(found) > 1:
        scope.near(target, "多重事件只取第一种", "Of several definitions the first was taken.")
    return wait_for(scope, target, kind, definition, key)


def _joins(scope: Scope, element: Element) -> bool:
    return len(scope.incoming.get(element, [])) > 1


def _join(scope: Scope, element: Element, mode: str, split: str, fan: Fan) -> Piece:
    node_id = scope.node_for("join", element, name_of(element), mode=mode)
    if len(scope.outgoing.get(element, [])) <= 1:
        scope.mapped(element, "成为汇合", "It became a join.", node_id)
        return Piece(node_id, node_id, inner={node_id})
    name = name_of(element)
    after = scope.draft.add(split, f"{node_id}_split", words(f"{name['zh']}（分）", f"{name['en']} (split)"))
    scope.draft.link(node_id, after)
    scope.mapped(
        element, "既汇合又分开，成为汇合加分支两个节点", "It joins and splits: it became two nodes.", node_id
    )
    return Piece(node_id, after, fan, inner={node_id, after})


GATEWAYS: dict[str, Callable[[Scope, Element], Piece]] = {
    "exclusiveGateway": exclusive,
    "parallelGateway": parallel,
    "inclusiveGateway": inclusive,
    "complexGateway": complex_,
    "eventBasedGateway": event_based,
}
