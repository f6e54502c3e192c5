"""Event definitions: what an event waits for, and what it is called."""

import re
from typing import Any

from shuniu.core.flow.bpmn.reading.conditions import to_feel
from shuniu.core.flow.bpmn.reading.draft import name_of
from shuniu.core.flow.bpmn.reading.pieces import Scope
from shuniu.core.flow.bpmn.reading.times import feel_moment, span
from shuniu.core.flow.bpmn.xmltree import Element

_SUFFIX = "EventDefinition"
_REFS = {"message": "messageRef", "signal": "signalRef", "error": "errorRef", "escalation": "escalationRef"}


def definitions(scope: Scope, event: Element) -> list[tuple[str, Element]]:
    """The kinds of an event with their definitions, referred ones included."""
    found = [one for one in event.children if one.tag.endswith(_SUFFIX)]
    for ref in event.every("eventDefinitionRef"):
        if (shared := scope.element(ref.words())) is not None and shared.tag.endswith(_SUFFIX):
            scope.mapped(shared, "事件定义已读取", "The event definition was read.")
            found.append(shared)
    return [(one.tag.removesuffix(_SUFFIX), one) for one in found]


def kind_of(scope: Scope, event: Element) -> tuple[str, Element | None]:
    """The kind of an event that has one definition or none; of several, the first."""
    found = definitions(scope, event)
    return found[0] if found else ("none", None)


def referred(scope: Scope, element: Element, kind: str) -> Element | None:
    """The message, signal, error or escalation that an event or a task names."""
    root = scope.element(element.get(_REFS.get(kind, "")))
    if root is not None:
        scope.mapped(root, "它的名称成为事件名", "Its name became the name of the event.")
    return root


def code_of(scope: Scope, definition: Element | None, kind: str) -> str | None:
    """The code of an error or escalation; None catches every one."""
    root = referred(scope, definition, kind) if definition is not None else None
    if root is None:
        return definition.get(_REFS[kind]) if definition is not None and kind in _REFS else None
    return root.get("errorCode") or root.get("escalationCode") or root.get("name") or root.id


def event_name(scope: Scope, holder: Element, kind: str, definition: Element | None) -> str:
    """The name of the hub's event that stands for a message or a signal."""
    root = referred(scope, definition if definition is not None else holder, kind)
    name = (root.get("name") or root.id) if root is not None else None
    flow = scope.source.message_flows.get(holder.id or "")
    given = (
        name or (flow.get("name") if flow is not None else None) or holder.get("name") or holder.id or kind
    )
    if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", given.strip()):
        return given.strip()
    return f"{kind}.{' '.join(given.split())}"


def wait_for(
    scope: Scope, holder: Element, kind: str, definition: Element | None, key: str
) -> dict[str, Any]:
    """One thing a wait waits for."""
    common = {"key": key, "name": name_of(holder)}
    if kind == "timer" and definition is not None:
        return {**common, **_time(scope, holder, definition)}
    if kind == "conditional" and definition is not None:
        return {**common, **_conditional(scope, holder, definition)}
    if kind not in ("message", "signal"):
        scope.near(
            holder,
            "没有对应的等待，改为等待同名事件",
            "There is no such wait here; it waits for an event of that name.",
        )
    return {**common, "waits": "event", "event": event_name(scope, holder, kind, definition)}


def _conditional(scope: Scope, holder: Element, definition: Element) -> dict[str, Any]:
    condition = definition.one("condition")
    text = condition.words() if condition is not None else ""
    scope.near(
        holder,
        f"条件事件改为等待事件 fact.changed，条件为 {text or '空'}",
        f"A conditional event waits for the event fact.changed, with the condition {text or '(empty)'}.",
    )
    feel = to_feel(text, scope.source.language) if text else None
    where = {"where": feel.text} if feel is not None and feel.ok else {}
    for name in feel.names if feel is not None and feel.ok else ():
        scope.draft.fact(name)
    return {"waits": "event", "event": "fact.changed", **where}


def time_text(definition: Element) -> tuple[str, str]:
    """Which of the three a timer has, and its text."""
    for tag in ("timeDuration", "timeDate", "timeCycle"):
        if (one := definition.one(tag)) is not None:
            return tag, one.words()
    return "", ""


def _time(scope: Scope, holder: Element, definition: Element) -> dict[str, Any]:
    tag, text = time_text(definition)
    if tag == "timeDate":
        moment = feel_moment(text)
        translated = to_feel(text, scope.source.language) if text and moment is None else None
        if moment is None and translated is not None and translated.ok:
            for name in translated.names:
                scope.draft.fact(name)
            scope.near(holder, f"日期 {text} 译为 FEEL", f"The date {text} was translated to FEEL.")
            moment = translated.text
        if moment is not None:
            return {"waits": "date", "date": moment}
    return {"waits": "time", **limit(scope, holder, text)}


def limit(scope: Scope, holder: Element, text: str) -> dict[str, Any]:
    """Amount, unit and clock of a duration; a day, reported, where the text is none."""
    found = span(text)
    if found is None:
        scope.near(
            holder,
            f"时间「{text}」无法换算，暂定 1 天，请修改",
            f"The time “{text}” cannot be converted; one day was put in its place.",
        )
        return {"amount": 1, "unit": "days", "clock": "wall"}
    if not found.exact:
        scope.near(
            holder,
            f"时间 {text} 取整为 {found.amount} {found.unit.value}",
            f"The time {text} was rounded to {found.amount} {found.unit.value}.",
        )
    if text.strip().lstrip("=").startswith("R"):
        scope.near(holder, "重复的定时只触发一次", "A repeating timer fires once here.")
    return {"amount": found.amount, "unit": found.unit.value, "clock": "wall"}
