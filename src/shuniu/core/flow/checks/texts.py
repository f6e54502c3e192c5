"""Every FEEL text of a document, with its type, and every form and rule for people that is named."""

from collections.abc import Iterator

from shuniu.core.flow.checks.problems import Problem, of
from shuniu.core.flow.conditions import Names, condition_problem
from shuniu.core.flow.document import (
    ActionNode,
    ApprovalNode,
    ChoosingNode,
    Deadline,
    Escalation,
    FlowDocument,
    ForDate,
    ForEvent,
    Node,
    NotifyNode,
    Reminder,
    SettleNode,
    SubflowNode,
    TaskNode,
    WaitingNode,
    WaitNode,
)
from shuniu.core.flow.forms import Form, TableField
from shuniu.core.flow.people import ByFeel, BySeveral, ByStaffField, ByStep, BySupervisor, People

Text = tuple[str, str, str | None, Names]
"""What it is, the text, the type it should give (None: any), the names it may use besides the facts."""


def texts(document: FlowDocument) -> Iterator[Problem]:
    for node in document.nodes:
        for what, text, wanted, local in _texts_of(document, node):
            wrong = condition_problem(text, (*document.names, *local), wanted=wanted)
            if wrong is not None:
                yield of(
                    "bad_condition",
                    node,
                    f"的{what}写错了：{wrong.zh}",
                    f"has a text that cannot be used: {wrong.en}",
                )
        if isinstance(node, WaitingNode):
            yield from _forms(document, node)
        for rule in _people_of(node):
            yield from _people(document, node, rule)


def _texts_of(document: FlowDocument, node: Node) -> Iterator[Text]:
    if isinstance(node, ChoosingNode):
        for way in document.ways_out[node.id]:
            if way.condition and not way.default:
                yield "条件", way.condition, "boolean", ()
    for rule in (*node.entry, *node.exit):
        yield "规则", rule.condition, "boolean", ()
    for effect in node.effects:
        yield from (("参数", text, None, ()) for text in effect.inputs.values())
    if isinstance(node, WaitingNode):
        yield from (("表单条件", one.when, "boolean", ()) for one in node.forms_when)
    if isinstance(node, ApprovalNode):
        yield from (("层级条件", level.when, "boolean", ()) for level in node.levels if level.when)
        for level in node.levels:
            yield from _limit_texts(level.deadline)
    yield from _limit_texts(node.deadline)
    yield from _own_texts(node)


def _own_texts(node: Node) -> Iterator[Text]:
    if isinstance(node, ActionNode | SettleNode) and node.undo:
        yield from (("参数", text, None, ()) for text in node.undo.inputs.values())
    if isinstance(node, ActionNode):
        yield from (("参数", text, None, ()) for text in node.inputs.values())
    elif isinstance(node, SubflowNode):
        yield from (("参数", text, None, (("row", "Any"),)) for text in node.inputs.values())
    elif isinstance(node, WaitNode):
        for one in node.until:
            if isinstance(one, ForDate):
                yield "日期", one.date, None, ()
            elif isinstance(one, ForEvent):
                if one.correlation:
                    yield "关联", one.correlation, None, ()
                if one.where:
                    yield "条件", one.where, "boolean", (("event", "Any"),)


def _limit_texts(deadline: Deadline | None) -> Iterator[Text]:
    if deadline is None:
        return
    told: list[Reminder | Escalation] = [*deadline.reminders, *deadline.escalated]
    for one in told:
        if one.call is not None:
            yield from (("参数", text, None, ()) for text in one.call.inputs.values())


def _forms(document: FlowDocument, node: WaitingNode) -> Iterator[Problem]:
    named = [node.form, *(one.form for one in node.forms_when)]
    forms: list[Form] = []
    for key in named:
        if key is None:
            continue
        form = document.forms_by_key.get(key)
        if form is None:
            yield of("no_form", node, f"用到的表单 {key} 不存在", f"uses the form {key}, which is not there.")
        else:
            forms.append(form)
    known = {path for form in forms for path in _paths(form)}
    for key in node.rights:
        if key not in known:
            yield of(
                "unknown_field",
                node,
                f"的字段权限提到不存在的字段 {key}",
                f"gives rights to {key}, which its form lacks.",
            )


def _paths(form: Form) -> Iterator[str]:
    for field in form.fields:
        yield field.key
        if isinstance(field, TableField):
            yield from (f"{field.key}.{column.key}" for column in field.columns)


def _people_of(node: Node) -> Iterator[People]:
    if isinstance(node, TaskNode):
        yield node.people
    elif isinstance(node, ApprovalNode):
        yield from (level.people for level in node.levels)
    elif isinstance(node, NotifyNode):
        yield node.to
    limits = (
        [node.deadline, *(level.deadline for level in node.levels)]
        if isinstance(node, ApprovalNode)
        else [node.deadline]
    )
    for deadline in limits:
        if deadline is not None:
            told: list[Reminder | Escalation] = [*deadline.reminders, *deadline.escalated]
            yield from (one.to for one in told if one.to is not None)


def _people(document: FlowDocument, node: Node, rule: People) -> Iterator[Problem]:
    if isinstance(rule, BySeveral):
        for one in rule.rules:
            yield from _people(document, node, one)
    elif isinstance(rule, ByFeel):
        wrong = condition_problem(rule.expression, document.names, wanted=None)
        if wrong is not None:
            yield of(
                "bad_condition",
                node,
                f"的人员公式写错了：{wrong.zh}",
                f"finds people by a text that cannot be used: {wrong.en}",
            )
    elif isinstance(rule, ByStep) and not isinstance(document.by_id.get(rule.node), WaitingNode):
        yield of(
            "unknown_node",
            node,
            f"按 {rule.node} 的处理人，但没有这个办理节点",
            f"asks whoever handled {rule.node}, which nobody handles.",
        )
    elif isinstance(rule, ByStaffField) and rule.field not in dict(document.names):
        yield _unknown(node, rule.field)
    elif isinstance(rule, BySupervisor) and rule.of is not None and rule.of not in dict(document.names):
        yield _unknown(node, rule.of)


def _unknown(node: Node, fact: str) -> Problem:
    return of(
        "unknown_fact",
        node,
        f"按「{fact}」找人，但流程里没有这一项",
        f"finds people by {fact}, which this flow does not know.",
        warning=True,
    )
