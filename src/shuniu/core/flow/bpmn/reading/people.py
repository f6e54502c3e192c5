"""Who is asked: assignments of the engines, resources of the standard, lanes by name, pools by name."""

import re
from collections.abc import Iterator
from typing import Any

from shuniu.core.flow.bpmn.reading.pieces import Scope
from shuniu.core.flow.bpmn.reading.source import standard
from shuniu.core.flow.bpmn.xmltree import Element

_VARIABLE = re.compile(r"(?:[$#]\{|=)\s*([^\W\d][\w.]*)\s*\}?")
_STARTERS = {"initiator", "starter", "applyUserId", "startUserId", "INITIATOR"}
STARTER = {"by": "starter"}


def lanes(scope: Scope) -> None:
    """Every flow node in a lane is asked of the role that has the lane's name; the innermost lane counts."""
    pool = _pool(scope)
    for lane_set in scope.container.every("laneSet"):
        for lane in _lanes(lane_set):
            name = (lane.get("name") or "").strip()
            inside = [
                one for ref in lane.every("flowNodeRef") if (one := scope.element(ref.words())) is not None
            ]
            if not name:
                scope.near(
                    lane, "泳道没有名称，办理人沿用泳池", "The lane has no name; the pool's people are asked."
                )
                continue
            scope.mapped(
                lane,
                f"泳道成为办理人：角色「{name}」",
                f"The lane became the people asked: the role “{name}”.",
            )
            for element in inside:
                scope.people[element] = role(name)
    if pool:
        scope.people.setdefault(scope.container, role(pool))


def _lanes(lane_set: Element) -> Iterator[Element]:
    """Outer lanes before inner ones."""
    for lane in lane_set.every("lane"):
        yield lane
        for child in lane.every("childLaneSet"):
            yield from _lanes(child)


def _pool(scope: Scope) -> str | None:
    for element in scope.source.root.every("collaboration"):
        for participant in element.every("participant"):
            if scope.element(participant.get("processRef")) is scope.container:
                return (participant.get("name") or "").strip() or None
    return None


def role(name: str) -> dict[str, Any]:
    return {"by": "role", "role": name}


def people_of(scope: Scope, element: Element) -> dict[str, Any]:
    """Whom a task asks. Reports where it had to guess."""
    rules = [rule for text, kind in _assigned(element) for rule in _rules(text, kind)]
    if len(rules) == 1:
        return rules[0]
    if rules:
        return {"by": "several", "rules": rules}
    owner = _resource(scope, element)
    if owner is not None:
        return owner
    if element in scope.people:
        return scope.people[element]
    if scope.container in scope.people:
        scope.near(element, "没有泳道，办理人取泳池名称", "No lane: the pool's name names the people asked.")
        return scope.people[scope.container]
    scope.near(
        element, "没有写明办理人，暂由发起人办理", "Nobody is named: whoever started the run is asked."
    )
    return STARTER


def _assigned(element: Element) -> Iterator[tuple[str, str]]:
    """Assignments in attributes (Camunda 7, Flowable, Activiti) and in elements (Zeebe)."""
    holders = [element, *(one for one in _extensions(element) if one.tag == "assignmentDefinition")]
    for holder in holders:
        for key, value in holder.attributes.items():
            namespace, _, name = key.lstrip("{").rpartition("}")
            foreign = not standard(namespace) or holder is not element
            if foreign and name in ("assignee", "candidateUsers", "candidateGroups") and value.strip():
                yield value, name


def _extensions(element: Element) -> list[Element]:
    return [one for box in element.every("extensionElements") for one in box.children]


def _rules(text: str, kind: str) -> Iterator[dict[str, Any]]:
    for one in filter(None, (part.strip() for part in text.split(","))):
        variable = _VARIABLE.fullmatch(one)
        if variable is not None and variable[1] in _STARTERS:
            yield STARTER
        elif variable is not None:
            yield {"by": "assignee", "fact": variable[1]}
        else:
            yield role(one.strip("\"'") if kind == "candidateGroups" else one)


def _resource(scope: Scope, element: Element) -> dict[str, Any] | None:
    """`potentialOwner`, `humanPerformer`, `performer`: the name of the resource, or the text of the expression."""
    for tag in ("potentialOwner", "humanPerformer", "performer", "resourceRole"):
        for owner in element.every(tag):
            ref = owner.one("resourceRef")
            resource = scope.element(ref.words()) if ref is not None else None
            if resource is not None:
                scope.mapped(resource, "资源成为办理人角色", "The resource became a role that is asked.")
                return role((resource.get("name") or resource.id or "").strip() or "store_manager")
            said = owner.one("resourceAssignmentExpression")
            text = said.words() if said is not None else ""
            if text:
                return next(_rules(re.sub(r"^(?:user|group)\((.*)\)$", r"\1", text), "candidateGroups"), None)
            if (owner.get("name") or "").strip():
                return role((owner.get("name") or "").strip())
    return None
