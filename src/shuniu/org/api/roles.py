"""Roles over HTTP."""

from typing import Annotated

from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.access import all_permissions
from shuniu.foundation.http import Column, Page, PageParams, Request, export_response, paginate
from shuniu.foundation.http.export import Format
from shuniu.foundation.text import Text
from shuniu.org import actions, queries
from shuniu.org.api.router import router
from shuniu.org.contracts import Grant, GrantScope, RoleCard
from shuniu.org.models import Role
from shuniu.org.permissions import ROLE_READ, ROLE_WRITE
from shuniu.org.queries.roles import role_card, role_rows

Key = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
Name = Annotated[str, Field(min_length=1, max_length=60)]
SORTS = {"id": "id", "name": "name", "holders": "holders"}


class CatalogueFilters(BaseModel):
    """All optional."""

    q: Annotated[str, Field(max_length=60)] = ""
    archived: bool = False


class PermissionOut(BaseModel):
    """A permission a role may hold; `domain` groups them on the page."""

    code: str
    domain: str
    name: str
    sensitive: bool


class GrantIn(BaseModel):
    """A permission and how far it reaches."""

    permission: Annotated[str, Field(max_length=80)]
    scope: GrantScope


class NewRole(BaseModel):
    """A role with all its grants."""

    key: Key
    name: Name
    name_en: Annotated[str, Field(max_length=60)] = ""
    note: Annotated[str, Field(max_length=200)] = ""
    grants: Annotated[list[GrantIn], Field(max_length=500)] = []


class ChangeRole(BaseModel):
    """What is left out stays; `grants` replaces all of them."""

    name: Name | None = None
    name_en: Annotated[str, Field(max_length=60)] | None = None
    note: Annotated[str, Field(max_length=200)] | None = None
    grants: Annotated[list[GrantIn], Field(max_length=500)] | None = None


@router.get("/org/permissions", permission=ROLE_READ, response=list[PermissionOut])
def list_permissions(request: Request) -> list[PermissionOut]:
    """Everything a role may allow."""
    return [
        PermissionOut(
            code=permission.code,
            domain=permission.code.partition(".")[0],
            name=permission.text.pick(request.locale),
            sensitive=permission.sensitive,
        )
        for permission in all_permissions()
    ]


@router.get("/org/roles", permission=ROLE_READ, response=Page[RoleCard])
def list_roles(request: Request, filters: Query[CatalogueFilters], page: Query[PageParams]) -> Page[RoleCard]:
    """Roles with their grants and how many people hold them."""
    rows = _found(request, filters)
    return paginate(rows, page, sorts=SORTS, default="id", to=lambda found: [role_card(row) for row in found])


@router.get("/org/roles/export", permission=ROLE_READ)
def export_roles(
    request: Request, filters: Query[CatalogueFilters], format: Format = "xlsx"
) -> HttpResponseBase:
    """A line per grant: who may do what how far."""
    cards = (role_card(row) for row in _found(request, filters).order_by("id"))
    lines = [(card, grant) for card in cards for grant in card.grants]
    return export_response("角色权限", columns=_COLUMNS, rows=lines, format=format, locale=request.locale)


@router.get("/org/roles/{role_id}", permission=ROLE_READ, response=RoleCard)
def get_role(request: Request, role_id: int) -> RoleCard:
    """One role."""
    return queries.role(role_id, now=request.now)


@router.post("/org/roles", permission=ROLE_WRITE, response=RoleCard)
def create_role(request: Request, body: NewRole) -> RoleCard:
    """A new role."""
    return actions.create_role(
        key=body.key,
        name=body.name,
        name_en=body.name_en,
        note=body.note,
        grants=_grants(body.grants),
        by=request.actor,
        now=request.now,
    )


@router.patch("/org/roles/{role_id}", permission=ROLE_WRITE, response=RoleCard)
def change_role(request: Request, role_id: int, body: ChangeRole) -> RoleCard:
    """Change a role's words or grants."""
    return actions.change_role(
        role_id=role_id,
        name=body.name,
        name_en=body.name_en,
        note=body.note,
        grants=_grants(body.grants) if body.grants is not None else None,
        by=request.actor,
        now=request.now,
    )


@router.post("/org/roles/{role_id}/archive", permission=ROLE_WRITE)
def archive_role(request: Request, role_id: int) -> None:
    """Take a role out of use."""
    actions.archive_role(role_id=role_id, by=request.actor, now=request.now)


def _grants(grants: list[GrantIn]) -> list[Grant]:
    return [Grant(grant.permission, grant.scope) for grant in grants]


def _found(request: Request, filters: CatalogueFilters) -> QuerySet[Role]:
    rows = role_rows(request.now).filter(archived_at__isnull=not filters.archived)
    q = filters.q.strip()
    return rows.filter(Q(name__icontains=q) | Q(name_en__icontains=q) | Q(key__icontains=q)) if q else rows


_COLUMNS: list[Column[tuple[RoleCard, Grant]]] = [
    Column(Text("角色", "Role"), lambda line: line[0].name),
    Column(Text("标识", "Key"), lambda line: line[0].key),
    Column(Text("权限", "Permission"), lambda line: line[1].permission),
    Column(Text("范围", "Scope"), lambda line: line[1].scope.value),
]
