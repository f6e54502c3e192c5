"""Reads one process, or one sub-process, into the draft."""

from shuniu.core.flow.bpmn.reading import own, watchers
from shuniu.core.flow.bpmn.reading.boundaries import attach, settle
from shuniu.core.flow.bpmn.reading.draft import Draft, name_of, words
from shuniu.core.flow.bpmn.reading.events import EVENTS, triggers
from shuniu.core.flow.bpmn.reading.forms import form_of
from shuniu.core.flow.bpmn.reading.gateways import GATEWAYS
from shuniu.core.flow.bpmn.reading.linking import link_all, way_out
from shuniu.core.flow.bpmn.reading.loops import child_key, countersign, looped, many, repeated, repeats
from shuniu.core.flow.bpmn.reading.people import lanes
from shuniu.core.flow.bpmn.reading.pieces import Fan, Flow, Piece, Scope
from shuniu.core.flow.bpmn.reading.source import Source
from shuniu.core.flow.bpmn.reading.subprocesses import close, embedded, plain_exit, uncaught
from shuniu.core.flow.bpmn.reading.tags import ACTIVITIES, FLOW_NODES, SUB_PROCESSES
from shuniu.core.flow.bpmn.reading.tasks import TASKS
from shuniu.core.flow.bpmn.xmltree import Element

_HANDLERS = {**EVENTS, **GATEWAYS, **TASKS}


def read_process(source: Source, process: Element, flows: list[Flow], key: str, pool: str | None) -> Draft:
    """A process as a draft; flows made of its repeated parts are added to `flows`."""
    name = (process.get("name") or "").strip() or pool
    draft = Draft(key, words(name) if name else name_of(process))
    flows.append(Flow(draft, process))
    scope = Scope(source, draft, process, flows)
    own.take_flow(scope)
    lanes(scope)
    _read(scope)
    uncaught(scope)
    _complete(scope)
    return draft


def _read(scope: Scope) -> None:
    _index(scope)
    own.take_nodes(scope)
    watching = [] if own.is_ours(scope) else watchers.event_sub_processes(scope)
    if not scope.inside:
        _starts(scope, watching=any(watchers.waiting(scope, one) for one in watching))
    todo = [one for one in scope.container.children if one.tag in FLOW_NODES]
    # Event gateways first: they take over the events behind them.
    for element in sorted(todo, key=lambda one: one.tag != "eventBasedGateway"):
        taken = element in scope.pieces or element in watching or (element.id or "") in scope.owners
        if not taken and not _compensates(element):
            scope.pieces[element] = _piece(scope, element)
    for event in scope.container.every("boundaryEvent"):
        if event not in scope.pieces and not scope.source.ledger.spoke_of(event):
            attach(scope, event)
    settle(scope)
    _watch(scope, watching)
    link_all(scope)
    _loose_ends(scope)
    if scope.inside and scope.entry and not any(edge["source"] == scope.entry for edge in scope.draft.edges):
        # a collapsed sub-process is often empty
        scope.draft.link(scope.entry, way_out(scope))


def _watch(scope: Scope, elements: list[Element]) -> None:
    begun = [watchers.begin(scope, element) for element in elements]
    watchers.tie(scope, begun)
    for watcher in begun:
        inner = watchers.inside(scope, watcher)
        _read(inner)
        uncaught(inner)


def _index(scope: Scope) -> None:
    for flow in scope.container.every("sequenceFlow"):
        source, target = scope.element(flow.get("sourceRef")), scope.element(flow.get("targetRef"))
        if source is not None and target is not None:
            scope.outgoing.setdefault(source, []).append(flow)
            scope.incoming.setdefault(target, []).append(flow)


def _compensates(element: Element) -> bool:
    return element.get("isForCompensation") == "true"


def _piece(scope: Scope, element: Element) -> Piece:
    loop = repeats(scope, element) if element.tag in ACTIVITIES else None
    if loop is not None:
        return looped(scope, element, _repeated(scope, element, loop))
    if element.tag in SUB_PROCESSES:
        piece, inner = embedded(scope, element)
        _read(inner)
        close(scope, piece, inner)
        scope.throws += piece.throws
        return looped(scope, element, piece)
    return looped(scope, element, _HANDLERS[element.tag](scope, element))


def _repeated(scope: Scope, element: Element, loop: Element) -> Piece:
    if element.tag == "callActivity":
        piece = TASKS[element.tag](scope, element)
        if piece.enter is not None and scope.draft.kind(piece.enter) == "subflow":
            scope.draft.nodes[piece.enter].update(many(scope, element, loop, piece.enter))
        return piece
    signed = countersign(scope, element, loop)
    if signed is not None:
        return signed
    key = child_key(scope, element)
    draft = Draft(key, name_of(element))
    scope.flows.append(Flow(draft, element, main=False))
    _child(scope, element, draft)
    return repeated(scope, element, loop, key)


def _child(scope: Scope, element: Element, draft: Draft) -> None:
    """The repeated activity as a flow: a sub-process is its own container, a task gets one around it."""
    container = element if element.tag in SUB_PROCESSES else Element("", "process", children=[element])
    child = Scope(
        scope.source, draft, container, scope.flows, once=container is not element, depth=scope.depth + 1
    )
    people = scope.people.get(element, scope.people.get(scope.container))
    child.people = dict(scope.people)
    if people is not None:
        child.people[container] = people
    _read(child)
    uncaught(child)
    _complete(child)


def _starts(scope: Scope, *, watching: bool) -> None:
    """One start, whatever the file has: several become a branch that asks how the run was started."""
    events = [one for one in scope.container.every("startEvent") if one not in scope.pieces]
    if any(piece.own for piece in scope.pieces.values()) and not events:
        return
    if len(events) == 1:
        start = _start(scope, events[0])
        leave = start
    elif events:
        start = scope.draft.add("start", "start", words("开始", "Start"))
        leave = scope.draft.add("branch", "started_by", words("如何开始", "How it was started"))
        scope.draft.link(start, leave)
    else:
        leave = scope.draft.add("start", "start", words("开始", "Start"))
    if watching:
        scope.exit = scope.draft.add("join", "all_done", words("主路径完成", "Main path done"), mode="active")
        if len(events) <= 1:
            split = scope.draft.add("parallel", "main", words("主路径", "Main path"))
            scope.draft.link(leave, split)
            leave = split
    scope.entry = leave
    if len(events) == 1:
        scope.pieces[events[0]] = Piece(None, leave, Fan.ALL if watching else Fan.PLAIN)
    else:
        _several(scope, events, leave)


def _start(scope: Scope, event: Element) -> str:
    form = form_of(scope, event)
    rest = {"form": form} if form else {}
    start = scope.node_for("start", event, name_of(event), triggers=triggers(scope, event), **rest)
    scope.mapped(event, "成为开始", "It became the start.", start)
    return start


def _several(scope: Scope, events: list[Element], branch: str) -> None:
    found = []
    for number, event in enumerate(events):
        found += triggers(scope, event)
        label = (
            (event.get("name") or event.id or str(number + 1))
            .replace("\\", "")
            .replace('"', "")
            .replace("\n", " ")
        )
        way = {"default": True} if not number else {"condition": f'开始方式 = "{label}"'}
        via = scope.node_for("parallel", event, name_of(event))
        scope.draft.link(branch, via, order=number, **way)
        scope.pieces[event] = Piece(None, via, Fan.ALL)
        scope.near(
            event,
            "有多个开始：合为一个，再按事实「开始方式」分路",
            "There are several starts: they became one, then a branch by the fact 开始方式.",
            via,
        )
    if events:
        scope.draft.fact("开始方式", "string")
        scope.draft.nodes[next(iter(scope.draft.nodes))].setdefault("triggers", found)


def _loose_ends(scope: Scope) -> None:
    """Activities nothing leads to begin with the scope where it has no start; those that lead nowhere end."""
    for element, piece in list(scope.pieces.items()):
        if piece.leave is None or piece.own or piece.linked:
            continue
        if piece.leave == scope.entry and element.tag == "startEvent" and scope.inside:
            continue
        default = {"default": True} if piece.fan in (Fan.CHOOSE, Fan.EACH) else {}
        scope.draft.link(piece.leave, way_out(scope), **{**default, **piece.way})
        scope.near(element, "后面没有节点，连到结束", "Nothing follows it: it leads to the end.", piece.enter)
    _unreached(scope)


def _unreached(scope: Scope) -> None:
    has_start = any(one.tag == "startEvent" for one in scope.container.children)
    before: dict[str, set[str]] = {}
    for edge in scope.draft.edges:
        before.setdefault(edge["target"], set()).add(edge["source"])
    # a loop leads to itself, which does not count
    free = [
        (element, piece)
        for element, piece in scope.pieces.items()
        if piece.enter and not piece.own and not before.get(piece.enter, set()) - piece.inner
    ]
    if not free or scope.entry is None:
        return
    if has_start and scope.container.tag != "adHocSubProcess":
        for element, piece in free:
            scope.near(
                element, "没有连线通向它，走不到", "Nothing leads to it; it is never reached.", piece.enter
            )
        return
    _begin(scope, [piece.enter for _, piece in free if piece.enter])


def _begin(scope: Scope, nodes: list[str]) -> None:
    entry = scope.entry or ""
    if len(nodes) > 1 and scope.draft.kind(entry) != "parallel":
        split = scope.draft.add("parallel", f"{entry}_all", words("同时开始", "All begin"))
        scope.draft.link(entry, split)
        entry = split
    for number, node in enumerate(nodes):
        scope.draft.link(entry, node, order=number)


def _complete(scope: Scope) -> None:
    """A flow needs a way from its start to an end, even when the process is empty."""
    draft = scope.draft
    if own.is_ours(scope):
        return
    leaving = {edge["source"] for edge in draft.edges}
    if scope.exit is not None and draft.kind(scope.exit) == "join":
        plain_exit(draft, scope.exit)
        end = draft.add("end", "end", words("结束", "End"))
        draft.link(scope.exit, end)
    if scope.entry is not None and scope.entry not in leaving:
        draft.link(scope.entry, _some_end(scope))


def _some_end(scope: Scope) -> str:
    ends = [node_id for node_id, node in scope.draft.nodes.items() if node["type"] == "end"]
    return ends[0] if ends else scope.draft.add("end", "end", words("结束", "End"))
