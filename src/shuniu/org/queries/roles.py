"""Reads of roles, positions, assignments and participation."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub.contracts import Ref
from shuniu.org.contracts import AssignmentCard, Grant, GrantScope, PositionCard, RoleCard
from shuniu.org.models import Assignment, Participation, Position, Role


def in_force(now: datetime) -> Q:
    """Assignments that count at that moment."""
    return Q(valid_from__lte=now) & (Q(valid_to__isnull=True) | Q(valid_to__gt=now))


def role_rows(now: datetime) -> QuerySet[Role]:
    """Roles with `holders`, how many people hold them now."""
    return Role.objects.annotate(holders=_holders("role_id", now)).prefetch_related("grants")


def role_card(row: Role) -> RoleCard:
    """A row of `role_rows` as others know it."""
    grants = sorted(
        (Grant(g.permission, GrantScope(g.scope)) for g in row.grants.all()), key=lambda g: g.permission
    )
    return RoleCard(
        id=row.pk,
        key=row.key,
        name=row.name,
        name_en=row.name_en,
        note=row.note,
        builtin=row.builtin,
        grants=tuple(grants),
        holders=getattr(row, "holders", 0),
        archived=row.archived_at is not None,
    )


def role(role_id: int, *, now: datetime) -> RoleCard:
    """One role; NotFound."""
    row = role_rows(now).filter(pk=role_id).first()
    if row is None:
        raise NotFound()
    return role_card(row)


def roles(*, now: datetime) -> list[RoleCard]:
    """Roles in use, shipped ones first."""
    return [
        role_card(row) for row in role_rows(now).filter(archived_at__isnull=True).order_by("-builtin", "id")
    ]


def position_rows(now: datetime) -> QuerySet[Position]:
    """Positions with `holders`, how many people hold them now."""
    return Position.objects.annotate(holders=_holders("position_id", now))


def position_card(row: Position) -> PositionCard:
    """A row of `position_rows` as others know it."""
    return PositionCard(
        id=row.pk,
        key=row.key,
        name=row.name,
        name_en=row.name_en,
        note=row.note,
        holders=getattr(row, "holders", 0),
        archived=row.archived_at is not None,
    )


def positions(*, now: datetime) -> list[PositionCard]:
    """Positions in use."""
    return [position_card(row) for row in position_rows(now).filter(archived_at__isnull=True).order_by("id")]


def assignments_of(
    staff_ids: Sequence[int], *, now: datetime | None = None
) -> dict[int, list[AssignmentCard]]:
    """What each person holds: at a moment, or ever when no moment is given."""
    rows = Assignment.objects.filter(staff_id__in=staff_ids).select_related(
        "staff", "unit", "role", "position"
    )
    found: dict[int, list[AssignmentCard]] = {staff_id: [] for staff_id in staff_ids}
    for row in (rows if now is None else rows.filter(in_force(now))).order_by("valid_from", "id"):
        found[row.staff_id].append(assignment_card(row))
    return found


def assignment_card(row: Assignment) -> AssignmentCard:
    """The row as others know it; staff, unit, role and position are read with it."""
    return AssignmentCard(
        id=row.pk,
        staff_id=row.staff_id,
        staff_name=row.staff.name,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        role_id=row.role_id,
        role_name=row.role.name if row.role else None,
        position_id=row.position_id,
        position_name=row.position.name if row.position else None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def participants(subject: Ref) -> dict[int, set[str]]:
    """Who takes part in a subject, and why."""
    found: dict[int, set[str]] = {}
    rows = Participation.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    for staff_id, why in rows.values_list("staff_id", "why"):
        found.setdefault(staff_id, set()).add(why)
    return found


def _holders(column: str, now: datetime) -> Coalesce:
    held = (
        Assignment.objects.filter(in_force(now), staff__archived_at__isnull=True, **{column: OuterRef("pk")})
        .order_by()
        .values(column)
        .annotate(people=Count("staff_id", distinct=True))
        .values("people")
    )
    return Coalesce(Subquery(held), 0)
