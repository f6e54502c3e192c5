"""Sequence flows → edges. Where several flows leave a node that is no gateway, the gateway BPMN leaves out is added."""

import re
from typing import Any

from shuniu.core.flow.bpmn.names import slug
from shuniu.core.flow.bpmn.reading import own
from shuniu.core.flow.bpmn.reading.conditions import Translated, to_feel
from shuniu.core.flow.bpmn.reading.draft import words
from shuniu.core.flow.bpmn.reading.pieces import Fan, Piece, Scope
from shuniu.core.flow.bpmn.xmltree import Element
from shuniu.core.flow.document import outcome_fact


def link_all(scope: Scope) -> None:
    """Every flow of the scope, source by source; before them the edges of ours."""
    for line in (one for one in scope.container.children if one.tag in ("sequenceFlow", "association")):
        own.take_edge(scope, line)
    for element, piece in list(scope.pieces.items()):
        spoken = scope.source.ledger.spoke_of
        flows = [
            flow for flow in scope.outgoing.get(element, []) if not spoken(flow) and _target(scope, flow)
        ]
        if piece.leave is None or not flows:
            continue
        piece.linked = True
        if piece.own:
            _from_own(scope, piece, flows)
        elif piece.fan is Fan.ALL:
            _plain(scope, piece.leave, flows, piece.way)
        elif piece.fan is Fan.PLAIN:
            _from_activity(scope, element, piece, flows)
        else:
            _choose(scope, element, piece.leave, piece.fan, flows, piece.way)


def _target(scope: Scope, flow: Element) -> str | None:
    target = scope.element(flow.get("targetRef"))
    piece = scope.pieces.get(target) if target is not None else None
    return piece.enter if piece is not None else None


def _plain(scope: Scope, leave: str, flows: list[Element], way: dict[str, Any]) -> None:
    for number, flow in enumerate(flows):
        _edge(scope, leave, flow, **({"order": number} if number else {}), **way)


def _from_own(scope: Scope, piece: Piece, flows: list[Element]) -> None:
    """Flows that somebody drew from a node of ours with another tool."""
    for flow in flows:
        condition = _condition(scope, flow)
        kept = {"condition": condition.text} if condition is not None else {}
        _edge(scope, piece.way_on, flow, **kept)


def _edge(scope: Scope, leave: str, flow: Element, **carries: Any) -> None:
    target = _target(scope, flow) or ""
    if name := (flow.get("name") or "").strip():
        carries.setdefault("name", words(name))
    points = scope.source.waypoints.get(flow.id or "", [])[1:-1]
    scope.draft.link(leave, target, id=flow.id, points=points, **carries)
    scope.mapped(flow, "成为连线", "It became an edge.")


def _condition(scope: Scope, flow: Element) -> Translated | None:
    """The condition in FEEL where it can be said; reported where it had to be translated, or could not be."""
    element = flow.one("conditionExpression")
    text = element.words() if element is not None else ""
    if element is None or not text:
        return None
    made = to_feel(text, element.get("language") or scope.source.language)
    if made.ok:
        for name in made.names:
            scope.draft.fact(name)
        if made.same and made.text == text:
            scope.mapped(flow, "条件照用", "Its condition stands as it is.")
        else:
            scope.mapped(
                flow,
                f"条件 {text} 写成 FEEL：{made.text}",
                f"Its condition {text} is in FEEL: {made.text}",
            )
    else:
        scope.near(
            flow,
            f"条件 {text} 无法译为 FEEL，原样保留，请改写",
            f"Its condition {text} cannot be said in FEEL; it was kept as written and needs to be mended.",
        )
    return made


def _from_activity(scope: Scope, element: Element, piece: Piece, flows: list[Element]) -> None:
    """One flow leaves as it is; several at once need a parallel split, conditional ones an inclusive branch."""
    conditional = any(flow.one("conditionExpression") is not None for flow in flows)
    if not conditional:
        if len(flows) == 1:
            _plain(scope, piece.way_on, flows, piece.way)
            return
        split = _added(scope, piece.way_on, "parallel", "all", "并行", "Parallel")
        scope.draft.link(piece.way_on, split, **piece.way)
        scope.near(
            element,
            "同时走多条去路，补了一个并行节点",
            "Several ways leave it at once: a parallel split was added.",
        )
        _plain(scope, split, flows, {})
        return
    split = _added(scope, piece.way_on, "inclusive", "ways", "去路", "Ways on")
    scope.draft.link(piece.way_on, split, **piece.way)
    scope.near(
        element,
        "带条件的去路，补了一个多选分支",
        "Its ways on have conditions: an inclusive branch was added.",
    )
    _choose(scope, element, split, Fan.EACH, flows, {})
    if not any(edge.get("default") for edge in scope.draft.edges if edge["source"] == split):
        scope.draft.link(split, way_out(scope), default=True, order=len(flows))


def _added(scope: Scope, node: str, kind: str, suffix: str, zh: str, en: str) -> str:
    return scope.draft.add(kind, f"{node}_{suffix}", words(zh, en))


def way_out(scope: Scope) -> str:
    """Where a path that simply stops leads: the way out of the scope, or an end of its own."""
    if scope.exit is None:
        scope.exit = scope.draft.add("end", "end", words("结束", "End"))
    return scope.exit


def _choose(
    scope: Scope, element: Element, leave: str, fan: Fan, flows: list[Element], way: dict[str, Any]
) -> None:
    """Flows with conditions. One is the default: the one the file names, else the only one without a condition."""
    conditions = {flow: _condition(scope, flow) for flow in flows}
    default = _default(scope, element, flows, conditions, fan)
    open_ = [flow for flow in flows if flow is not default and conditions[flow] is None]
    asked = _asker(scope, element, fan) if open_ else None
    named = _outcomes(scope, asked, flows) if asked is not None else {}
    for number, flow in enumerate(flows):
        carries: dict[str, Any] = {**way, "order": number}
        condition = conditions[flow]
        if flow is default:
            carries["default"] = True
        elif condition is not None:
            carries["condition"] = condition.text
        else:
            carries["condition"] = _invented(scope, element, leave, flow, fan, asked, named)
        _edge(scope, leave, flow, **carries)


def _default(
    scope: Scope,
    element: Element,
    flows: list[Element],
    conditions: dict[Element, Translated | None],
    fan: Fan,
) -> Element | None:
    named = scope.element(element.get("default"))
    if named in flows:
        return named
    without = [flow for flow in flows if conditions[flow] is None]
    if len(without) == 1:
        return without[0]
    if without and fan is Fan.EACH:
        return None
    last = flows[-1]
    if len(flows) > 1:
        written = conditions[last]
        said = f"，条件 {written.text} 不再判断" if written else ""
        scope.near(
            last,
            f"文件没有写默认去路，以此为默认{said}",
            f"No default is named; this became the default{f', and {written.text} is not asked' if written else ''}.",
        )
    return last


def _asker(scope: Scope, element: Element, fan: Fan) -> str | None:
    """The task just before a gateway: whoever does it can say which way to go."""
    incoming = scope.incoming.get(element, [])
    before = scope.element(incoming[0].get("sourceRef")) if len(incoming) == 1 else None
    piece = scope.pieces.get(before) if before is not None else None
    if fan is not Fan.CHOOSE or piece is None or piece.leave is None or piece.way or before is None:
        return None
    node = scope.draft.nodes[piece.leave]
    alone = len(scope.outgoing.get(before, [])) == 1
    return piece.leave if node["type"] == "task" and "outcomes" not in node and alone else None


def _outcomes(scope: Scope, task: str, flows: list[Element]) -> dict[Element, str]:
    """Give the task an outcome for each way on."""
    taken: set[str] = set()
    keys = {flow: slug(_plain_name(flow), taken, "way") for flow in flows}
    scope.draft.nodes[task]["outcomes"] = [
        {"key": key, "name": words((flow.get("name") or "").strip() or key)} for flow, key in keys.items()
    ]
    return keys


def _plain_name(flow: Element) -> str:
    """What a key can be made of: a name in Latin letters, else the flow's id."""
    name = (flow.get("name") or "").strip()
    return name if re.match(r"[A-Za-z]", name) else flow.id or "way"


def _invented(
    scope: Scope,
    element: Element,
    leave: str,
    flow: Element,
    fan: Fan,
    asked: str | None,
    keys: dict[Element, str],
) -> str:
    """A condition for a flow that has none: the outcome of the task before, else a fact that names the way."""
    label = (flow.get("name") or "").strip() or (flow.id or "")
    if asked is not None:
        scope.near(
            flow,
            f"没有条件，改由前一步的处理结果「{label}」决定",
            f"It has no condition: the outcome “{label}” of the task before decides.",
        )
        return f'{outcome_fact(asked)} = "{keys[flow]}"'
    fact = f"选择.{leave}"
    if fan is Fan.EACH:
        fact = f"{fact}.{slug(label, set(), 'way')}"
        scope.draft.fact(fact, "boolean")
        text = f"{fact} = true"
    else:
        scope.draft.fact(fact, "string")
        quoted = label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
        text = f'{fact} = "{quoted}"'
    scope.near(flow, f"没有条件，改由事实 {fact} 决定", f"It has no condition: the fact {fact} decides.")
    return text
