"""Complete 完成, approve 同意, reject 驳回: an answer to an open step."""

from collections.abc import Mapping
from typing import Any

from shuniu.core.flow.approvals import APPROVED, REJECTED
from shuniu.core.flow.commands import Approve, Complete, DoneAction, PastStep, Reject
from shuniu.core.flow.document import (
    ActionNode,
    ApprovalNode,
    Node,
    Outcome,
    StartNode,
    SurveyNode,
    TaskNode,
    handler_fact,
)
from shuniu.core.flow.effects import StepChanged, WorkEnd
from shuniu.core.flow.errors import MustClaim, NotAllowed, NotAsked, RuleBroken, StepNotOpen, UnknownOutcome
from shuniu.core.flow.kinds import deciding, seats
from shuniu.core.flow.state import SYSTEM, Leaving, OpenStep, OpenWork, Party, PartyKind
from shuniu.core.flow.walk import Walk


def complete(walk: Walk, command: Complete) -> None:
    here = walk.step(command.visit)
    node = walk.node(here)
    party = Party.of(command.party)
    if command.call is not None and command.call != here.awaiting:
        raise StepNotOpen
    if isinstance(node, ActionNode):
        _result(walk, here, node, party, command)
    elif isinstance(node, ApprovalNode):
        outcome = outcome_of(node.outcomes, command.outcome, by_person=party != SYSTEM)
        walk.facts.update(command.facts)
        _vote(walk, here, node, party, command.work, command.answers, yes=outcome == APPROVED)
    elif isinstance(node, TaskNode | SurveyNode | StartNode):
        _answer(walk, here, node, party, command)
    else:
        raise NotAllowed


def approve(walk: Walk, command: Approve) -> None:
    here, node = _approval(walk, command.visit)
    _vote(walk, here, node, Party.of(command.party), command.work, command.answers, yes=True)


def reject(walk: Walk, command: Reject) -> None:
    here, node = _approval(walk, command.visit)
    party = Party.of(command.party)
    _vote(walk, here, node, party, command.work, command.answers, command.past, command.done, yes=False)


def outcome_of(outcomes: tuple[Outcome, ...], named: str | None, *, by_person: bool) -> str:
    """The outcome a step is left by; UnknownOutcome when it is not offered, or one must be named."""
    offered = [outcome.key for outcome in outcomes if not (by_person and outcome.automatic)]
    if named is None and len(offered) == 1:
        return offered[0]
    if named is None or named not in offered:
        raise UnknownOutcome
    return named


def _approval(walk: Walk, visit: int) -> tuple[OpenStep, ApprovalNode]:
    here = walk.step(visit)
    node = walk.node(here)
    if not isinstance(node, ApprovalNode):
        raise NotAllowed
    return here, node


def _result(walk: Walk, here: OpenStep, node: ActionNode, party: Party, command: Complete) -> None:
    """The result of an awaited effect."""
    if party != SYSTEM:
        raise NotAsked
    outcome = outcome_of(node.outcomes, command.outcome, by_person=False)
    result = {**command.answers, **command.facts}
    walk.facts.update(command.facts)
    walk.facts.update({fact: result.get(key) for fact, key in node.keeps.items()})
    walk.close(walk.clear(here), outcome=outcome, party=party, answers=command.answers)


def _answer(
    walk: Walk, here: OpenStep, node: TaskNode | SurveyNode | StartNode, party: Party, command: Complete
) -> None:
    work = seats.work_of(here, party, command.work)
    if work is not None and deciding.came_back(walk, here, work, command.answers):
        return
    if isinstance(node, StartNode):
        outcome = "done"
    else:
        _available(walk, here, node, party, work)
        outcome = outcome_of(node.outcomes, command.outcome, by_person=party != SYSTEM)
    walk.facts.update(command.facts)
    keep_answers(walk, here, command.answers)
    _may_leave(walk, node, party, outcome)
    _handled_by(walk, node, party)
    here = walk.clear(here)
    deciding.task_answered(walk, here, work, Leaving(outcome, party, command.answers))


def _vote(
    walk: Walk,
    here: OpenStep,
    node: ApprovalNode,
    party: Party,
    number: int | None,
    answers: Mapping[str, Any],
    past: tuple[PastStep, ...] = (),
    done: tuple[DoneAction, ...] = (),
    *,
    yes: bool,
) -> None:
    work = seats.work_of(here, party, number)
    if work is not None and deciding.came_back(walk, here, work, answers):
        return
    outcome = APPROVED if yes else REJECTED
    keep_answers(walk, here, answers)
    _may_leave(walk, node, party, outcome)
    _handled_by(walk, node, party)
    before, here = here, walk.clear(here)
    said: bool | None = yes
    if work is not None:
        here = deciding.vote(walk, here, work, yes=yes, outcome=outcome, answers=answers)
        said = deciding.decided(walk, here, node)
    if said is None:
        _wait_for_more(walk, before, here, node, party, outcome, answers)
    elif said:
        deciding.level_passed(walk, here, node, party, answers)
    else:
        deciding.level_rejected(walk, here, node, party, answers, past, done)


def _wait_for_more(
    walk: Walk,
    before: OpenStep,
    here: OpenStep,
    node: ApprovalNode,
    party: Party,
    outcome: str,
    answers: Mapping[str, Any],
) -> None:
    """Votes are missing. Where only added signatures are, nobody else is asked any more."""
    walk.effects.append(StepChanged(here.visit, "voted", party, {"outcome": outcome, **answers}))
    if deciding.base_decided(here, node):
        rest = tuple(work for work in here.works if work.seat not in here.added)
        here = walk.close_works(here, rest, WorkEnd.TAKEN)
        here = walk.put(here.but(leaving=Leaving(outcome, party, answers)))
    seats.tell_freed(walk, before, here)


def _available(
    walk: Walk, here: OpenStep, node: TaskNode | SurveyNode, party: Party, work: OpenWork | None
) -> None:
    if not isinstance(node, TaskNode) or party == SYSTEM:
        return
    if node.must_claim and here.claimed is None and work is not None and work.seat not in here.added:
        raise MustClaim
    if node.while_open and not any(other.node in node.while_open for other in walk.open.values()):
        raise NotAllowed


def _may_leave(walk: Walk, node: Node, party: Party, outcome: str) -> None:
    """The exit rules hold people up; limits and effects are not held up by them."""
    if party == SYSTEM:
        return
    for rule in node.exit:
        if (not rule.outcomes or outcome in rule.outcomes) and not walk.holds(rule.condition):
            raise RuleBroken(node.id, rule.text)


def _handled_by(walk: Walk, node: Node, party: Party) -> None:
    if party.kind is PartyKind.STAFF and not isinstance(node, StartNode):
        walk.facts[handler_fact(node.id)] = party.id


def keep_answers(walk: Walk, here: OpenStep, answers: Mapping[str, Any]) -> None:
    """Answers whose field names a fact stay with the run."""
    node = walk.node(here)
    form = walk.document.forms_by_key.get(here.form) if here.form else walk.document.form_of(node)
    for field in form.fields if form else ():
        if field.fact is not None and field.key in answers:
            walk.facts[field.fact] = answers[field.key]
