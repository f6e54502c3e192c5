"""Commands on runs: with one's own work, on a step one sees, on a run by right."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from shuniu.flows import actions, queries
from shuniu.flows.api.router import router
from shuniu.flows.contracts import Moved, RunView
from shuniu.flows.permissions import ASSIGN, MEND, MIGRATE, STEER
from shuniu.flows.queries.deputies import DeputyRow
from shuniu.flows.queries.migration import MigrationPreview
from shuniu.flows.runs.access import require_sight
from shuniu.foundation.access import SIGNED_IN, Actor
from shuniu.foundation.http import Request

Reason = Field(default="", max_length=500)
GivenReason = Field(min_length=1, max_length=500)


class Because(BaseModel):
    """A reason, where one is wanted."""

    reason: str = Reason


class BecauseOf(BaseModel):
    reason: str = GivenReason


class Vote(BaseModel):
    """A vote at an approval, with the answers to its form."""

    reason: str = Reason
    answers: dict[str, Any] = Field(default_factory=dict, max_length=100)


class SendBack(BaseModel):
    """`then: back`: the answer there comes straight back to this step."""

    to: str = Field(max_length=40)
    reason: str = GivenReason
    then: Literal["on", "back"] = "on"


class HandOn(BaseModel):
    to: int
    reason: str = Reason


class AddSigners(BaseModel):
    who: list[int] = Field(min_length=1, max_length=20)
    where: Literal["before", "after"] = "before"
    reason: str = Reason


class CopyTo(BaseModel):
    to: list[int] = Field(min_length=1, max_length=100)
    text: str = Reason


class AssignTo(BaseModel):
    staff_ids: list[int] = Field(min_length=1, max_length=50)


class SkipStep(BaseModel):
    reason: str = GivenReason
    outcome: str | None = Field(default=None, max_length=40)


class MigrateRuns(BaseModel):
    """Old node → new node; nodes not named keep their id. No runs named: all that can be seen in the preview."""

    version_id: int
    mapping: dict[str, str] = Field(default_factory=dict, max_length=200)
    run_ids: list[int] = Field(default_factory=list, max_length=500)


class Migrated(BaseModel):
    """How many moved, and the runs that could not, with the code of the refusal."""

    moved: int
    refused: dict[int, str]


class Colleague(BaseModel):
    """Somebody work may be handed to."""

    id: int
    name: str
    unit_name: str
    position: str


class NameDeputy(BaseModel):
    """Without `staff_id`, for oneself."""

    deputy_id: int
    since: datetime
    until: datetime
    note: str = Field(default="", max_length=200)
    staff_id: int | None = None


def _given(request: Request) -> dict[str, Any]:
    """Who asks, when, under which key."""
    actor: Actor = request.actor
    return {
        "by": actor,
        "now": request.now,
        "key": f"{actor.key}:{request.headers['Idempotency-Key']}",
    }


@router.post("/flow-works/{work_id}/claim", permission=SIGNED_IN, response=Moved)
def claim_work(request: Request, work_id: int) -> Moved:
    """Take a step that several are asked on."""
    return actions.claim(work_id=work_id, **_given(request))


@router.post("/flow-works/{work_id}/release", permission=SIGNED_IN, response=Moved)
def release_work(request: Request, work_id: int) -> Moved:
    """Give a claimed step back."""
    return actions.release(work_id=work_id, **_given(request))


@router.post("/flow-works/{work_id}/approve", permission=SIGNED_IN, response=Moved)
def approve_work(request: Request, work_id: int, body: Vote) -> Moved:
    """Vote yes."""
    answers = body.answers | ({"reason": body.reason} if body.reason else {})
    return actions.approve(work_id=work_id, answers=answers, **_given(request))


@router.post("/flow-works/{work_id}/reject", permission=SIGNED_IN, response=Moved)
def reject_work(request: Request, work_id: int, body: Vote) -> Moved:
    """Vote no, with a reason."""
    return actions.reject(work_id=work_id, reason=body.reason, answers=body.answers, **_given(request))


@router.post("/flow-works/{work_id}/return", permission=SIGNED_IN, response=Moved)
def return_work(request: Request, work_id: int, body: SendBack) -> Moved:
    """Back to an earlier node of the path."""
    return actions.send_back(
        work_id=work_id, to=body.to, reason=body.reason, then=body.then, **_given(request)
    )


@router.post("/flow-works/{work_id}/transfer", permission=SIGNED_IN, response=Moved)
def transfer_work(request: Request, work_id: int, body: HandOn) -> Moved:
    """To a colleague, for good."""
    return actions.transfer(work_id=work_id, to=body.to, reason=body.reason, **_given(request))


@router.post("/flow-works/{work_id}/delegate", permission=SIGNED_IN, response=Moved)
def delegate_work(request: Request, work_id: int, body: HandOn) -> Moved:
    """To a colleague, who hands it back."""
    return actions.delegate(work_id=work_id, to=body.to, reason=body.reason, **_given(request))


@router.post("/flow-works/{work_id}/add-sign", permission=SIGNED_IN, response=Moved)
def add_signers(request: Request, work_id: int, body: AddSigners) -> Moved:
    """Others agree as well, before oneself or after."""
    return actions.add_sign(
        work_id=work_id, who=body.who, where=body.where, reason=body.reason, **_given(request)
    )


@router.post("/flow-works/{work_id}/hold", permission=SIGNED_IN, response=Moved)
def hold_work(request: Request, work_id: int, body: Because) -> Moved:
    """Wait for the customer; the limit stands still."""
    return actions.hold(work_id=work_id, reason=body.reason, **_given(request))


@router.post("/flow-works/{work_id}/unhold", permission=SIGNED_IN, response=Moved)
def unhold_work(request: Request, work_id: int) -> Moved:
    """The limit runs on."""
    return actions.unhold(work_id=work_id, **_given(request))


@router.post("/flow-steps/{step_id}/copy", permission=SIGNED_IN, response=Moved)
def copy_step(request: Request, step_id: int, body: CopyTo) -> Moved:
    """Let colleagues know."""
    return actions.copy(step_id=step_id, to=body.to, text=body.text, **_given(request))


@router.post("/flow-steps/{step_id}/urge", permission=SIGNED_IN, response=Moved)
def urge_step(request: Request, step_id: int) -> Moved:
    """Ask whoever it waits for to hurry; once in ten minutes."""
    return actions.urge(step_id=step_id, **_given(request))


@router.post("/flow-steps/{step_id}/withdraw", permission=SIGNED_IN, response=Moved)
def withdraw_step(request: Request, step_id: int, body: Because) -> Moved:
    """Take one's own answer back."""
    return actions.withdraw(step_id=step_id, reason=body.reason, **_given(request))


@router.post("/flow-steps/{step_id}/assign", permission=ASSIGN, response=Moved)
def assign_step(request: Request, step_id: int, body: AssignTo) -> Moved:
    """These members of staff, and nobody else, are asked from now on."""
    return actions.reassign(step_id=step_id, staff_ids=body.staff_ids, **_given(request))


@router.post("/flow-steps/{step_id}/skip", permission=STEER, response=Moved)
def skip_step(request: Request, step_id: int, body: SkipStep) -> Moved:
    """Pass a step by, with a reason."""
    return actions.skip(step_id=step_id, reason=body.reason, outcome=body.outcome, **_given(request))


@router.post("/flow-steps/{step_id}/cancel", permission=STEER, response=Moved)
def cancel_step(request: Request, step_id: int, body: BecauseOf) -> Moved:
    """Give one branch up; the others go on."""
    return actions.cancel_step(step_id=step_id, reason=body.reason, **_given(request))


@router.post("/flow-steps/{step_id}/retry", permission=MEND, response=Moved)
def retry_step(request: Request, step_id: int) -> Moved:
    """Try a step that stands still again."""
    return actions.retry(step_id=step_id, **_given(request))


@router.get("/flow-runs/{run_id}", permission=SIGNED_IN, response=RunView)
def see_run(request: Request, run_id: int) -> RunView:
    """A run with its steps, for who may see what it is about."""
    require_sight(run_id, by=request.actor)
    return queries.run(run_id, now=request.now, actor=request.actor)


@router.get("/flow-runs/{run_id}/colleagues", permission=SIGNED_IN, response=list[Colleague])
def list_colleagues(request: Request, run_id: int, q: str = "") -> list[Colleague]:
    """Whom work of this run may be handed to: people of its unit and of the units above, at most 50."""
    require_sight(run_id, by=request.actor)
    found = queries.colleagues(run_id, text=q)
    return [
        Colleague(id=card.id, name=card.name, unit_name=card.unit_name, position=card.position)
        for card in found
    ]


@router.post("/flow-runs/{run_id}/suspend", permission=STEER, response=Moved)
def suspend_run(request: Request, run_id: int, body: BecauseOf) -> Moved:
    """Nothing moves until it is resumed."""
    return actions.suspend(run_id=run_id, reason=body.reason, **_given(request))


@router.post("/flow-runs/{run_id}/resume", permission=STEER, response=Moved)
def resume_run(request: Request, run_id: int) -> Moved:
    return actions.resume(run_id=run_id, **_given(request))


@router.post("/flow-runs/{run_id}/cancel", permission=STEER, response=Moved)
def stop_run(request: Request, run_id: int, body: BecauseOf) -> Moved:
    """Stop the whole run."""
    return actions.stop(run_id=run_id, reason=body.reason, **_given(request))


@router.post("/flow-migrations/preview", permission=MIGRATE, response=MigrationPreview)
def preview_migration(request: Request, body: MigrateRuns) -> MigrationPreview:
    """Who could move to the version, and who cannot and why. Changes nothing."""
    return queries.migration_preview(
        version_id=body.version_id, mapping=body.mapping, run_ids=body.run_ids, actor=request.actor
    )


@router.post("/flow-migrations", permission=MIGRATE, response=Migrated)
def migrate(request: Request, body: MigrateRuns) -> Migrated:
    """Move the runs that can move; the others stay and are named."""
    preview = queries.migration_preview(
        version_id=body.version_id, mapping=body.mapping, run_ids=body.run_ids, actor=request.actor
    )
    asked = [row.run_id for row in preview.rows]
    refused = actions.migrate_runs(
        run_ids=asked, version_id=body.version_id, mapping=body.mapping, **_given(request)
    )
    return Migrated(moved=len(asked) - len(refused), refused=refused)


@router.get("/my/deputies", permission=SIGNED_IN, response=list[DeputyRow])
def list_my_deputies(request: Request) -> list[DeputyRow]:
    """Who stands in for me, and for whom I stand in, now or later."""
    staff_id = request.actor.staff_id
    return queries.deputies(staff_id, now=request.now) if staff_id is not None else []


@router.post("/my/deputies", permission=SIGNED_IN, response=list[DeputyRow])
def name_deputy(request: Request, body: NameDeputy) -> list[DeputyRow]:
    """Name who stands in while oneself (or somebody of one's units) is away."""
    staff_id = body.staff_id or request.actor.staff_id or 0
    actions.deputise(
        staff_id=staff_id,
        deputy_id=body.deputy_id,
        since=body.since,
        until=body.until,
        note=body.note,
        by=request.actor,
        now=request.now,
    )
    return queries.deputies(staff_id, now=request.now)


@router.post("/my/deputies/{deputy_row_id}/end", permission=SIGNED_IN)
def end_deputy(request: Request, deputy_row_id: int) -> None:
    """They stand in no longer."""
    actions.end_deputy(deputy_row_id=deputy_row_id, by=request.actor, now=request.now)
