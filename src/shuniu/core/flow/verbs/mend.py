"""Fail 执行失败, retry 重试, skip 跳过: a step that stands still, and what a person does about it."""

from shuniu.core.flow import entering
from shuniu.core.flow.commands import Fail, Retry, Skip
from shuniu.core.flow.document import (
    ActionNode,
    ApprovalNode,
    JoinNode,
    LeavingNode,
    On,
    SubflowNode,
    asks_system,
)
from shuniu.core.flow.effects import PeopleWanted, StepEnd
from shuniu.core.flow.errors import NoIncident, NotAllowed, ReasonNeeded, RuleBroken, StepNotOpen
from shuniu.core.flow.kinds import asking, deciding, joins, subflows
from shuniu.core.flow.state import OpenStep, Party
from shuniu.core.flow.verbs.complete import outcome_of
from shuniu.core.flow.walk import Arrival, Walk


def fail(walk: Walk, command: Fail) -> None:
    here = walk.step(command.visit)
    if here.awaiting is None or command.call not in (None, here.awaiting):
        raise StepNotOpen
    failed(walk, here, "effect_failed", command.zh or "执行失败", command.en or "The effect failed.")


def failed(walk: Walk, here: OpenStep, code: str, zh: str, en: str) -> None:
    """The error path where there is one, else an incident."""
    way = walk.document.way_on(here.node, On.ERROR)
    if way is None:
        walk.stop(here, code, zh, en)
    else:
        walk.close(here, end=StepEnd.FAILED, ways=(way,), answers={"reason": zh})


def retry(walk: Walk, command: Retry) -> None:
    here = walk.step(command.visit)
    if here.incident is None:
        raise NoIncident
    code = here.incident.code
    here = walk.clear(here)
    node = walk.node(here)
    if code == "effect_failed":
        _call_again(walk, here)
    elif code in ("nobody", "administrator"):
        rule = asking.rule_of(walk, here)
        if rule is not None:
            walk.effects.append(PeopleWanted(here.visit, rule))
    elif code == "entry":
        broken = next((rule for rule in node.entry if not walk.holds(rule.condition)), None)
        if broken is not None:
            raise RuleBroken(node.id, broken.text)
        entering.begin(walk, here, node, Arrival(node.id, here.via))
    elif code == "date_unknown":
        entering.begin(walk, here, node, Arrival(node.id, here.via))
    elif code == "child_failed" and isinstance(node, SubflowNode):
        subflows.begin_failed(walk, here, node)


def skip(walk: Walk, command: Skip) -> None:
    """By right, with a reason: the step closes as skipped."""
    if not command.reason.strip():
        raise ReasonNeeded
    here = walk.step(command.visit)
    node = walk.node(here)
    party = Party.of(command.party)
    answers = {"reason": command.reason}
    if here.lanes:
        raise NotAllowed
    if isinstance(node, JoinNode):
        joins.let_through(
            walk, node.id, [one for one in walk.open.values() if one.node == node.id and not one.lanes]
        )
        return
    here = walk.clear(here)
    if isinstance(node, ApprovalNode) and command.outcome is None:
        deciding.level_passed(walk, here, node, None, answers)
        return
    outcome = (
        outcome_of(node.outcomes, command.outcome, by_person=False) if isinstance(node, LeavingNode) else None
    )
    walk.close(here, outcome=outcome, party=party, answers=answers, end=StepEnd.SKIPPED)


def _call_again(walk: Walk, here: OpenStep) -> None:
    node = walk.node(here)
    system = asks_system(node)
    if isinstance(node, ActionNode):
        computed = {name: walk.value(text) for name, text in node.inputs.items()}
        walk.call(here, node.effect, {**node.params, **computed}, awaited=True)
    elif system is not None:
        walk.call(here, system.effect, system.params, awaited=True)
    else:
        raise NotAllowed
