"""Positions over HTTP."""

from typing import Annotated

from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.http import Column, Page, PageParams, Request, export_response, paginate
from shuniu.foundation.http.export import Format
from shuniu.foundation.text import Text
from shuniu.org import actions
from shuniu.org.api.roles import SORTS, CatalogueFilters, Key, Name
from shuniu.org.api.router import router
from shuniu.org.contracts import PositionCard
from shuniu.org.models import Position
from shuniu.org.permissions import ROLE_READ, ROLE_WRITE
from shuniu.org.queries.roles import position_card, position_rows


class NewPosition(BaseModel):
    """A position."""

    key: Key
    name: Name
    name_en: Annotated[str, Field(max_length=60)] = ""
    note: Annotated[str, Field(max_length=200)] = ""


class ChangePosition(BaseModel):
    """What is left out stays."""

    name: Name | None = None
    name_en: Annotated[str, Field(max_length=60)] | None = None
    note: Annotated[str, Field(max_length=200)] | None = None


@router.get("/org/positions", permission=ROLE_READ, response=Page[PositionCard])
def list_positions(
    request: Request, filters: Query[CatalogueFilters], page: Query[PageParams]
) -> Page[PositionCard]:
    """Positions and how many people hold them."""
    rows = _found(request, filters)
    return paginate(
        rows, page, sorts=SORTS, default="id", to=lambda found: [position_card(row) for row in found]
    )


@router.get("/org/positions/export", permission=ROLE_READ)
def export_positions(
    request: Request, filters: Query[CatalogueFilters], format: Format = "xlsx"
) -> HttpResponseBase:
    """The same list as a file."""
    cards = [position_card(row) for row in _found(request, filters).order_by("id")]
    return export_response("岗位", columns=_COLUMNS, rows=cards, format=format, locale=request.locale)


@router.post("/org/positions", permission=ROLE_WRITE, response=PositionCard)
def create_position(request: Request, body: NewPosition) -> PositionCard:
    """A new position."""
    return actions.create_position(**body.model_dump(), by=request.actor, now=request.now)


@router.patch("/org/positions/{position_id}", permission=ROLE_WRITE, response=PositionCard)
def change_position(request: Request, position_id: int, body: ChangePosition) -> PositionCard:
    """Change a position's words."""
    return actions.change_position(
        position_id=position_id, **body.model_dump(), by=request.actor, now=request.now
    )


@router.post("/org/positions/{position_id}/archive", permission=ROLE_WRITE)
def archive_position(request: Request, position_id: int) -> None:
    """Take a position out of use."""
    actions.archive_position(position_id=position_id, by=request.actor, now=request.now)


def _found(request: Request, filters: CatalogueFilters) -> QuerySet[Position]:
    rows = position_rows(request.now).filter(archived_at__isnull=not filters.archived)
    q = filters.q.strip()
    return rows.filter(Q(name__icontains=q) | Q(name_en__icontains=q) | Q(key__icontains=q)) if q else rows


_COLUMNS: list[Column[PositionCard]] = [
    Column(Text("岗位", "Position"), lambda card: card.name),
    Column(Text("英文名", "English name"), lambda card: card.name_en),
    Column(Text("标识", "Key"), lambda card: card.key),
    Column(Text("在岗人数", "Holders"), lambda card: card.holders),
]
