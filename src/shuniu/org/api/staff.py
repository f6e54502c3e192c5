"""Staff over HTTP."""

from datetime import datetime
from typing import Annotated

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.http import Column, Page, PageParams, Request, export_response, paginate
from shuniu.foundation.http.export import Format
from shuniu.foundation.identity.contracts import OneTimePassword
from shuniu.foundation.text import Text
from shuniu.org import actions, queries
from shuniu.org.api.router import router
from shuniu.org.contracts import AssignmentCard, StaffDetail, StaffUnknown
from shuniu.org.models import Assignment, Staff
from shuniu.org.permissions import ASSIGN, LOGIN_WRITE, STAFF_READ, STAFF_WRITE
from shuniu.org.queries.people import StaffFilters, StaffRow, find_staff, staff_detail, staff_list
from shuniu.org.queries.staff import staff_rows

Short = Annotated[str, Field(max_length=60)]
Skills = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=30)]
SORTS = {"name": "name_sort", "number": "number", "city": "city", "created_at": "created_at"}


class ListFilters(BaseModel):
    """All optional; they narrow together. `unit_id` means the unit and everything below it."""

    q: Short = ""
    unit_id: int | None = None
    role_id: int | None = None
    position_id: int | None = None
    city: Short = ""
    skill: Short = ""
    archived: bool = False


class NewStaff(BaseModel):
    """Somebody who starts. With `username` they get a login; its password is made by `POST …/login`."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    unit_id: int
    number: Annotated[str, Field(max_length=32)] = ""
    phone: Annotated[str, Field(max_length=30)] = ""
    city: Annotated[str, Field(max_length=40)] = ""
    skills: Skills = []
    wecom_userid: Annotated[str, Field(max_length=64)] = ""
    username: Short = ""


class ChangeStaff(BaseModel):
    """What is left out stays; an empty text empties."""

    name: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    unit_id: int | None = None
    number: Annotated[str, Field(max_length=32)] | None = None
    phone: Annotated[str, Field(max_length=30)] | None = None
    city: Annotated[str, Field(max_length=40)] | None = None
    skills: Skills | None = None
    wecom_userid: Annotated[str, Field(max_length=64)] | None = None


class GiveLogin(BaseModel):
    """The name to sign in with."""

    username: Short


class NewAssignment(BaseModel):
    """A role, a position or both at a unit; from now and until further notice unless said otherwise."""

    unit_id: int
    role_id: int | None = None
    position_id: int | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None


class StaffPhone(BaseModel):
    """A phone number in clear."""

    phone: str


@router.get("/org/staff", permission=STAFF_READ, response=Page[StaffRow])
def list_staff(request: Request, filters: Query[ListFilters], page: Query[PageParams]) -> Page[StaffRow]:
    """People, by name as Chinese names are sorted."""
    return paginate(
        _found(request, filters),
        page,
        sorts=SORTS,
        default="name",
        to=lambda rows: staff_list(rows, now=request.now),
    )


@router.get("/org/staff/export", permission=STAFF_READ)
def export_staff(request: Request, filters: Query[ListFilters], format: Format = "xlsx") -> HttpResponseBase:
    """The same list as a file; phones stay masked."""
    rows = staff_list(list(_found(request, filters).order_by("name_sort", "id")), now=request.now)
    return export_response("员工", columns=_COLUMNS, rows=rows, format=format, locale=request.locale)


@router.get("/org/staff/{staff_id}", permission=STAFF_READ, response=StaffDetail)
def get_staff(request: Request, staff_id: int) -> StaffDetail:
    """Somebody in full, with everything they hold and held."""
    return staff_detail(staff_id, actor=request.actor)


@router.post("/org/staff", permission=STAFF_WRITE, response=StaffDetail)
def create_staff(request: Request, body: NewStaff) -> StaffDetail:
    """Somebody starts to work here."""
    card = actions.create_staff(**body.model_dump(), by=request.actor, now=request.now)
    return staff_detail(card.id, actor=request.actor)


@router.patch("/org/staff/{staff_id}", permission=STAFF_WRITE, response=StaffDetail)
def change_staff(request: Request, staff_id: int, body: ChangeStaff) -> StaffDetail:
    """Change somebody's data or move them to another unit."""
    _seen(request, staff_id)
    change = actions.StaffChange(**body.model_dump())
    actions.change_staff(staff_id=staff_id, change=change, by=request.actor, now=request.now)
    return staff_detail(staff_id, actor=request.actor)


@router.post("/org/staff/{staff_id}/archive", permission=STAFF_WRITE, response=StaffDetail)
def archive_staff(request: Request, staff_id: int) -> StaffDetail:
    """Somebody leaves: no login, nothing held any more."""
    _seen(request, staff_id)
    actions.archive_staff(staff_id=staff_id, by=request.actor, now=request.now)
    return staff_detail(staff_id, actor=request.actor)


@router.post("/org/staff/{staff_id}/restore", permission=STAFF_WRITE, response=StaffDetail)
def restore_staff(request: Request, staff_id: int) -> StaffDetail:
    """Somebody comes back."""
    _seen(request, staff_id)
    actions.restore_staff(staff_id=staff_id, by=request.actor, now=request.now)
    return staff_detail(staff_id, actor=request.actor)


@router.post("/org/staff/{staff_id}/login", permission=LOGIN_WRITE, response=OneTimePassword)
def give_login(request: Request, staff_id: int, body: GiveLogin) -> OneTimePassword:
    """A login with a one-time password, shown once."""
    _seen(request, staff_id)
    return actions.give_login(staff_id=staff_id, username=body.username, by=request.actor, now=request.now)


@router.post("/org/staff/{staff_id}/password", permission=LOGIN_WRITE, response=OneTimePassword)
def reset_password(request: Request, staff_id: int) -> OneTimePassword:
    """A new one-time password, shown once; ends the person's sessions."""
    _seen(request, staff_id)
    return actions.reset_password(staff_id=staff_id, by=request.actor, now=request.now)


@router.post("/org/staff/{staff_id}/phone", permission=STAFF_READ, response=StaffPhone)
def reveal_phone(request: Request, staff_id: int) -> StaffPhone:
    """The phone number in clear, for who may see it; recorded."""
    _seen(request, staff_id)
    return StaffPhone(phone=actions.reveal_phone(staff_id=staff_id, by=request.actor, now=request.now))


@router.post("/org/staff/{staff_id}/assignments", permission=ASSIGN, response=AssignmentCard)
def assign(request: Request, staff_id: int, body: NewAssignment) -> AssignmentCard:
    """Give a role or a position at a unit."""
    _seen(request, staff_id)
    return actions.assign(staff_id=staff_id, **body.model_dump(), by=request.actor, now=request.now)


@router.post("/org/assignments/{assignment_id}/end", permission=ASSIGN, response=StaffDetail)
def end_assignment(request: Request, assignment_id: int) -> StaffDetail:
    """What somebody held ends now."""
    held = Assignment.objects.filter(pk=assignment_id).values_list("staff_id", flat=True).first()
    staff_id = held if held is not None else 0
    _seen(request, staff_id)
    actions.end_assignment(assignment_id=assignment_id, by=request.actor, now=request.now)
    return staff_detail(staff_id, actor=request.actor)


def _seen(request: Request, staff_id: int) -> None:
    """Who may not see somebody is told that there is nobody, not that they are closed to them."""
    if not staff_rows(actor=request.actor, ids=[staff_id]).exists():
        raise StaffUnknown()


def _found(request: Request, filters: ListFilters) -> QuerySet[Staff]:
    path = queries.unit(filters.unit_id).path if filters.unit_id is not None else None
    narrowed = StaffFilters(
        q=filters.q,
        path=path,
        role_id=filters.role_id,
        position_id=filters.position_id,
        city=filters.city,
        skill=filters.skill,
        archived=filters.archived,
    )
    return find_staff(actor=request.actor, filters=narrowed, now=request.now)


_COLUMNS: list[Column[StaffRow]] = [
    Column(Text("姓名", "Name"), lambda row: row.name),
    Column(Text("工号", "Number"), lambda row: row.number or ""),
    Column(Text("所属单元", "Unit"), lambda row: row.unit_name),
    Column(Text("岗位", "Positions"), lambda row: "、".join(row.positions)),
    Column(Text("角色", "Roles"), lambda row: "、".join(row.roles)),
    Column(Text("城市", "City"), lambda row: row.city),
    Column(Text("技能", "Skills"), lambda row: "、".join(row.skills)),
    Column(Text("手机", "Phone"), lambda row: row.phone_masked),
    Column(Text("企业微信", "WeCom"), lambda row: row.wecom_userid or ""),
]
