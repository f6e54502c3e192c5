"""Designing flows: drafts, their check, publishing, comparing, and what the designer offers."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from shuniu.flows.actions import drafts
from shuniu.flows.api.router import router
from shuniu.flows.contracts import DocumentProblem, DraftMark, DraftView, VersionRef
from shuniu.flows.permissions import DESIGN, PUBLISH, READ
from shuniu.flows.queries import checking, choices, comparing, node_figures, rules, trials
from shuniu.flows.queries.drafts import draft
from shuniu.foundation.errors import Invalid
from shuniu.foundation.http import Request
from shuniu.foundation.text import Text
from shuniu.org import queries as org

NODES_MAX = 500
DAYS_MAX = 400
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class TooLarge(Invalid):
    code = "flow.too_large"
    zh = "一个流程最多 {most} 个节点，请拆成子流程"
    en = "A flow has at most {most} nodes; make sub-flows of parts of it."


class Drawn(BaseModel):
    """A document as it stands on the canvas; it need not be whole."""

    document: dict[str, Any]


class SaveDraft(Drawn):
    """`rev` is the revision it was drawn on; 0 where nothing was saved yet."""

    rev: int = Field(ge=0)


class NewFlow(BaseModel):
    """A new flow from a template, or from the current version of another flow."""

    name: Text
    subject: str = Field(default="work_order", max_length=40)
    unit_id: int | None = None
    template: str | None = None
    copy_of: str | None = None
    key: Key | None = None


class Created(BaseModel):
    key: str


class PublishDraft(BaseModel):
    rev: int = Field(ge=1)
    note: str = Field(default="", max_length=500)


class RestoreVersion(BaseModel):
    rev: int = Field(ge=0)
    version_id: int


class DiscardDraft(BaseModel):
    rev: int = Field(ge=1)


class RuleIn(BaseModel):
    """A rule as it was drawn (`group`) or written (`text`), over these facts with their FEEL types."""

    text: str = Field(default="", max_length=4000)
    group: dict[str, Any] | None = None
    names: dict[str, str] = Field(default_factory=dict, max_length=500)


class TryOut(Drawn):
    """What a trial run is told: facts at the start, answers by node (`outcome`, `after` minutes), where, and when."""

    facts: dict[str, Any] = Field(default_factory=dict, max_length=200)
    answers: dict[str, dict[str, Any]] = Field(default_factory=dict, max_length=NODES_MAX)
    unit_id: int


class TemplateOut(BaseModel):
    key: str
    name: Text
    note: Text
    steps: int


@router.post("/flows", permission=DESIGN, response=Created)
def create_flow(request: Request, body: NewFlow) -> Created:
    """Begin a flow; it is a draft until it is published."""
    if body.copy_of is not None:
        document = draft(body.copy_of, actor=request.actor).document
    else:
        document = choices.template(body.template or "blank").document
    key = drafts.create_flow(
        name=body.name,
        document=document,
        subject=body.subject,
        unit_id=body.unit_id,
        key=body.key,
        by=request.actor,
        now=request.now,
    )
    return Created(key=key)


@router.get("/flows/{key}/draft", permission=READ, response=DraftView)
def see_draft(request: Request, key: str) -> DraftView:
    """The draft; where there is none, the current version with `rev` 0."""
    return draft(key, actor=request.actor)


@router.put("/flows/{key}/draft", permission=DESIGN, response=DraftMark)
def save_draft(request: Request, key: str, body: SaveDraft) -> DraftMark:
    """Keep what is drawn; refused when somebody saved meanwhile."""
    _bounded(body.document)
    return drafts.save_draft(key=key, rev=body.rev, document=body.document, by=request.actor, now=request.now)


@router.post("/flows/{key}/draft/discard", permission=DESIGN)
def discard_draft(request: Request, key: str, body: DiscardDraft) -> None:
    """Drop the draft; a flow never published is archived with it."""
    drafts.discard_draft(key=key, rev=body.rev, by=request.actor, now=request.now)


@router.post("/flows/{key}/draft/publish", permission=PUBLISH, response=VersionRef)
def publish_draft(request: Request, key: str, body: PublishDraft) -> VersionRef:
    """Publish the draft: new runs take it, running ones stay on theirs."""
    return drafts.publish_draft(
        key=key, rev=body.rev, note=body.note.strip(), by=request.actor, now=request.now
    )


@router.post("/flows/{key}/draft/restore", permission=DESIGN, response=DraftMark)
def restore_version(request: Request, key: str, body: RestoreVersion) -> DraftMark:
    """An older version becomes the draft."""
    return drafts.restore_version(
        key=key, rev=body.rev, version_id=body.version_id, by=request.actor, now=request.now
    )


@router.get("/flows/{key}/compare", permission=READ, response=comparing.Comparison)
def compare(
    request: Request, key: str, left: str = comparing.CURRENT, right: str = comparing.DRAFT
) -> comparing.Comparison:
    """Two versions by their numbers, or `current`, or `draft`."""
    return comparing.compare(key, left=left, right=right, actor=request.actor)


@router.get("/flows/{key}/nodes", permission=READ, response=list[node_figures.NodeFigure])
def see_nodes(
    request: Request,
    key: str,
    days: Annotated[int, Field(ge=1, le=DAYS_MAX)] = 30,
    unit_id: int | None = None,
) -> list[node_figures.NodeFigure]:
    """Where runs stand now, and how long steps of the last `days` days took, by node."""
    since = request.now - timedelta(days=days)
    return node_figures.node_figures(
        key, actor=request.actor, since=since, until=request.now, unit_id=unit_id
    )


@router.post("/flow-check", permission=DESIGN, response=list[DocumentProblem], idempotent=False, atomic=False)
def check_document(request: Request, body: Drawn) -> list[DocumentProblem]:
    """What hinders publishing, each with its node. Reads only: asked while drawing."""
    del request
    _bounded(body.document)
    return checking.problems_of(body.document)


@router.post("/flow-trial", permission=DESIGN, response=trials.Trial, idempotent=False, atomic=False)
def try_document(request: Request, body: TryOut) -> trials.Trial:
    """Play a drawing through in memory: nothing is kept, nothing is sent."""
    _bounded(body.document)
    org.require_unit(actor=request.actor, permission=DESIGN, unit_id=body.unit_id)
    return trials.trial(
        body.document,
        facts=body.facts,
        answers=body.answers,
        unit_id=body.unit_id,
        starter=request.actor.staff_id,
        now=request.now,
    )


@router.post("/flow-rules", permission=DESIGN, response=rules.Rule, idempotent=False, atomic=False)
def read_rule(request: Request, body: RuleIn) -> rules.Rule:
    """A rule as text, as the builder draws it, as the browser runs it; or what is wrong. Reads only."""
    del request
    return rules.rule(text=body.text, group=body.group, names=body.names)


@router.get("/flow-choices", permission=DESIGN, response=choices.Choices)
def list_choices(request: Request) -> choices.Choices:
    """What the properties of a node offer."""
    return choices.choices(now=request.now)


@router.get("/flow-templates", permission=DESIGN, response=list[TemplateOut])
def list_templates(request: Request) -> list[TemplateOut]:
    """What a new flow may begin from."""
    del request
    return [
        TemplateOut(key=one.key, name=one.name, note=one.note, steps=one.steps) for one in choices.templates()
    ]


def _bounded(document: dict[str, Any]) -> None:
    nodes = document.get("nodes")
    if isinstance(nodes, list) and len(nodes) > NODES_MAX:
        raise TooLarge(most=NODES_MAX)
