"""The ways out of each node, and what each kind of node needs."""

from collections import Counter
from collections.abc import Iterator

from shuniu.core.flow.approvals import LEVELS_MAX, REJECTED, Mode, OnReject
from shuniu.core.flow.checks.problems import Problem, of
from shuniu.core.flow.document import (
    ActionNode,
    ApprovalNode,
    BranchNode,
    ChoosingNode,
    Deadline,
    Edge,
    EndNode,
    FlowDocument,
    JoinMode,
    JoinNode,
    LeavingNode,
    Node,
    On,
    ParallelNode,
    SubflowNode,
    TaskNode,
    UndoNode,
    WaitingNode,
    WaitNode,
    asks_system,
    stays,
)


def ways(document: FlowDocument) -> Iterator[Problem]:
    for node in document.nodes:
        yield from _ways_of(document, node)
        yield from _side_ways(document, node)
        yield from _named(document, node)
        yield from _limits(document, node)
        if isinstance(node, ApprovalNode):
            yield from _approval(document, node)
        elif isinstance(node, JoinNode):
            yield from _join(document, node)
        elif isinstance(node, WaitNode):
            yield from _wait(node)
        elif isinstance(node, SubflowNode):
            yield from _subflow(node)


def _ways_of(document: FlowDocument, node: Node) -> Iterator[Problem]:
    out = document.ways_out[node.id]
    if isinstance(node, EndNode):
        if out:
            yield of("end_goes_on", node, "是结束节点，后面不能再有连线", "is an end; nothing may follow it.")
    elif not out:
        yield of(
            "no_way_out", node, "后面没有节点，请连到下一步", "leads nowhere; connect it to the next step."
        )
    elif isinstance(node, ChoosingNode):
        yield from _choosing(node, out)
    elif isinstance(node, LeavingNode):
        yield from _outcomes(node, out)
    elif len(out) > 1 and not isinstance(node, ParallelNode):
        yield of("several_ways", node, "只能有一条去路", "may have only one way on.")


def _choosing(node: BranchNode | Node, out: tuple[Edge, ...]) -> Iterator[Problem]:
    if len([way for way in out if way.default]) != 1:
        yield of("one_default", node, "需要且只能有一条默认去路", "needs exactly one default way.")
    for way in out:
        if not way.default and not way.condition:
            yield of(
                "no_condition",
                node,
                f"到 {way.target} 的去路没有条件",
                f"has no condition on the way to {way.target}.",
            )


def _outcomes(node: LeavingNode, out: tuple[Edge, ...]) -> Iterator[Problem]:
    keys = [outcome.key for outcome in node.outcomes]
    if not keys or len(set(keys)) != len(keys):
        yield of("outcomes", node, "的处理结果为空或重复", "has no outcomes, or one twice.")
    general = [way for way in out if way.outcome is None]
    if len(general) > 1:
        yield of("several_ways", node, "有多条未注明结果的去路", "has several ways on that name no outcome.")
    named = Counter(way.outcome for way in out if way.outcome is not None)
    for outcome, count in sorted(named.items()):
        if outcome not in keys:
            yield of(
                "unknown_outcome",
                node,
                f"没有结果 {outcome}，但有连线用到它",
                f"has no outcome {outcome}, yet an edge names it.",
            )
        if count > 1:
            yield of(
                "several_ways", node, f"的结果 {outcome} 有多条去路", f"has several ways on for {outcome}."
            )
    elsewhere = isinstance(node, ApprovalNode) and node.on_reject is not OnReject.WAY
    for outcome in keys if not general else ():
        if outcome not in named and not (elsewhere and outcome == REJECTED):
            yield of(
                "outcome_without_way", node, f"的结果 {outcome} 没有去路", f"has no way on for {outcome}."
            )


def _side_ways(document: FlowDocument, node: Node) -> Iterator[Problem]:
    side = [edge for edge in document.all_ways_out[node.id] if edge.on is not None]
    for on in On:
        if len([edge for edge in side if edge.on is on]) > 1:
            yield of("several_ways", node, "有多条出错或超时的去路", f"has several ways on for {on.value}.")
    can_fail = isinstance(node, ActionNode | SubflowNode) or asks_system(node) is not None
    if any(edge.on is On.ERROR for edge in side) and not can_fail:
        yield of(
            "cannot_fail",
            node,
            "不是自动节点，不会走出错的去路",
            "runs no effect; its error path is never taken.",
        )
    if any(edge.on is On.TIMEOUT for edge in side) and _limit(node) is None:
        yield of("no_limit", node, "有超时的去路但没有时限", "has a timeout path but no limit.")


def _named(document: FlowDocument, node: Node) -> Iterator[Problem]:
    """Other nodes that a node speaks of."""
    spoken: tuple[str, ...] = node.cancels
    if isinstance(node, WaitingNode):
        spoken = (*spoken, *node.returns_to)
    if isinstance(node, TaskNode):
        spoken = (*spoken, *node.while_open)
    if isinstance(node, UndoNode):
        spoken = (*spoken, *node.of)
    for other in spoken:
        if other not in document.by_id:
            yield of(
                "unknown_node", node, f"提到不存在的节点 {other}", f"speaks of {other}, which is not there."
            )
    if isinstance(node, UndoNode):
        for other in node.of:
            if getattr(document.by_id.get(other), "undo", None) is None and other in document.by_id:
                yield of(
                    "nothing_to_undo",
                    node,
                    f"要补偿的 {other} 没有补偿动作",
                    f"undoes {other}, which has no undo.",
                )


def _limit(node: Node) -> Deadline | None:
    if isinstance(node, ApprovalNode):
        return node.deadline or next((level.deadline for level in node.levels if level.deadline), None)
    return node.deadline


def _limits(document: FlowDocument, node: Node) -> Iterator[Problem]:
    if node.deadline is not None and not stays(node):
        yield of(
            "limit_unused",
            node,
            "不停留，时限不起作用",
            "does not wait; its limit does nothing.",
            warning=True,
        )
    levels = [level.deadline for level in node.levels] if isinstance(node, ApprovalNode) else []
    for deadline in (node.deadline, *levels):
        if deadline is not None:
            yield from _limit_problems(document, node, deadline)


def _limit_problems(document: FlowDocument, node: Node, deadline: Deadline) -> Iterator[Problem]:
    keys = {outcome.key for outcome in node.outcomes} if isinstance(node, LeavingNode) else set()
    if deadline.timeout is not None and deadline.timeout not in keys:
        yield of(
            "unknown_outcome",
            node,
            f"超时后的结果 {deadline.timeout} 不存在",
            f"times out with {deadline.timeout}, which is not one of its outcomes.",
        )
    minutes = deadline.amount * {"minutes": 1, "hours": 60, "days": 24 * 60}[deadline.unit]
    for reminder in deadline.reminders:
        if reminder.before >= minutes and deadline.setting is None:
            yield of("late_reminder", node, "的提醒比时限还早", "reminds earlier than the step begins.")
    for one in deadline.escalated:
        if one.to is None and one.call is None:
            yield of("empty_escalation", node, "的升级没有对象", "escalates to nobody and causes nothing.")


def _approval(document: FlowDocument, node: ApprovalNode) -> Iterator[Problem]:
    if not node.levels:
        yield of("no_levels", node, "没有审批层级", "has no levels.")
    if len(node.levels) > LEVELS_MAX:
        yield of(
            "too_many_levels",
            node,
            f"有 {len(node.levels)} 级审批，最多 {LEVELS_MAX} 级",
            f"has {len(node.levels)} levels; at most {LEVELS_MAX} are allowed.",
        )
    elif _in_a_row(document, node, frozenset()) > LEVELS_MAX and not _approval_before(document, node):
        yield of(
            "too_many_levels",
            node,
            f"起的连续审批超过 {LEVELS_MAX} 级",
            f"begins more than {LEVELS_MAX} levels of approval one after another.",
        )
    for number, level in enumerate(node.levels, start=1):
        if level.mode is Mode.N_OF_M and level.needed is None and level.percent is None:
            yield of(
                "no_quorum",
                node,
                f"第 {number} 级没有写明需要几人",
                f"does not say how many level {number} needs.",
            )
        if level.people.by == "system":
            yield of(
                "wrong_people",
                node,
                f"第 {number} 级不能由系统审批",
                f"level {number} cannot be decided by an effect.",
            )
    if node.on_reject is OnReject.RETURN and node.reject_to not in document.by_id:
        yield of(
            "unknown_node", node, "驳回后没有可退回的节点", "returns a rejection to a node that is not there."
        )


def _in_a_row(document: FlowDocument, node: ApprovalNode, seen: frozenset[str]) -> int:
    """Levels of this approval and of the longest row of approvals right after it."""
    after = [document.by_id[edge.target] for edge in document.ways_out[node.id]]
    rows = [
        _in_a_row(document, other, seen | {node.id})
        for other in after
        if isinstance(other, ApprovalNode) and other.id not in seen
    ]
    return len(node.levels) + max(rows, default=0)


def _approval_before(document: FlowDocument, node: Node) -> bool:
    return any(isinstance(document.by_id[edge.source], ApprovalNode) for edge in document.ways_in[node.id])


def _join(document: FlowDocument, node: JoinNode) -> Iterator[Problem]:
    lanes = len(document.ways_in[node.id])
    if lanes < 2:
        yield of(
            "one_lane",
            node,
            "只有一条来路，没有可汇合的",
            "has one way in; there is nothing to join.",
            warning=True,
        )
    if node.mode is JoinMode.N_OF_M and not 1 <= (node.needed or 0) <= lanes:
        yield of(
            "no_quorum",
            node,
            "需要的分支数应在 1 与来路数之间",
            "needs a number between one and its ways in.",
        )


def _wait(node: WaitNode) -> Iterator[Problem]:
    keys = [one.key for one in node.until]
    if len(set(keys)) != len(keys):
        yield of("outcomes", node, "的等待编号重复", "waits for two things under one key.")


def _subflow(node: SubflowNode) -> Iterator[Problem]:
    if node.rows is not None and node.count is not None:
        yield of("rows_or_count", node, "不能同时按行和按个数", "is by row and by number at once.")
    if node.needed is not None and node.count is not None and node.needed > node.count:
        yield of("no_quorum", node, "需要的个数多于子流程", "needs more sub-flows than it starts.")
