"""The check of a document that is being drawn: malformed places and faults alike, each named by its node."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from shuniu.core.flow.check import Problem, check
from shuniu.core.flow.document import FlowDocument
from shuniu.flows.contracts import DocumentProblem
from shuniu.foundation.text import Text

PLACES: Mapping[str, Text] = {
    "name": Text(zh="名称", en="the name"),
    "people": Text(zh="处理人", en="who handles it"),
    "role": Text(zh="角色", en="the role"),
    "position": Text(zh="岗位", en="the position"),
    "staff_ids": Text(zh="人员", en="the people"),
    "expression": Text(zh="表达式", en="the expression"),
    "levels": Text(zh="审批层级", en="the levels"),
    "to": Text(zh="通知谁", en="who is told"),
    "text": Text(zh="文字内容", en="the text"),
    "form": Text(zh="表单", en="the form"),
    "effect": Text(zh="动作", en="the action"),
    "flow": Text(zh="子流程", en="the sub-flow"),
    "measure": Text(zh="结算项", en="the measure"),
    "until": Text(zh="等待什么", en="what it waits for"),
    "event": Text(zh="事件", en="the event"),
    "date": Text(zh="日期", en="the date"),
    "amount": Text(zh="时长", en="the length of time"),
    "deadline": Text(zh="时限", en="the limit"),
    "reminders": Text(zh="提醒", en="the reminders"),
    "escalation": Text(zh="超时升级", en="the escalation"),
    "condition": Text(zh="条件", en="the condition"),
    "outcomes": Text(zh="处理结果", en="the outcomes"),
    "needed": Text(zh="需要的数量", en="the number needed"),
    "percent": Text(zh="比例", en="the share"),
    "before": Text(zh="提前多久", en="how long before"),
    "fields": Text(zh="字段", en="the fields"),
    "options": Text(zh="选项", en="the options"),
}
_EMPTY = ("missing", "string_too_short", "too_short", "none_required")
PROBLEMS_MAX = 100


def problems_of(document: Mapping[str, Any]) -> list[DocumentProblem]:
    """What hinders publishing, and warnings; an empty list may be published."""
    try:
        parsed = FlowDocument.model_validate(document)
    except ValidationError as wrong:
        return _malformed(wrong, document)
    return [_told(problem) for problem in check(parsed)][:PROBLEMS_MAX]


def _told(problem: Problem) -> DocumentProblem:
    return DocumentProblem(
        code=problem.code,
        node=problem.node,
        text=Text(zh=problem.text.zh, en=problem.text.en),
        warning=bool(getattr(problem, "warning", False)),
    )


def _malformed(wrong: ValidationError, document: Mapping[str, Any]) -> list[DocumentProblem]:
    errors = wrong.errors(include_url=False, include_context=False, include_input=False)
    told = [_misshaped(error, document) for error in errors]
    return list({(one.node, one.text.zh): one for one in told}.values())[:PROBLEMS_MAX]


def _misshaped(error: Mapping[str, Any], document: Mapping[str, Any]) -> DocumentProblem:
    where = error["loc"]
    named = [PLACES[str(part)] for part in where if str(part) in PLACES]
    place = named[-1] if named else Text(zh="、".join(map(str, where)), en=", ".join(map(str, where)))
    empty = error["type"] in _EMPTY
    zh = f"{place.zh}还没有填写" if empty else f"{place.zh}填写不正确"
    en = f"{place.en} is not filled in." if empty else f"{place.en} is not filled in correctly."
    node, title = _owner(where, document)
    if title is None:
        return DocumentProblem(code="malformed", node=node, text=Text(zh=zh, en=en[0].upper() + en[1:]))
    text = Text(zh=f"「{title.zh}」的{zh}", en=f"“{title.en}”: {en}")
    return DocumentProblem(code="malformed", node=node, text=text)


def _owner(where: Sequence[int | str], document: Mapping[str, Any]) -> tuple[str | None, Text | None]:
    """The node, or the form, that the place lies in."""
    if len(where) < 2 or where[0] not in ("nodes", "edges", "forms") or not isinstance(where[1], int):
        return None, None
    held = document[str(where[0])][where[1]]
    if not isinstance(held, Mapping):
        return None, None
    node = held.get("source") if where[0] == "edges" else held.get("id")
    name = held.get("name")
    title = Text(zh=str(name.get("zh")), en=str(name.get("en"))) if isinstance(name, Mapping) else None
    return (str(node) if node is not None else None), title
