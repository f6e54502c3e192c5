"""Someone answers an open step."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from shuniu.core.flow.answers import AnswerProblem, check_answers, documents_in, files_in
from shuniu.core.flow.approvals import REJECTED, OnReject
from shuniu.core.flow.commands import Approve, Complete, Reject
from shuniu.core.flow.document import ApprovalNode, Outcome, StartNode, WaitingNode
from shuniu.core.flow.forms import Form
from shuniu.core.flow.state import SYSTEM, OpenStep, Party
from shuniu.flows.contracts import (
    AnswersInvalid,
    Moved,
    OutcomeUnknown,
    ReasonMissing,
    WorkTaken,
)
from shuniu.flows.runs import history
from shuniu.flows.runs.access import at_work, party_of, run_of_work
from shuniu.flows.runs.moving import execute, observe
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor
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

    def make(run: LockedRun) -> Complete | Approve | Reject:
        visit, number, party = at_work(run, work_id)
        return _answered(run, visit, party, number, outcome, answers or {}, {}, by, now)

    request = {"do": "complete", "work": work_id, "outcome": outcome, "answers": dict(answers or {})}
    return execute(run_id=run_of_work(work_id, by, now), key=key, request=request, make=make, by=by, now=now)


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
    party = SYSTEM if for_house else party_of(by)

    def make(run: LockedRun) -> Complete | Approve | Reject:
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
) -> Complete | Approve | Reject:
    here = run.state.step(visit)
    node = run.document.by_id[here.node] if here else None
    if here is None or not isinstance(node, WaitingNode | StartNode):
        raise WorkTaken()
    leaving = _outcome(node, outcome) if not isinstance(node, StartNode) else None
    rest: dict[str, Any] = {
        "visit": visit,
        "party": party.key,
        "work": number,
        "answers": _checked(run, here, leaving, answers, by, now),
        "observed": observe(run, now, leaving=node.id),
    }
    if isinstance(node, ApprovalNode) and not facts and leaving is not None:
        return _voted(run, here, node, leaving, rest)
    return Complete(outcome=leaving.key if leaving else None, facts=dict(facts), **rest)


def _voted(
    run: LockedRun, here: OpenStep, node: ApprovalNode, leaving: Outcome, rest: dict[str, Any]
) -> Approve | Reject:
    """A vote; a rejection that returns brings the history it needs."""
    if leaving.key != REJECTED:
        return Approve(**rest)
    target = here.via.get(node.reject_to) if node.reject_to else None
    if node.on_reject is not OnReject.RETURN or target is None:
        return Reject(**rest)
    done = history.done(run.id, run.document, target)
    return Reject(**rest, past=history.arrivals(run.id, target), done=done)


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
    here: OpenStep,
    outcome: Outcome | None,
    answers: Mapping[str, Any],
    by: Actor,
    now: datetime,
) -> dict[str, Any]:
    """Answers in their stored shape with their files tied to the subject; AnswersInvalid points at each field."""
    rest = {key: value for key, value in answers.items() if key != REASON}
    kept: dict[str, Any] = {}
    reason = str(answers.get(REASON) or "").strip()[:500]
    if outcome is not None and outcome.reason and not reason:
        raise ReasonMissing(field="answers.reason")
    if reason:
        kept[REASON] = reason
    node = run.document.by_id[here.node]
    form = run.document.forms_by_key.get(here.form) if here.form else run.document.form_of(node)
    if form is None or (outcome is not None and not outcome.form):
        return kept
    clean, wrong = check_answers(
        form,
        rest,
        getattr(node, "rights", {}),
        facts=run.state.facts,
        names=run.document.names,
        now=now,
    )
    return kept | _with_files(run, form, clean, wrong, by, now)


def _with_files(
    run: LockedRun,
    form: Form,
    clean: dict[str, Any],
    wrong: Sequence[AnswerProblem],
    by: Actor,
    now: datetime,
) -> dict[str, Any]:
    """The answers once their files are there and tied to the subject."""
    problems = [FieldProblem(f"answers.{p.field}", Text(zh=p.text.zh, en=p.text.en), p.code) for p in wrong]
    pictures, papers = files_in(form, clean), documents_in(form, clean)
    ids = sorted({one for named in (pictures, papers) for found in named.values() for one in found})
    known = stored.by_ids(ids) if ids else {}
    images = {file.id for file in known.values() if file.mime.startswith("image/")}
    for named, there in ((pictures, images), (papers, set(known))):
        for field, field_ids in named.items():
            if not set(field_ids) <= there:
                lost = Text(
                    zh="文件没有上传成功，请重新上传", en="A file is missing; please upload it again."
                )
                problems.append(FieldProblem(f"answers.{field}", lost, "file_missing"))
    if problems:
        raise AnswersInvalid(problems=problems, count=len(problems))
    if ids:
        files.attach(ids=ids, subject=run.subject, by=by, now=now)
    return clean
