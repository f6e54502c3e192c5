"""The tree of units over HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.http import Column, Page, PageParams, Request, export_response, paginate
from shuniu.foundation.http.export import Format
from shuniu.foundation.text import Text
from shuniu.org import actions, queries
from shuniu.org.api.router import router
from shuniu.org.contracts import UnitDetail, UnitKind, UnitUnknown
from shuniu.org.models import Staff, Unit
from shuniu.org.permissions import UNIT_READ, UNIT_WRITE
from shuniu.org.queries.units import unit_rows

Name = Annotated[str, Field(min_length=1, max_length=80)]
Code = Annotated[str, Field(min_length=1, max_length=32)]

KINDS = {
    UnitKind.HQ: Text("总部", "Headquarters"),
    UnitKind.REGION: Text("大区", "Region"),
    UnitKind.STORE: Text("门店", "Store"),
    UnitKind.PARTNER: Text("加盟商", "Partner"),
    UnitKind.DEPARTMENT: Text("部门", "Department"),
}
SORTS = {"name": "name_sort", "code": "code", "city": "city", "created_at": "created_at", "tree": "path"}


class UnitFilters(BaseModel):
    """All optional; they narrow together. `under` means the unit and everything below it."""

    q: Annotated[str, Field(max_length=60)] = ""
    kind: UnitKind | None = None
    under: int | None = None
    archived: bool = False


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the list and one node of the tree; `staff` counts people at home here, `units` those right below."""

    id: int
    name: str
    kind: UnitKind
    code: str
    parent_id: int | None
    depth: int
    city: str
    phone: str
    staff: int
    units: int
    archived: bool


class UnitFields(BaseModel):
    """What a unit says about itself."""

    city: Annotated[str, Field(max_length=40)] = ""
    province: Annotated[str, Field(max_length=40)] = ""
    address: Annotated[str, Field(max_length=200)] = ""
    latitude: Annotated[Decimal | None, Field(ge=-90, le=90, decimal_places=6)] = None
    longitude: Annotated[Decimal | None, Field(ge=-180, le=180, decimal_places=6)] = None
    phone: Annotated[str, Field(max_length=30)] = ""
    opening_hours: Annotated[str, Field(max_length=80)] = ""


class NewUnit(BaseModel):
    """A unit below another."""

    name: Name
    kind: UnitKind
    code: Code
    parent_id: int
    details: UnitFields = UnitFields()


class ChangeUnit(BaseModel):
    """What is left out stays; `details` replaces all of them."""

    name: Name | None = None
    kind: UnitKind | None = None
    code: Code | None = None
    details: UnitFields | None = None


class MoveUnit(BaseModel):
    """The unit to put it under."""

    parent_id: int


class ServeUnits(BaseModel):
    """All units a department works for."""

    unit_ids: Annotated[list[int], Field(max_length=500)]


@router.get("/org/units", permission=UNIT_READ, response=Page[UnitRow])
def list_units(request: Request, filters: Query[UnitFilters], page: Query[PageParams]) -> Page[UnitRow]:
    """Units, by place in the tree unless sorted otherwise."""
    return paginate(_found(request, filters), page, sorts=SORTS, default="tree", to=_rows)


@router.get("/org/units/tree", permission=UNIT_READ, response=list[UnitRow])
def unit_tree(request: Request) -> list[UnitRow]:
    """Every unit in use that one may see, parents before their children."""
    return _rows(list(_found(request, UnitFilters()).order_by("path")))


@router.get("/org/units/export", permission=UNIT_READ)
def export_units(request: Request, filters: Query[UnitFilters], format: Format = "xlsx") -> HttpResponseBase:
    """The same list as a file."""
    rows = _rows(list(_found(request, filters).order_by("path")))
    return export_response("组织", columns=_COLUMNS, rows=rows, format=format, locale=request.locale)


@router.get("/org/units/{unit_id}", permission=UNIT_READ, response=UnitDetail)
def get_unit(request: Request, unit_id: int) -> UnitDetail:
    """One unit in full."""
    return queries.unit_detail(unit_id, actor=request.actor)


@router.post("/org/units", permission=UNIT_WRITE, response=UnitDetail)
def create_unit(request: Request, body: NewUnit) -> UnitDetail:
    """A new unit."""
    card = actions.create_unit(
        name=body.name,
        kind=body.kind,
        code=body.code,
        parent_id=body.parent_id,
        details=actions.UnitDetails(**body.details.model_dump()),
        by=request.actor,
        now=request.now,
    )
    return queries.unit_detail(card.id, actor=request.actor)


@router.patch("/org/units/{unit_id}", permission=UNIT_WRITE, response=UnitDetail)
def change_unit(request: Request, unit_id: int, body: ChangeUnit) -> UnitDetail:
    """Change name, kind, code or details."""
    _seen(request, unit_id)
    details = actions.UnitDetails(**body.details.model_dump()) if body.details is not None else None
    actions.change_unit(
        unit_id=unit_id,
        name=body.name,
        kind=body.kind,
        code=body.code,
        details=details,
        by=request.actor,
        now=request.now,
    )
    return queries.unit_detail(unit_id, actor=request.actor)


@router.post("/org/units/{unit_id}/move", permission=UNIT_WRITE, response=UnitDetail)
def move_unit(request: Request, unit_id: int, body: MoveUnit) -> UnitDetail:
    """Put a unit with everything below it under another one."""
    _seen(request, unit_id)
    _seen(request, body.parent_id)
    actions.move_unit(unit_id=unit_id, parent_id=body.parent_id, by=request.actor, now=request.now)
    return queries.unit_detail(unit_id, actor=request.actor)


@router.post("/org/units/{unit_id}/archive", permission=UNIT_WRITE, response=UnitDetail)
def archive_unit(request: Request, unit_id: int) -> UnitDetail:
    """Take a unit out of use."""
    _seen(request, unit_id)
    actions.archive_unit(unit_id=unit_id, by=request.actor, now=request.now)
    return queries.unit_detail(unit_id, actor=request.actor)


@router.post("/org/units/{unit_id}/restore", permission=UNIT_WRITE, response=UnitDetail)
def restore_unit(request: Request, unit_id: int) -> UnitDetail:
    """Take an archived unit into use again."""
    _seen(request, unit_id)
    actions.restore_unit(unit_id=unit_id, by=request.actor, now=request.now)
    return queries.unit_detail(unit_id, actor=request.actor)


@router.put("/org/units/{unit_id}/serves", permission=UNIT_WRITE, response=UnitDetail)
def serve_units(request: Request, unit_id: int, body: ServeUnits) -> UnitDetail:
    """Which units a department works for."""
    _seen(request, unit_id)
    actions.serve_units(department_id=unit_id, unit_ids=body.unit_ids, by=request.actor, now=request.now)
    return queries.unit_detail(unit_id, actor=request.actor)


def _seen(request: Request, unit_id: int) -> None:
    """Who may not see a unit is told that there is none, not that it is closed to them."""
    if not unit_rows(actor=request.actor, ids=[unit_id]).exists():
        raise UnitUnknown()


def _found(request: Request, filters: UnitFilters) -> QuerySet[Unit]:
    people = Staff.objects.filter(home_unit_id=OuterRef("pk"), archived_at__isnull=True).order_by()
    counted = people.values("home_unit_id").annotate(n=Count("pk")).values("n")
    rows: QuerySet[Unit] = unit_rows(actor=request.actor).filter(archived_at__isnull=not filters.archived)
    rows = rows.annotate(staff=Coalesce(Subquery(counted), 0))
    if filters.kind is not None:
        rows = rows.filter(kind=filters.kind.value)
    if filters.under is not None:
        rows = rows.filter(path__startswith=queries.unit(filters.under).path)
    if q := filters.q.strip():
        said = (
            Q(name__icontains=q) | Q(code__istartswith=q) | Q(city__icontains=q) | Q(name_sort__istartswith=q)
        )
        rows = rows.filter(said)
    return rows


def _rows(rows: Sequence[Unit]) -> list[UnitRow]:
    cards = queries.units([row.pk for row in rows])
    return [
        UnitRow(
            id=row.pk,
            name=row.name,
            kind=UnitKind(row.kind),
            code=row.code,
            parent_id=cards[row.pk].parent_id,
            depth=row.depth,
            city=row.city,
            phone=row.phone,
            staff=getattr(row, "staff", 0),
            units=row.numchild,
            archived=row.archived_at is not None,
        )
        for row in rows
    ]


_COLUMNS: list[Column[UnitRow]] = [
    Column(Text("名称", "Name"), lambda row: row.name),
    Column(Text("编码", "Code"), lambda row: row.code),
    Column(Text("类型", "Kind"), lambda row: KINDS[row.kind].zh),
    Column(Text("级别", "Level"), lambda row: row.depth),
    Column(Text("城市", "City"), lambda row: row.city),
    Column(Text("电话", "Phone"), lambda row: row.phone),
    Column(Text("员工数", "Staff"), lambda row: row.staff),
]
