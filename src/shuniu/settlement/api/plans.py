"""Plans: versions, checks, and live examples."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.http import Page, PageParams, Request
from shuniu.settlement import actions, queries
from shuniu.settlement.api.router import router
from shuniu.settlement.contracts import PlanProblem, PlanRow, PlanVersionRow, Preview
from shuniu.settlement.permissions import PLAN_PUBLISH, PLAN_READ


class PlanFilters(BaseModel):
    q: str = ""


class PublishBody(BaseModel):
    """A version to publish; without a unit it holds everywhere."""

    document: dict[str, Any]
    effective_from: datetime
    effective_to: datetime | None = None
    unit_id: int | None = None
    level: str = Field(default="", max_length=40)
    kind: str = Field(default="", max_length=80)


class CheckBody(BaseModel):
    document: dict[str, Any]


class ExampleBody(BaseModel):
    """Facts to try a version on: text, numbers (as text or numbers), true, false or null."""

    facts: dict[str, str | Decimal | bool | None] = Field(max_length=100)


@router.get("/settlement/plans", permission=PLAN_READ, response=Page[PlanRow])
def list_plans(request: Request, filters: Query[PlanFilters], page: Query[PageParams]) -> Page[PlanRow]:
    """Plans by key."""
    return queries.plans_page(queries.plan_set(filters.q), page)


@router.post("/settlement/plans/check", permission=PLAN_READ, response=list[PlanProblem])
def check_plan(request: Request, body: CheckBody) -> list[PlanProblem]:
    """What is wrong or doubtful in a document, without publishing it."""
    return queries.plan_problems(body.document)


@router.get("/settlement/plans/{plan_id}", permission=PLAN_READ, response=PlanRow)
def get_plan(request: Request, plan_id: int) -> PlanRow:
    return queries.plan(plan_id)


@router.get("/settlement/plans/{plan_id}/versions", permission=PLAN_READ, response=list[PlanVersionRow])
def list_versions(request: Request, plan_id: int) -> list[PlanVersionRow]:
    """All versions of a plan, latest first."""
    queries.plan(plan_id)
    return queries.plan_versions(plan_id, request.now)


@router.post("/settlement/plans", permission=PLAN_PUBLISH, response=PlanVersionRow)
def publish_plan(request: Request, body: PublishBody) -> PlanVersionRow:
    """Publish a version of the plan the document names."""
    version_id = actions.publish_plan(
        document=body.document,
        effective_from=body.effective_from,
        effective_to=body.effective_to,
        unit_id=body.unit_id,
        level=body.level,
        kind=body.kind,
        by=request.actor,
        now=request.now,
    )
    return queries.plan_version(version_id, request.now)


@router.post("/settlement/plan-versions/{version_id}/example", permission=PLAN_READ, response=Preview)
def try_version(request: Request, version_id: int, body: ExampleBody) -> Preview:
    """What a version would pay for these facts."""
    return queries.example(version_id, body.facts, request.now)
