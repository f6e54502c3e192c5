"""Checks of a flow document: everything that would make a run stop, named by node, in words that say the mend."""

from collections.abc import Iterator
from dataclasses import dataclass

from shuniu.core.flow.conditions import condition_problem
from shuniu.core.flow.document import (
    BranchNode,
    Deadline,
    Edge,
    EndNode,
    FlowDocument,
    Node,
    StartNode,
    SurveyNode,
    TaskNode,
    WaitingNode,
)
from shuniu.core.flow.forms import Form, SelectField
from shuniu.core.flow.words import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend before publishing. `node` is the id of the faulty node; None when it is the whole document."""

    code: str
    node: str | None
    text: Words
    warning: bool = False
    """To be looked at; it does not keep a document from being published."""


def check(document: FlowDocument) -> tuple[Problem, ...]:
    """All problems; an empty tuple may be published."""
    shape = tuple(_shape(document))
    if shape:
        # The rest walks edges and looks nodes up: it needs the shape to hold.
        return shape
    return (*_nodes(document), *_paths(document))


def _problem(code: str, node: Node | None, zh: str, en: str) -> Problem:
    if node is None:
        return Problem(code, None, Words(zh=zh, en=en))
    return Problem(code, node.id, Words(zh=f"「{node.name.zh}」{zh}", en=f"“{node.name.en}” {en}"))


def _shape(document: FlowDocument) -> Iterator[Problem]:
    for kind, ids in (
        ("node", [node.id for node in document.nodes]),
        ("edge", [edge.id for edge in document.edges]),
        ("form", [form.key for form in document.forms]),
    ):
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            yield _problem(f"{kind}_twice", None, f"编号 {twice} 出现两次", f"The id {twice} is used twice.")
    starts = [node for node in document.nodes if isinstance(node, StartNode)]
    if len(starts) != 1:
        yield _problem("one_start", None, "流程需要且只能有一个开始节点", "A flow has exactly one start.")
    if not any(isinstance(node, EndNode) for node in document.nodes):
        yield _problem("no_end", None, "流程需要一个结束节点", "A flow needs an end.")
    for edge in document.edges:
        for end in (edge.source, edge.target):
            if end not in document.by_id:
                yield _problem(
                    "edge_to_nowhere",
                    None,
                    f"连线 {edge.id} 指向不存在的节点 {end}",
                    f"Edge {edge.id} leads to {end}, which is not there.",
                )
    for form in document.forms:
        yield from _form(form)


def _form(form: Form) -> Iterator[Problem]:
    keys = [field.key for field in form.fields]
    for twice in sorted({key for key in keys if keys.count(key) > 1}):
        yield _problem(
            "field_twice",
            None,
            f"表单「{form.name.zh}」的字段 {twice} 出现两次",
            f"Form “{form.name.en}” has the field {twice} twice.",
        )
    for field in form.fields:
        if isinstance(field, SelectField) and not field.options:
            yield _problem(
                "no_options",
                None,
                f"表单「{form.name.zh}」的「{field.name.zh}」没有选项",
                f"“{field.name.en}” in form “{form.name.en}” has no options.",
            )


def _nodes(document: FlowDocument) -> Iterator[Problem]:
    for node in document.nodes:
        ways = document.ways_out[node.id]
        if isinstance(node, EndNode):
            if ways:
                yield _problem(
                    "end_goes_on", node, "是结束节点，后面不能再有连线", "is an end; nothing may follow it."
                )
            continue
        if not ways:
            yield _problem(
                "no_way_out",
                node,
                "后面没有节点，请连到下一步",
                "leads nowhere; connect it to the next step.",
            )
        elif isinstance(node, BranchNode):
            yield from _branch(document, node, ways)
        elif isinstance(node, WaitingNode):
            yield from _outcomes(node, ways)
        elif len(ways) > 1:
            yield _problem("several_ways", node, "只能有一条去路", "may have only one way on.")
        if isinstance(node, WaitingNode):
            yield from _waiting(document, node)


def _branch(document: FlowDocument, node: Node, ways: tuple[Edge, ...]) -> Iterator[Problem]:
    defaults = [way for way in ways if way.default]
    if len(defaults) != 1:
        yield _problem("one_default", node, "需要且只能有一条默认去路", "needs exactly one default way.")
    for way in ways:
        if way.default:
            continue
        if not way.condition:
            yield _problem(
                "no_condition",
                node,
                f"到 {way.target} 的去路没有条件",
                f"has no condition on the way to {way.target}.",
            )
        elif (wrong := condition_problem(way.condition, document.names)) is not None:
            yield _problem(
                "bad_condition",
                node,
                f"的条件写错了：{wrong.zh}",
                f"has a condition that cannot be read: {wrong.en}",
            )


def _outcomes(node: WaitingNode, ways: tuple[Edge, ...]) -> Iterator[Problem]:
    keys = [outcome.key for outcome in node.outcomes]
    if not keys or len(set(keys)) != len(keys):
        yield _problem("outcomes", node, "的处理结果为空或重复", "has no outcomes, or one twice.")
    general = [way for way in ways if way.outcome is None]
    if len(general) > 1:
        yield _problem(
            "several_ways", node, "有多条未注明结果的去路", "has several ways on that name no outcome."
        )
    named = [way.outcome for way in ways if way.outcome is not None]
    for outcome in sorted(set(named)):
        if outcome not in keys:
            yield _problem(
                "unknown_outcome",
                node,
                f"没有结果 {outcome}，但有连线用到它",
                f"has no outcome {outcome}, yet an edge names it.",
            )
        if named.count(outcome) > 1:
            yield _problem(
                "several_ways", node, f"的结果 {outcome} 有多条去路", f"has several ways on for {outcome}."
            )
    if not general:
        for outcome in keys:
            if outcome not in named:
                yield _problem(
                    "outcome_without_way", node, f"的结果 {outcome} 没有去路", f"has no way on for {outcome}."
                )


def _waiting(document: FlowDocument, node: WaitingNode) -> Iterator[Problem]:
    form = document.form_of(node)
    if node.form is not None and form is None:
        yield _problem(
            "no_form",
            node,
            f"用到的表单 {node.form} 不存在",
            f"uses the form {node.form}, which is not there.",
        )
    for key in node.rights:
        if form is None or form.field(key) is None:
            yield _problem(
                "unknown_field",
                node,
                f"的字段权限提到不存在的字段 {key}",
                f"gives rights to {key}, which its form lacks.",
            )
    deadline: Deadline | None = node.deadline
    if deadline is None:
        return
    if deadline.timeout is not None and deadline.timeout not in {outcome.key for outcome in node.outcomes}:
        yield _problem(
            "unknown_outcome",
            node,
            f"超时后的结果 {deadline.timeout} 不存在",
            f"times out with {deadline.timeout}, which is not one of its outcomes.",
        )
    minutes = deadline.amount * {"minutes": 1, "hours": 60, "days": 24 * 60}[deadline.unit]
    for reminder in deadline.reminders:
        if reminder.before >= minutes and deadline.setting is None:
            yield _problem("late_reminder", node, "的提醒比时限还早", "reminds earlier than the step begins.")


def _paths(document: FlowDocument) -> Iterator[Problem]:
    after = {node.id: {edge.target for edge in document.ways_out[node.id]} for node in document.nodes}
    before: dict[str, set[str]] = {node.id: set() for node in document.nodes}
    for source, targets in after.items():
        for target in targets:
            before[target].add(source)
    start = next(node for node in document.nodes if isinstance(node, StartNode))
    reached = _closure({start.id}, after)
    ending = _closure({node.id for node in document.nodes if isinstance(node, EndNode)}, before)
    passing = {node.id for node in document.nodes if not isinstance(node, TaskNode | SurveyNode)}
    for node in document.nodes:
        if isinstance(node, StartNode) and before[node.id]:
            yield _problem(
                "start_again", node, "是开始节点，不能连回来", "is the start; nothing may lead back to it."
            )
        if node.id not in reached:
            yield _problem("unreachable", node, "从开始走不到", "cannot be reached from the start.")
        elif node.id not in ending:
            yield _problem("never_ends", node, "之后走不到结束", "leads to no end.")
        automatic = {source: targets & passing for source, targets in after.items() if source in passing}
        if node.id in passing and node.id in _closure(automatic.get(node.id, set()), automatic):
            yield _problem(
                "endless_loop",
                node,
                "会一直自动循环，中间需要有人处理的节点",
                "loops by itself for ever; a step that waits must lie between.",
            )


def _closure(seeds: set[str], neighbours: dict[str, set[str]]) -> set[str]:
    found = set(seeds)
    todo = list(seeds)
    while todo:
        for other in neighbours.get(todo.pop(), set()) - found:
            found.add(other)
            todo.append(other)
    return found
