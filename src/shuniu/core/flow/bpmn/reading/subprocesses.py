"""Sub-processes are read into the flow around them: a way in, what is inside, and a join that is the way out.

The join goes on when nothing inside can still reach it, which is when a sub-process of BPMN is complete. Those that
are repeated become flows of their own.
"""

from shuniu.core.flow.bpmn.errors import BpmnError
from shuniu.core.flow.bpmn.reading.draft import Draft, name_of, words
from shuniu.core.flow.bpmn.reading.pieces import Fan, Piece, Scope
from shuniu.core.flow.bpmn.xmltree import Element

DEPTH_MAX = 30
_KINDS = {
    "transaction": (
        "事务成为普通子流程，取消走补偿",
        "The transaction became a plain sub-process; cancelling undoes.",
    ),
    "adHocSubProcess": (
        "自由子流程的活动改为同时开始、各做一次",
        "Ad hoc activities all begin at once, each once.",
    ),
}


def embedded(scope: Scope, element: Element) -> tuple[Piece, Scope]:
    """The piece that stands for a sub-process, and the scope to be filled with what is inside."""
    if scope.depth >= DEPTH_MAX:
        raise BpmnError("too_deep", "子流程嵌套太深", "Sub-processes are nested too deep.")
    name = name_of(element)
    entry = scope.node_for("parallel", element, name)
    done = words(f"{name['zh']}完成", f"{name['en']}: done")
    exit_ = scope.draft.add("join", f"{entry}_done", done, mode="active")
    inner = Scope(
        scope.source,
        scope.draft,
        element,
        scope.flows,
        inside=True,
        entry=entry,
        exit=exit_,
        depth=scope.depth + 1,
        people=dict(scope.people),
    )
    if element in scope.people:
        inner.people[element] = scope.people[element]
    elif scope.container in scope.people:
        inner.people[element] = scope.people[scope.container]
    scope.mapped(
        element,
        "成为入口、其中的节点和一个汇合出口",
        "It became a way in, the nodes inside, and a join as the way out.",
        entry,
    )
    if element.tag in _KINDS:
        scope.near(element, *_KINDS[element.tag])
    return Piece(entry, exit_, Fan.PLAIN, inner={entry, exit_}), inner


def close(outer: Scope, piece: Piece, inner: Scope) -> None:
    """After what is inside has been read: what an interruption cancels, what is thrown, what ends all at once."""
    plain_exit(outer.draft, piece.way_on)
    for part in inner.pieces.values():
        piece.inner |= part.inner
    for throw in inner.throws:
        piece.inner.add(throw.node)
        if throw.kind == "terminate":
            outer.draft.cancel(throw.node, piece.inner - {piece.way_on})
    piece.throws = [throw for throw in inner.throws if throw.kind != "terminate"]


def plain_exit(draft: Draft, exit_: str) -> None:
    """A way out that one edge leads to has nothing to join: it is a node that is passed."""
    if sum(edge["target"] == exit_ for edge in draft.edges) <= 1:
        node = draft.nodes[exit_]
        node["type"] = "parallel"
        node.pop("mode", None)


def uncaught(scope: Scope) -> None:
    """What nobody catches ends the run, as in BPMN; an escalation nobody catches changes nothing."""
    for throw in scope.throws:
        if throw.caught or throw.kind in ("escalation", "terminate"):
            continue
        name = words(throw.code or "出错", throw.code or "Error")
        end = scope.draft.add(
            "end", f"{throw.node}_end", name, terminate=True, result=throw.code or throw.kind
        )
        scope.draft.link(throw.node, end)
