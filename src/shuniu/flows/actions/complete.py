"""Someone answers an open step."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shuniu.core.flow.answers import check_answers, files_in
from shuniu.core.flow.commands import Complete
from shuniu.core.flow.document import Outcome, WaitingNode
from shuniu.core.flow.state import CUSTOMER, SYSTEM, Party, staff
from shuniu.flows.contracts import (
    AnswersInvalid,
    Moved,
    OutcomeUnknown,
    ReasonMissing,
    WorkNotFound,
    WorkTaken,
)
from shuniu.flows.models import FlowWork
from shuniu.flows.runs.moving import execute, observe
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor, ActorKind
from shuniu.foundation.errors import FieldProblem
from shuniu.foundation.files import actions as files
from shuniu.foundation.files import queries as stored
from shuniu.foundation.text import Text

REASON = "reason"


def complete(
    *,
    work_id: int,
    by: Actor,
    now: datetime,
    key: str,
    answers: Mapping[str, Any] | None = None,
    outcome: str | None = None,
) -> Moved:
    """Answer one's own work. WorkTaken when the step is closed already; the same key again changes nothing."""
    run_id = (
        FlowWork.objects.filter(pk=work_id, staff_id=by.staff_id, party="staff")
        .values_list("run_id", flat=True)
        .first()
        if by.staff_id is not None
        else None
    )
    if run_id is None:
        raise WorkNotFound()

    def make(run: LockedRun) -> Complete:
        if work_id not in run.works:
            raise WorkTaken()
        visit, number = run.works[work_id]
        return _answered(run, visit, _party(by), number, outcome, answers or {}, {}, by, now)

    request = {"do": "complete", "work": work_id, "outcome": outcome, "answers": dict(answers or {})}
    return execute(run_id=run_id, key=key, request=request, make=make, by=by, now=now)


def answer_step(
    *,
    run_id: int,
    node: str,
    by: Actor,
    now: datetime,
    key: str,
    answers: Mapping[str, Any] | None = None,
    outcome: str | None = None,
    facts: Mapping[str, Any] | None = None,
    visit: int | None = None,
    for_house: bool = False,
) -> Moved:
    """Answer the open step at a node as the customer, as the house, or as a member of staff who is asked there.

    With `visit`, only that stay. `facts` stay with the run. `for_house`: `by` decides for whoever is asked; the caller
    has checked the right to. WorkTaken when the step is not open, or `by` is not asked there.
    """
    party = SYSTEM if for_house else _party(by)

    def make(run: LockedRun) -> Complete:
        here = run.state.at(node)
        if here is None or visit not in (None, here.visit):
            raise WorkTaken()
        return _answered(run, here.visit, party, None, outcome, answers or {}, facts or {}, by, now)

    request = {
        "do": "answer",
        "node": node,
        "visit": visit,
        "outcome": outcome,
        "answers": dict(answers or {}),
        "facts": dict(facts or {}),
    }
    return execute(run_id=run_id, key=key, request=request, make=make, by=by, now=now)


def _party(by: Actor) -> Party:
    if by.kind is ActorKind.CUSTOMER:
        return CUSTOMER
    if by.staff_id is not None:
        return staff(by.staff_id)
    return SYSTEM


def _answered(
    run: LockedRun,
    visit: int,
    party: Party,
    number: int | None,
    outcome: str | None,
    answers: Mapping[str, Any],
    facts: Mapping[str, Any],
    by: Actor,
    now: datetime,
) -> Complete:
    here = run.state.step(visit)
    node = run.document.by_id[here.node] if here else None
    if here is None or not isinstance(node, WaitingNode):
        raise WorkTaken()
    leaving = _outcome(node, outcome)
    return Complete(
        visit=visit,
        party=party.key,
        work=number,
        outcome=leaving.key,
        answers=_checked(run, node, here.form, leaving, answers, by, now),
        facts=dict(facts),
        observed=observe(run, now, leaving=node.id),
    )


def _outcome(node: WaitingNode, named: str | None) -> Outcome:
    offered = [outcome for outcome in node.outcomes if not outcome.automatic]
    if named is None and len(offered) == 1:
        return offered[0]
    found = next((outcome for outcome in node.outcomes if outcome.key == named), None)
    if found is None:
        raise OutcomeUnknown(field="outcome")
    return found


def _checked(
    run: LockedRun,
    node: WaitingNode,
    shown: str | None,
    outcome: Outcome,
    answers: Mapping[str, Any],
    by: Actor,
    now: datetime,
) -> dict[str, Any]:
    """Answers in their stored shape with their files tied to the subject; AnswersInvalid points at each field."""
    rest = {key: value for key, value in answers.items() if key != REASON}
    kept: dict[str, Any] = {}
    reason = str(answers.get(REASON) or "").strip()[:500]
    if outcome.reason and not reason:
        raise ReasonMissing(field="answers.reason")
    if reason:
        kept[REASON] = reason
    form = run.document.forms_by_key.get(shown) if shown else run.document.form_of(node)
    if form is None or not outcome.form:
        return kept
    clean, wrong = check_answers(
        form, rest, node.rights, facts=run.state.facts, names=run.document.names, now=now
    )
    problems = [FieldProblem(f"answers.{p.field}", Text(zh=p.text.zh, en=p.text.en), p.code) for p in wrong]
    named = files_in(form, clean)
    ids = sorted({file_id for field_ids in named.values() for file_id in field_ids})
    images = (
        {file.id for file in stored.by_ids(ids).values() if file.mime.startswith("image/")} if ids else set()
    )
    for field, field_ids in named.items():
        if not set(field_ids) <= images:
            lost = Text(zh="照片没有上传成功，请重新上传", en="A picture is missing; please upload it again.")
            problems.append(FieldProblem(f"answers.{field}", lost, "file_missing"))
    if problems:
        raise AnswersInvalid(problems=problems, count=len(problems))
    if ids:
        files.attach(ids=ids, subject=run.subject, by=by, now=now)
    return kept | clean
