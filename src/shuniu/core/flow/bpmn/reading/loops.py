"""Loops and repeated activities."""

import re
from typing import Any

from shuniu.core.flow.bpmn.names import slug
from shuniu.core.flow.bpmn.reading.conditions import to_feel
from shuniu.core.flow.bpmn.reading.draft import name_of, words
from shuniu.core.flow.bpmn.reading.people import STARTER
from shuniu.core.flow.bpmn.reading.pieces import Fan, Piece, Scope
from shuniu.core.flow.bpmn.xmltree import Element

_PATH = re.compile(r"[$#=]?\{?\s*([^\W\d]\w*)\s*\}?")
_SHARE = re.compile(
    r"(?:nrOf|numberOf)CompletedInstances\s*/\s*(?:nrOf|numberOf)Instances\s*(?:>=?|==?)\s*(\d+(?:\.\d+)?)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?:nrOf|numberOf)CompletedInstances\s*(>=?|==?)\s*(\d{1,4})", re.IGNORECASE)


def looped(scope: Scope, element: Element, piece: Piece) -> Piece:
    """`standardLoopCharacteristics`: a branch that leads back while the condition holds."""
    loop = element.one("standardLoopCharacteristics")
    if loop is None or scope.once or piece.enter is None or piece.leave is None:
        return piece
    condition = _while(scope, element, piece.enter, loop)
    name = words(f"{name_of(element)['zh']}：再来一次？", f"{name_of(element)['en']}: again?")
    again = scope.draft.add("branch", f"{piece.enter}_again", name)
    scope.draft.link(piece.leave, again, **piece.way)
    scope.draft.link(again, piece.enter, condition=condition)
    inner = piece.inner | {again}
    scope.mapped(
        element,
        "循环成为分支，条件成立则再做一次",
        "The loop became a branch back while its condition holds.",
    )
    if loop.get("loopMaximum"):
        scope.near(
            element,
            f"循环上限 {loop.get('loopMaximum')} 未导入",
            "The greatest number of rounds is not kept.",
        )
    enter = again if loop.get("testBefore") == "true" else piece.enter
    return Piece(enter, again, way={"default": True, "order": 1}, inner=inner, throws=piece.throws)


def _while(scope: Scope, element: Element, node: str, loop: Element) -> str:
    condition = loop.one("loopCondition")
    text = condition.words() if condition is not None else ""
    made = to_feel(text, scope.source.language) if text else None
    if made is not None and made.ok:
        for name in made.names:
            scope.draft.fact(name)
        return made.text
    fact = f"选择.{node}.再来"
    scope.draft.fact(fact, "boolean")
    scope.near(
        element,
        f"循环条件「{text}」无法译出，改由事实 {fact} 决定",
        f"The loop's condition “{text}” cannot be said here: the fact {fact} decides.",
    )
    return f"{fact} = true"


def repeats(scope: Scope, element: Element) -> Element | None:
    """The multi-instance marker, unless what repeats it is already being read."""
    return None if scope.once else element.one("multiInstanceLoopCharacteristics")


def many(scope: Scope, element: Element, loop: Element, node: str) -> dict[str, Any]:
    """`count`, or `rows`, and what else a sub-flow says of its instances."""
    said: dict[str, Any] = {"in_turn": True} if loop.get("isSequential") == "true" else {}
    cardinality = loop.one("loopCardinality")
    text = cardinality.words() if cardinality is not None else ""
    digits = re.fullmatch(r"[$#=]?\{?\s*(\d{1,6})\s*\}?", text)
    rows = _collection(loop) or _named(text)
    if digits is not None and int(digits[1]) > 0:
        said["count"] = int(digits[1])
    else:
        said["rows"] = rows or f"清单.{node}"
        scope.draft.fact(said["rows"])
        if rows is None:
            scope.near(
                element,
                f"没有写明做几份，改为事实 {said['rows']} 的每一行一份",
                f"It does not say how many: one for each row of the fact {said['rows']}.",
            )
    condition = loop.one("completionCondition")
    if condition is not None and condition.words():
        needed = _COUNT.search(condition.words())
        if needed is not None:
            said["needed"] = max(int(needed[2]) + (needed[1] == ">"), 1)
            said["rest"] = "cancel"
        else:
            scope.near(
                element, f"完成条件 {condition.words()} 未导入", "The condition of completion was not kept."
            )
    return said


def _collection(loop: Element) -> str | None:
    """The list to go through, in the standard's way or that of Camunda, Flowable or Zeebe."""
    data = loop.one("loopDataInputRef")
    if data is not None and data.words():
        return _named(data.words())
    for holder in loop.all():
        for key, value in holder.attributes.items():
            if key.rpartition("}")[2] in ("collection", "inputCollection"):
                return _named(value)
    return None


def _named(text: str) -> str | None:
    found = _PATH.fullmatch(text.strip())
    return found[1] if found else None


def _variable(loop: Element) -> str | None:
    for holder in loop.all():
        for key, value in holder.attributes.items():
            if key.rpartition("}")[2] in ("elementVariable", "inputElement"):
                return value.strip()
    return None


def countersign(scope: Scope, element: Element, loop: Element) -> Piece | None:
    """A person's task repeated for each of several people is an approval; None when it repeats for something else."""
    if element.tag not in ("userTask", "manualTask", "task"):
        return None
    variable, rows = _variable(loop), _collection(loop)
    assignee = next((v for k, v in element.attributes.items() if k.rpartition("}")[2] == "assignee"), None)
    for_people = bool(variable and assignee and variable in assignee)
    if not for_people and (rows or loop.one("loopCardinality") is not None):
        return None
    level: dict[str, Any] = {**_mode(scope, element, loop)}
    if for_people and rows:
        scope.draft.fact(rows)
        level["people"] = {"by": "feel", "expression": rows}
    else:
        level["people"] = scope.people.get(element, scope.people.get(scope.container, STARTER))
    node_id = scope.node_for("approval", element, name_of(element), levels=[level])
    scope.near(element, "多人办理成为审批（会签）", "Done by several people: it became an approval.", node_id)
    return Piece(node_id, node_id, inner={node_id})


def _mode(scope: Scope, element: Element, loop: Element) -> dict[str, Any]:
    condition = loop.one("completionCondition")
    text = condition.words() if condition is not None else ""
    if (share := _SHARE.search(text)) is not None:
        percent = round(float(share[1]) * 100)
        return {"mode": "n_of_m", "percent": min(max(percent, 1), 100)}
    if (count := _COUNT.search(text)) is not None:
        needed = max(int(count[2]) + (count[1] == ">"), 1)
        return {"mode": "any"} if needed == 1 else {"mode": "n_of_m", "needed": needed}
    if text:
        scope.near(
            element,
            f"完成条件 {text} 未导入，改为全部",
            "The condition of completion was not kept: all must.",
        )
    return {"mode": "in_turn" if loop.get("isSequential") == "true" else "all"}


def repeated(scope: Scope, element: Element, loop: Element, child: str) -> Piece:
    """The node that runs the child flow once for each."""
    name = name_of(element)
    node_id = scope.node_for("subflow", element, name, flow=child)
    scope.draft.nodes[node_id].update(many(scope, element, loop, node_id))
    scope.near(
        element,
        f"重复的活动成为单独的流程 {child}，由子流程节点逐份运行",
        f"The repeated activity became the flow {child} of its own, run by a sub-flow node.",
        node_id,
    )
    return Piece(node_id, node_id, Fan.PLAIN, inner={node_id})


def child_key(scope: Scope, element: Element) -> str:
    taken = {flow.draft.key for flow in scope.flows}
    return slug(f"{scope.draft.key}_{element.id or element.tag}", taken, "flow")
