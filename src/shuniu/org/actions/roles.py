"""Roles and positions are shaped."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from shuniu.foundation.access import Actor, all_permissions, scope_of
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import Forbidden, NotFound
from shuniu.foundation.hub import Ref
from shuniu.org.contracts import (
    BuiltinRole,
    Grant,
    GrantScope,
    NameMissing,
    NotYoursToGrant,
    PermissionUnknown,
    PositionCard,
    PositionInUse,
    PositionKeyTaken,
    RoleCard,
    RoleInUse,
    RoleKeyTaken,
)
from shuniu.org.models import Assignment, Position, Role, RoleGrant
from shuniu.org.models.roles import next_revision
from shuniu.org.permissions import ROLE_WRITE
from shuniu.org.queries.roles import in_force, position_card, position_rows
from shuniu.org.queries.roles import role as role_card
from shuniu.org.reach import standing_of


@transaction.atomic
def create_role(
    *,
    key: str,
    name: str,
    grants: Sequence[Grant],
    by: Actor,
    now: datetime,
    name_en: str = "",
    note: str = "",
) -> RoleCard:
    """A new role. Nobody can put more into it than they may do everywhere themselves."""
    _require_everywhere(by)
    if not name.strip() or not key.strip():
        raise NameMissing(field="name" if key.strip() else "key")
    if Role.objects.filter(key=key.strip()).exists():
        raise RoleKeyTaken(field="key", value=key.strip())
    _require_grantable(grants, by)
    row = Role.objects.create(key=key.strip(), name=name.strip(), name_en=name_en.strip(), note=note.strip())
    _write_grants(row, grants)
    after = {"key": row.key, "name": row.name, "grants": _shown(grants)}
    audit.record(
        by=by, now=now, action="org.role_created", subject=Ref("role", row.pk), after=after, sensitive=True
    )
    return role_card(row.pk, now=now)


@transaction.atomic
def change_role(
    *,
    role_id: int,
    by: Actor,
    now: datetime,
    name: str | None = None,
    name_en: str | None = None,
    note: str | None = None,
    grants: Sequence[Grant] | None = None,
) -> RoleCard:
    """Change a role's words or all its grants; the holders' rights change at once."""
    _require_everywhere(by)
    row = _required(role_id)
    before: dict[str, Any] = {"name": row.name, "name_en": row.name_en, "note": row.note}
    after = {
        field: value.strip()
        for field, value in (("name", name), ("name_en", name_en), ("note", note))
        if value is not None and value.strip() != before[field]
    }
    if after.get("name") == "":
        raise NameMissing(field="name")
    for field, value in after.items():
        setattr(row, field, value)
    row.save(update_fields=["name", "name_en", "note"])
    told: dict[str, Any] = dict(after)
    if grants is not None:
        had = [Grant(g.permission, GrantScope(g.scope)) for g in row.grants.all()]
        if set(had) != set(grants):
            _require_grantable([grant for grant in grants if grant not in had], by)
            _write_grants(row, grants)
            told["grants"], before["grants"] = _shown(grants), _shown(had)
    if told:
        changed_before = {field: before[field] for field in told}
        audit.record(
            by=by,
            now=now,
            action="org.role_changed",
            subject=Ref("role", role_id),
            before=changed_before,
            after=told,
            sensitive="grants" in told,
        )
    return role_card(role_id, now=now)


@transaction.atomic
def archive_role(*, role_id: int, by: Actor, now: datetime) -> None:
    """Take a role out of use that nobody holds any more. Shipped ones stay."""
    _require_everywhere(by)
    row = _required(role_id)
    if row.builtin:
        raise BuiltinRole()
    holders = Assignment.objects.filter(in_force(now), role_id=role_id).count()
    if holders:
        raise RoleInUse(count=holders)
    row.archived_at = now
    row.save(update_fields=["archived_at"])
    audit.record(by=by, now=now, action="org.role_archived", subject=Ref("role", role_id))


@transaction.atomic
def create_position(
    *, key: str, name: str, by: Actor, now: datetime, name_en: str = "", note: str = ""
) -> PositionCard:
    """A new position."""
    _require_everywhere(by)
    if not name.strip() or not key.strip():
        raise NameMissing(field="name" if key.strip() else "key")
    if Position.objects.filter(key=key.strip()).exists():
        raise PositionKeyTaken(field="key", value=key.strip())
    row = Position.objects.create(
        key=key.strip(), name=name.strip(), name_en=name_en.strip(), note=note.strip()
    )
    audit.record(
        by=by,
        now=now,
        action="org.position_created",
        subject=Ref("position", row.pk),
        after={"key": row.key, "name": row.name},
    )
    return position_card(position_rows(now).get(pk=row.pk))


@transaction.atomic
def change_position(
    *,
    position_id: int,
    by: Actor,
    now: datetime,
    name: str | None = None,
    name_en: str | None = None,
    note: str | None = None,
) -> PositionCard:
    """Change a position's words."""
    _require_everywhere(by)
    row = Position.objects.select_for_update().filter(pk=position_id).first()
    if row is None:
        raise NotFound()
    given = {"name": name, "name_en": name_en, "note": note}
    after = {f: v.strip() for f, v in given.items() if v is not None and v.strip() != getattr(row, f)}
    if after.get("name") == "":
        raise NameMissing(field="name")
    if after:
        before = {field: getattr(row, field) for field in after}
        Position.objects.filter(pk=position_id).update(**after)
        audit.record(
            by=by,
            now=now,
            action="org.position_changed",
            subject=Ref("position", position_id),
            before=before,
            after=after,
        )
    return position_card(position_rows(now).get(pk=position_id))


@transaction.atomic
def archive_position(*, position_id: int, by: Actor, now: datetime) -> None:
    """Take a position out of use that nobody holds any more."""
    _require_everywhere(by)
    row = Position.objects.select_for_update().filter(pk=position_id).first()
    if row is None:
        raise NotFound()
    holders = Assignment.objects.filter(in_force(now), position_id=position_id).count()
    if holders:
        raise PositionInUse(count=holders)
    row.archived_at = now
    row.save(update_fields=["archived_at"])
    audit.record(by=by, now=now, action="org.position_archived", subject=Ref("position", position_id))


def _require_everywhere(by: Actor) -> None:
    """Roles belong to the whole enterprise."""
    if not scope_of(by, ROLE_WRITE).everything:
        raise Forbidden()


def _require_grantable(grants: Sequence[Grant], by: Actor) -> None:
    known = {permission.code for permission in all_permissions()}
    standing = standing_of(by)
    for place, grant in enumerate(grants):
        if grant.permission not in known:
            raise PermissionUnknown(field=f"grants.{place}.permission", value=grant.permission)
        if not by.is_system and not standing.reach(grant.permission).everything:
            raise NotYoursToGrant(field=f"grants.{place}.permission", value=grant.permission)


def _write_grants(row: Role, grants: Sequence[Grant]) -> None:
    RoleGrant.objects.filter(role=row).delete()
    Role.objects.filter(pk=row.pk).update(revision=next_revision())
    scopes = {grant.permission: grant.scope for grant in grants}
    RoleGrant.objects.bulk_create(
        RoleGrant(role=row, permission=permission, scope=str(scope)) for permission, scope in scopes.items()
    )


def _required(role_id: int) -> Role:
    row = Role.objects.select_for_update().filter(pk=role_id).first()
    if row is None:
        raise NotFound()
    return row


def _shown(grants: Sequence[Grant]) -> dict[str, str]:
    return {grant.permission: str(grant.scope) for grant in grants}
