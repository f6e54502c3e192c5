"""Lists and details of staff, with what they hold; phones masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from shuniu.foundation import privacy
from shuniu.foundation.access import Actor
from shuniu.foundation.identity import queries as logins
from shuniu.org.contracts import AssignmentCard, StaffDetail, StaffUnknown
from shuniu.org.models import Assignment, Staff
from shuniu.org.permissions import STAFF_PHONE_READ
from shuniu.org.queries.roles import assignments_of, in_force
from shuniu.org.queries.staff import staff_rows
from shuniu.org.queries.visible import covers


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One line of the list of staff."""

    id: int
    name: str
    number: str | None
    unit_id: int
    unit_name: str
    city: str
    skills: tuple[str, ...]
    phone_masked: str
    positions: tuple[str, ...]
    roles: tuple[str, ...]
    wecom_userid: str | None
    has_login: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class StaffFilters:
    """What the list is narrowed to; None and empty mean all. `path` is a sub-tree."""

    q: str = ""
    path: str | None = None
    role_id: int | None = None
    position_id: int | None = None
    city: str = ""
    skill: str = ""
    archived: bool = False


def find_staff(*, actor: Actor, filters: StaffFilters, now: datetime) -> QuerySet[Staff]:
    """The rows the actor may see, narrowed; for this domain's own API."""
    rows = staff_rows(actor=actor).filter(archived_at__isnull=not filters.archived)
    if filters.path is not None:
        rows = rows.filter(home_unit__path__startswith=filters.path)
    if filters.city:
        rows = rows.filter(city=filters.city)
    if filters.skill:
        rows = rows.filter(skills__contains=[filters.skill])
    if filters.role_id is not None or filters.position_id is not None:
        held = Assignment.objects.filter(in_force(now))
        if filters.role_id is not None:
            held = held.filter(role_id=filters.role_id)
        if filters.position_id is not None:
            held = held.filter(position_id=filters.position_id)
        rows = rows.filter(pk__in=held.values("staff_id"))
    return rows.filter(_said(filters.q.strip())) if filters.q.strip() else rows


def staff_list(rows: Sequence[Staff], *, now: datetime) -> list[StaffRow]:
    """Lines for rows of `find_staff`; what they hold is read in one query."""
    held = assignments_of([row.pk for row in rows], now=now)
    return [
        StaffRow(
            id=row.pk,
            name=row.name,
            number=row.number,
            unit_id=row.home_unit_id,
            unit_name=row.home_unit.name,
            city=row.city,
            skills=tuple(row.skills),
            phone_masked=_masked(row),
            positions=_names(held[row.pk], "position_name"),
            roles=_names(held[row.pk], "role_name"),
            wecom_userid=row.wecom_userid,
            has_login=row.user_id is not None,
            archived=row.archived_at is not None,
        )
        for row in rows
    ]


def staff_detail(staff_id: int, *, actor: Actor) -> StaffDetail:
    """Somebody in full; StaffUnknown when the actor may not see them."""
    row = staff_rows(actor=actor, ids=[staff_id]).first()
    if row is None:
        raise StaffUnknown()
    login = logins.user(row.user_id) if row.user_id is not None else None
    seen = covers(actor=actor, permission=STAFF_PHONE_READ, unit_ids=[row.home_unit_id])
    return StaffDetail(
        id=row.pk,
        name=row.name,
        number=row.number,
        unit_id=row.home_unit_id,
        unit_name=row.home_unit.name,
        city=row.city,
        skills=tuple(row.skills),
        phone_masked=_masked(row),
        may_see_phone=row.phone_cipher is not None and (row.home_unit_id in seen or row.pk == actor.staff_id),
        wecom_userid=row.wecom_userid,
        username=login.username if login else None,
        login_active=login is not None and login.is_active,
        last_login=login.last_login if login else None,
        assignments=tuple(assignments_of([row.pk])[row.pk]),
        created_at=row.created_at,
        archived_at=row.archived_at,
    )


def _said(q: str) -> Q:
    said = Q(name__icontains=q) | Q(number__istartswith=q) | Q(name_sort__istartswith=q)
    if q.isdecimal():
        said |= Q(phone_last4=q) | Q(phone_hash=privacy.phone_hash(q))
    return said


def _masked(row: Staff) -> str:
    return privacy.mask_phone(privacy.decrypt(row.phone_cipher)) if row.phone_cipher else ""


def _names(held: Sequence[AssignmentCard], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in held if (name := getattr(one, field))))
