"""Event sub-processes: a wait beside everything else of their scope, or the place where its errors lead."""

from dataclasses import dataclass

from shuniu.core.flow.bpmn.reading.boundaries import failing
from shuniu.core.flow.bpmn.reading.definitions import code_of, kind_of, wait_for
from shuniu.core.flow.bpmn.reading.draft import name_of, words
from shuniu.core.flow.bpmn.reading.pieces import Fan, Piece, Scope
from shuniu.core.flow.bpmn.reading.tags import SUB_PROCESSES
from shuniu.core.flow.bpmn.xmltree import Element

_CAUGHT = {"error", "escalation"}


@dataclass(slots=True)
class Watcher:
    element: Element
    kind: str
    definition: Element | None
    node: str
    interrupts: bool

    @property
    def waits(self) -> bool:
        """Whether a token stands there from the beginning of the scope."""
        return self.kind not in _CAUGHT


def event_sub_processes(scope: Scope) -> list[Element]:
    return [
        one
        for one in scope.container.children
        if one.tag in SUB_PROCESSES and one.get("triggeredByEvent") == "true"
    ]


def waiting(scope: Scope, element: Element) -> bool:
    """Whether an event sub-process waits for something from outside."""
    return kind_of(scope, _start(element))[0] not in _CAUGHT


def _start(element: Element) -> Element:
    start = element.one("startEvent")
    return start if start is not None else element


def begin(scope: Scope, element: Element) -> Watcher:
    """The node an event sub-process begins with."""
    start = _start(element)
    kind, definition = kind_of(scope, start)
    interrupts = start.get("isInterrupting") != "false"
    if kind in _CAUGHT:
        node = scope.node_for("parallel", element, name_of(element))
        scope.mapped(element, "成为出错后的路径", "It became the way taken after an error.", node)
    else:
        until = wait_for(scope, start, kind, definition, "event")
        node = scope.node_for("wait", element, name_of(element), until=[until])
        scope.mapped(
            element,
            "成为与主路径并行的等待，事件到来后继续",
            "It became a wait beside the main path that goes on from there.",
            node,
        )
        if not interrupts:
            scope.near(
                element, "不中断的事件子流程只等一次", "One that does not interrupt is waited for once."
            )
    return Watcher(element, kind, definition, node, interrupts)


def tie(scope: Scope, watchers: list[Watcher]) -> None:
    """Once everything of the scope is known: what each of them cancels, and what leads to it."""
    main = {node for piece in scope.pieces.values() for node in piece.inner}
    main |= {throw.node for throw in scope.throws} | ({scope.exit} if scope.exit else set())
    waits = {one.node for one in watchers if one.waits}
    for one in watchers:
        if one.waits and scope.entry is not None:
            scope.draft.link(scope.entry, one.node, order=99)
        elif not one.waits:
            _catch(scope, one, main)
        if one.interrupts:
            scope.draft.cancel(one.node, main | waits)
    if scope.exit is not None and waits:
        scope.draft.cancel(scope.exit, waits)


def _catch(scope: Scope, watcher: Watcher, main: set[str]) -> None:
    """What is thrown in the scope and not caught nearer leads here; so does an automated node that fails."""
    code = code_of(scope, watcher.definition, watcher.kind)
    for throw in scope.throws:
        if throw.kind == watcher.kind and not throw.caught and code in (None, throw.code):
            throw.caught = True
            scope.draft.link(throw.node, watcher.node)
    if watcher.kind == "error":
        guarded = {piece.leave for piece in scope.pieces.values() if piece.way.get("on") == "error"}
        failing(scope, {node for node in main if node not in guarded}, watcher.node)


def inside(scope: Scope, watcher: Watcher) -> Scope:
    """The scope of what the event sub-process does; the run, or the scope around it, does not wait for it."""
    inner = Scope(
        scope.source,
        scope.draft,
        watcher.element,
        scope.flows,
        inside=True,
        entry=watcher.node,
        depth=scope.depth + 1,
        people=dict(scope.people),
    )
    inner.exit = scope.draft.add("end", f"{watcher.node}_end", words("事件处理完", "Event handled"))
    event = watcher.element.one("startEvent")
    if event is not None:
        fan = Fan.PLAIN if watcher.waits else Fan.ALL
        inner.pieces[event] = Piece(None, watcher.node, fan)
        scope.mapped(event, "事件到来即开始", "The event begins it.", watcher.node)
    return inner
