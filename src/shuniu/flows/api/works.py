"""One's own works, and effects that failed."""

from typing import Any, Literal

from django.http import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.flows import actions, queries
from shuniu.flows.api.router import router
from shuniu.flows.contracts import InboxRow, IncidentRow, Moved
from shuniu.flows.permissions import MEND
from shuniu.flows.queries.incidents import incident_rows
from shuniu.foundation.access import SIGNED_IN
from shuniu.foundation.http import Column, Page, PageParams, Request, export_response, paginate
from shuniu.foundation.text import Text


class CompleteWork(BaseModel):
    """The answers to a step's form, and how one leaves it when there are several ways."""

    outcome: str | None = Field(default=None, max_length=40)
    answers: dict[str, Any] = Field(default_factory=dict, max_length=100)


class SkipEffect(BaseModel):
    reason: str = Field(min_length=1, max_length=200)


@router.get("/my/works", permission=SIGNED_IN, response=list[InboxRow])
def list_my_works(request: Request) -> list[InboxRow]:
    """What waits for me, the most urgent first, at most 200."""
    staff_id = request.actor.staff_id
    return queries.inbox(staff_id, now=request.now) if staff_id is not None else []


@router.post("/flow-works/{work_id}/complete", permission=SIGNED_IN, response=Moved)
def complete_work(request: Request, work_id: int, body: CompleteWork) -> Moved:
    """Answer one's own work."""
    return actions.complete(
        work_id=work_id,
        outcome=body.outcome,
        answers=body.answers,
        by=request.actor,
        now=request.now,
        key=f"{request.actor.key}:{request.headers['Idempotency-Key']}",
    )


@router.get("/flow-incidents", permission=MEND, response=Page[IncidentRow])
def list_incidents(request: Request, page: Query[PageParams]) -> Page[IncidentRow]:
    """Effects that failed for good and wait for a person."""
    found = queries.incidents(actor=request.actor)
    return paginate(
        found, page, sorts={"id": "id", "wanted_at": "wanted_at"}, default="-id", to=incident_rows
    )


@router.get("/flow-incidents/export", permission=MEND)
def export_incidents(request: Request, format: Literal["xlsx", "csv"] = "xlsx") -> HttpResponseBase:
    columns: list[Column[IncidentRow]] = [
        Column(Text("编号", "No."), lambda row: row.id),
        Column(Text("对象", "Subject"), lambda row: str(row.subject)),
        Column(Text("节点", "Node"), lambda row: row.node),
        Column(Text("动作", "Effect"), lambda row: row.effect),
        Column(Text("错误", "Error"), lambda row: row.error),
        Column(Text("尝试次数", "Attempts"), lambda row: row.attempts),
        Column(Text("产生时间", "Wanted"), lambda row: row.wanted_at),
    ]
    rows = incident_rows(list(queries.incidents(actor=request.actor).order_by("-id")[:10_000]))
    name = Text("流程异常", "Flow incidents").pick(request.locale)
    return export_response(name, columns=columns, rows=rows, format=format, locale=request.locale)


@router.post("/flow-incidents/{effect_id}/retry", permission=MEND)
def retry_effect(request: Request, effect_id: int) -> None:
    """Try a failed effect again at once."""
    actions.retry_effect(effect_id=effect_id, by=request.actor, now=request.now)


@router.post("/flow-incidents/{effect_id}/skip", permission=MEND)
def skip_effect(request: Request, effect_id: int, body: SkipEffect) -> None:
    """Give a failed effect up, with a reason."""
    actions.skip_effect(effect_id=effect_id, reason=body.reason, by=request.actor, now=request.now)
