"""People are given roles and positions, and take part in single things."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from shuniu.foundation.access import Actor, Permission
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub import Ref, publish
from shuniu.foundation.text import Text
from shuniu.org.contracts import (
    AssignmentBackwards,
    AssignmentCard,
    AssignmentExists,
    AssignmentIncomplete,
    GrantScope,
    HigherThanYou,
    LastAdministrator,
    NotYoursToGrant,
    StaffArchived,
    StaffUnknown,
    UnitArchived,
    UnitUnknown,
)
from shuniu.org.models import Assignment, Participation, Position, Role, Staff, Unit
from shuniu.org.permissions import ASSIGN
from shuniu.org.queries.roles import assignment_card, in_force
from shuniu.org.queries.visible import covers_subtree, require_unit
from shuniu.org.reach import standing_of
from shuniu.org.shipped import ADMINISTRATOR


@transaction.atomic
def assign(
    *,
    staff_id: int,
    unit_id: int,
    by: Actor,
    now: datetime,
    role_id: int | None = None,
    position_id: int | None = None,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
) -> AssignmentCard:
    """Give somebody a role, a position or both at a unit. Nobody hands out more than they hold themselves."""
    if role_id is None and position_id is None:
        raise AssignmentIncomplete(field="role_id")
    if valid_to is not None and valid_to < (valid_from or now):
        raise AssignmentBackwards(field="valid_to")
    staff = Staff.objects.select_for_update().filter(pk=staff_id).first()
    if staff is None:
        raise StaffUnknown(field="staff_id")
    if staff.archived_at is not None:
        raise StaffArchived(field="staff_id")
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise UnitUnknown(field="unit_id")
    if unit.archived_at is not None:
        raise UnitArchived(field="unit_id")
    require_unit(actor=by, permission=ASSIGN, unit_id=unit_id)
    require_unit(actor=by, permission=ASSIGN, unit_id=staff.home_unit_id)
    if (
        position_id is not None
        and not Position.objects.filter(pk=position_id, archived_at__isnull=True).exists()
    ):
        raise NotFound(field="position_id")
    if role_id is not None:
        _require_grantable(role_id, unit_id, by)
    held = Assignment.objects.filter(
        Q(role_id=role_id) if role_id is not None else Q(role_id__isnull=True),
        Q(position_id=position_id) if position_id is not None else Q(position_id__isnull=True),
        staff_id=staff_id,
        unit_id=unit_id,
        valid_to__isnull=True,
    )
    if held.exists():
        raise AssignmentExists(field="unit_id")
    row = Assignment.objects.create(
        staff_id=staff_id,
        unit_id=unit_id,
        role_id=role_id,
        position_id=position_id,
        valid_from=valid_from or now,
        valid_to=valid_to,
    )
    _tell(row, "assigned", by=by, now=now)
    return assignment_card(
        Assignment.objects.select_related("staff", "unit", "role", "position").get(pk=row.pk)
    )


@transaction.atomic
def end_assignment(*, assignment_id: int, by: Actor, now: datetime) -> None:
    """What somebody held ends now. The last administrator cannot be taken away."""
    row = Assignment.objects.select_for_update().filter(pk=assignment_id).first()
    if row is None:
        raise NotFound()
    require_unit(actor=by, permission=ASSIGN, unit_id=row.unit_id)
    if row.valid_to is not None and row.valid_to <= now:
        return
    if row.role_id is not None:
        _require_grantable(row.role_id, row.unit_id, by)
        keep_an_administrator(without=Q(pk=row.pk), now=now)
    row.valid_to = max(now, row.valid_from)
    row.save(update_fields=["valid_to"])
    _tell(row, "unassigned", by=by, now=now)


def take_part(*, subject: Ref, staff_ids: Iterable[int], why: str, by: Actor, now: datetime) -> None:
    """Let people see one subject because they are asked, copied, mentioned or hold it. Again changes nothing."""
    del by  # who asked is in the event of the deed that asks; participation itself is bookkeeping
    Participation.objects.bulk_create(
        (
            Participation(
                subject_kind=subject.kind, subject_id=subject.id, staff_id=staff_id, why=why, since=now
            )
            for staff_id in sorted(set(staff_ids))
        ),
        ignore_conflicts=True,
    )


def leave_part(*, subject: Ref, staff_ids: Iterable[int], why: str, by: Actor, now: datetime) -> None:
    """The reason is gone; who takes part for another reason still does."""
    del by, now
    Participation.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, staff_id__in=set(staff_ids), why=why
    ).delete()


def _require_grantable(role_id: int, unit_id: int, by: Actor) -> None:
    """Every grant of the role must lie within what `by` may do themselves."""
    role = Role.objects.filter(pk=role_id, archived_at__isnull=True).prefetch_related("grants").first()
    if role is None:
        raise NotFound(field="role_id")
    if by.is_system:
        return
    standing = standing_of(by)
    for grant in role.grants.all():
        reach = standing.reach(grant.permission)
        if reach.everything:
            continue
        # Departments reach the units they serve, so only a sub-tree of one's own may hold wider scopes.
        within = grant.scope != GrantScope.ALL and covers_subtree(
            actor=by, permission=Permission(grant.permission, Text("", "")), unit_id=unit_id
        )
        narrow = grant.scope in (GrantScope.OWN, GrantScope.UNIT) and unit_id in standing.units(reach)
        if not (within or narrow):
            raise NotYoursToGrant(field="role_id", value=grant.permission)


def require_no_higher(*, staff_id: int, by: Actor, now: datetime) -> None:
    """HigherThanYou when the person holds a role that `by` could not hand out: their login would hand it over."""
    if by.is_system or staff_id == by.staff_id:
        return
    held = Assignment.objects.filter(in_force(now), staff_id=staff_id, role__archived_at__isnull=True)
    for role_id, unit_id in held.exclude(role=None).values_list("role_id", "unit_id"):
        try:
            _require_grantable(role_id, unit_id, by)
        except NotYoursToGrant:
            raise HigherThanYou() from None


def keep_an_administrator(*, without: Q, now: datetime) -> None:
    """LastAdministrator unless somebody else who can sign in is one; `without` are the assignments about to end."""
    with connection.cursor() as cursor:  # two administrators may be removing each other
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('org_last_administrator', 0))")
    held = Assignment.objects.filter(
        in_force(now), role__key=ADMINISTRATOR, staff__archived_at__isnull=True, staff__user__is_active=True
    )
    if held.filter(without).exists() and not held.exclude(without).exists():
        raise LastAdministrator()


def _tell(row: Assignment, verb: str, *, by: Actor, now: datetime) -> None:
    subject = Ref("staff", row.staff_id)
    told = {
        "unit_id": row.unit_id,
        "role_id": row.role_id,
        "position_id": row.position_id,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }
    audit.record(
        by=by,
        now=now,
        action=f"org.staff_{verb}",
        subject=subject,
        unit_id=row.unit_id,
        after=told,
        sensitive=True,
    )
    publish(
        name=f"staff.{verb}",
        subject=subject,
        unit_id=row.unit_id,
        by=by,
        now=now,
        data={"staff_ids": [row.staff_id]},
    )
