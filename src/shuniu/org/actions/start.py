"""What an installation needs before anybody can work: roles, positions, calendars, an administrator."""

from datetime import datetime

from django.db import transaction

from shuniu.foundation.access import Actor, all_permissions
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref
from shuniu.foundation.identity.contracts import OneTimePassword
from shuniu.org.actions.assignments import assign
from shuniu.org.actions.calendars import create_calendar, seed_holidays
from shuniu.org.actions.staff import create_staff, give_login
from shuniu.org.actions.units import create_unit, lock_tree
from shuniu.org.contracts import UnitKind
from shuniu.org.models import Calendar, Position, Role, RoleGrant, Unit
from shuniu.org.models.roles import next_revision
from shuniu.org.shipped import ADMINISTRATOR, CALENDARS, POSITIONS, ROLES, ShippedRole


@transaction.atomic
def ensure_shipped(*, zone: str, by: Actor, now: datetime) -> None:
    """Bring shipped roles, positions and calendars to this version; run after every migration, again does nothing.

    A permission that is new in this version is offered to each shipped role once; what somebody changed stays.
    """
    lock_tree()  # two processes may be migrating
    codes = [permission.code for permission in all_permissions()]
    for role in ROLES:
        _ensure_role(role, codes, by=by, now=now)
    for key, name, name_en in POSITIONS:
        Position.objects.get_or_create(key=key, defaults={"name": name, "name_en": name_en})
    known = set(Calendar.objects.values_list("key", flat=True))
    for calendar in CALENDARS:
        if calendar.key not in known:
            create_calendar(
                key=calendar.key,
                name=calendar.name,
                name_en=calendar.name_en,
                zone=zone,
                week=calendar.week,
                follows_holidays=calendar.follows_holidays,
                by=by,
                now=now,
            )
    seed_holidays(by=by, now=now)


@transaction.atomic
def create_administrator(
    *, username: str, name: str, enterprise: str, by: Actor, now: datetime
) -> OneTimePassword:
    """The first (or one more) administrator, with a one-time password; makes the headquarters when there is none."""
    root = Unit.objects.filter(depth=1).first()
    root_id = (
        root.pk
        if root is not None
        else create_unit(name=enterprise, kind=UnitKind.HQ, code="HQ", parent_id=None, by=by, now=now).id
    )
    staff = create_staff(name=name, unit_id=root_id, by=by, now=now)
    role_id = Role.objects.values_list("pk", flat=True).get(key=ADMINISTRATOR)
    assign(staff_id=staff.id, unit_id=root_id, role_id=role_id, by=by, now=now)
    return give_login(staff_id=staff.id, username=username, by=by, now=now)


def _ensure_role(shipped: ShippedRole, codes: list[str], *, by: Actor, now: datetime) -> None:
    row, created = Role.objects.get_or_create(
        key=shipped.key,
        defaults={"name": shipped.name, "name_en": shipped.name_en, "note": shipped.note, "builtin": True},
    )
    fresh = sorted(set(codes) - set(row.offered))
    if not fresh:
        return
    RoleGrant.objects.bulk_create(
        (
            RoleGrant(role=row, permission=code, scope=scope.value)
            for code in fresh
            if (scope := shipped.scope(code)) is not None
        ),
        ignore_conflicts=True,
    )
    offered = sorted({*row.offered, *fresh})
    Role.objects.filter(pk=row.pk).update(offered=offered, revision=next_revision())
    audit.record(
        by=by,
        now=now,
        action="org.role_created" if created else "org.role_changed",
        subject=Ref("role", row.pk),
        after={"offered": fresh},
    )
