"""Kinds of work order."""

from decimal import Decimal
from typing import Annotated, Literal

from django.http import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.http import Column, Page, Request, export_response
from shuniu.foundation.text import Text
from shuniu.work_orders import actions, queries
from shuniu.work_orders.api.door import router
from shuniu.work_orders.contracts import KindCard
from shuniu.work_orders.permissions import MANAGE_KINDS, READ

Skill = Annotated[str, Field(min_length=1, max_length=40)]


class KindIn(BaseModel):
    """What a kind is; `difficulty` is the coefficient offered to rules as 工单.难度系数."""

    name_zh: str = Field(min_length=1, max_length=80)
    name_en: str = Field(min_length=1, max_length=80)
    flow_key: str = Field(max_length=60)
    service_minutes: int = Field(ge=1, le=10_000)
    skills: list[Skill] = Field(default_factory=list, max_length=20)
    difficulty: Decimal = Field(default=Decimal(1), gt=0, le=100, max_digits=6, decimal_places=3)


class KindFilters(BaseModel):
    archived: bool = False
    text: str = Field(default="", max_length=80)


class CreateKind(KindIn):
    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)


class UpdateKind(KindIn):
    archived: bool = False


@router.get("/work-order-kinds", permission=READ, response=Page[KindCard])
def list_kinds(request: Request, filters: Query[KindFilters]) -> Page[KindCard]:
    """Kinds. There are few: they come on one page."""
    del request
    rows = [
        k
        for k in queries.kinds(archived=filters.archived)
        if filters.text.lower() in f"{k.name.zh} {k.name.en} {k.key}".lower()
    ]
    return Page(items=rows, total=len(rows))


@router.get("/work-order-kinds/export", permission=READ)
def export_kinds(request: Request, format: Literal["xlsx", "csv"] = "xlsx") -> HttpResponseBase:
    locale = request.locale
    columns: list[Column[KindCard]] = [
        Column(Text("编号", "Key"), lambda row: row.key),
        Column(Text("类型", "Kind"), lambda row: row.name.pick(locale)),
        Column(Text("流程", "Flow"), lambda row: row.flow_key),
        Column(Text("服务时长（分钟）", "Service minutes"), lambda row: row.service_minutes),
        Column(Text("所需技能", "Skills"), lambda row: "、".join(row.skills)),
        Column(Text("难度系数", "Difficulty"), lambda row: row.difficulty),
    ]
    name = Text("工单类型", "Kinds of work order").pick(locale)
    return export_response(
        name, columns=columns, rows=queries.kinds(archived=True), format=format, locale=locale
    )


@router.post("/work-order-kinds", permission=MANAGE_KINDS, response=KindCard)
def create_kind(request: Request, body: CreateKind) -> KindCard:
    return actions.create_kind(
        key=body.key,
        name=Text(zh=body.name_zh, en=body.name_en),
        flow_key=body.flow_key,
        service_minutes=body.service_minutes,
        skills=body.skills,
        difficulty=body.difficulty,
        by=request.actor,
        now=request.now,
    )


@router.put("/work-order-kinds/{kind_id}", permission=MANAGE_KINDS, response=KindCard)
def update_kind(request: Request, kind_id: int, body: UpdateKind) -> KindCard:
    return actions.update_kind(
        kind_id=kind_id,
        name=Text(zh=body.name_zh, en=body.name_en),
        flow_key=body.flow_key,
        service_minutes=body.service_minutes,
        skills=body.skills,
        difficulty=body.difficulty,
        archived=body.archived,
        by=request.actor,
        now=request.now,
    )
