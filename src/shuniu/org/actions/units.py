"""The tree grows and changes. All writes to it take one lock: paths of a whole sub-tree may move at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref, publish
from shuniu.foundation.names import sort_key
from shuniu.org.actions.indexing import index_units
from shuniu.org.contracts import (
    DEPTH_MAX,
    CodeTaken,
    NameMissing,
    UnitArchived,
    UnitCard,
    UnitHasPeople,
    UnitHasUnits,
    UnitIsRoot,
    UnitKind,
    UnitNotDepartment,
    UnitTooDeep,
    UnitUnderItself,
    UnitUnknown,
)
from shuniu.org.models import DepartmentService, Staff, Unit
from shuniu.org.models.units import PATH_STEP
from shuniu.org.permissions import UNIT_WRITE
from shuniu.org.queries.units import unit as unit_card
from shuniu.org.queries.visible import require_unit

P = ParamSpec("P")
R = TypeVar("R")

_LOCK = "select pg_advisory_xact_lock(hashtextextended('org_unit', 0))"
_DEEPEST = "select max(depth) from org_unit where path like %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDetails:
    """What a unit says about itself, apart from its name, kind and code."""

    city: str = ""
    province: str = ""
    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    phone: str = ""
    opening_hours: str = ""


NO_DETAILS = UnitDetails()


def lock_tree() -> None:
    """Wait for every other write to the tree; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def _writes_tree(action: Callable[P, R]) -> Callable[P, R]:
    @wraps(action)
    def locked(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            lock_tree()
            return action(*args, **kwargs)

    return locked


@_writes_tree
def create_unit(
    *,
    name: str,
    kind: UnitKind,
    code: str,
    parent_id: int | None,
    by: Actor,
    now: datetime,
    details: UnitDetails = NO_DETAILS,
) -> UnitCard:
    """A new unit below another; without `parent_id` the headquarters, once."""
    values = {
        "name": _clean(name),
        "name_sort": sort_key(name.strip()),
        "kind": kind.value,
        "code": _free_code(code),
        "created_at": now,
        **_columns(details),
    }
    if parent_id is None:
        if Unit.objects.exists():
            raise UnitUnknown(field="parent_id")
        row = Unit.objects.add_root(values)
    else:
        parent = _required(parent_id)
        require_unit(actor=by, permission=UNIT_WRITE, unit_id=parent_id)
        if parent.archived_at is not None:
            raise UnitArchived(field="parent_id")
        if parent.depth >= DEPTH_MAX:
            raise UnitTooDeep(field="parent_id", depth_max=DEPTH_MAX)
        row = Unit.objects.add_child(parent, values)
    _tell(
        row,
        "created",
        by=by,
        now=now,
        after={"name": row.name, "kind": row.kind, "code": row.code, "parent_id": parent_id},
    )
    index_units(ids=[row.pk])
    return unit_card(row.pk)


@transaction.atomic
def change_unit(
    *,
    unit_id: int,
    by: Actor,
    now: datetime,
    name: str | None = None,
    kind: UnitKind | None = None,
    code: str | None = None,
    details: UnitDetails | None = None,
) -> UnitCard:
    """Change what a unit says about itself; what is None stays."""
    require_unit(actor=by, permission=UNIT_WRITE, unit_id=unit_id)
    row = _required(unit_id)
    wanted: dict[str, Any] = _columns(details) if details is not None else {}
    if name is not None:
        wanted |= {"name": _clean(name), "name_sort": sort_key(name.strip())}
    if kind is not None and row.depth > 1:
        wanted["kind"] = kind.value
    if code is not None and code.strip() != row.code:
        wanted["code"] = _free_code(code)
    changed = {field: value for field, value in wanted.items() if getattr(row, field) != value}
    if changed:
        before = {field: getattr(row, field) for field in changed}
        Unit.objects.filter(pk=unit_id).update(**changed)
        _tell(row, "changed", by=by, now=now, before=before, after=changed)
        index_units(ids=[unit_id])
    return unit_card(unit_id)


@_writes_tree
def move_unit(*, unit_id: int, parent_id: int, by: Actor, now: datetime) -> UnitCard:
    """Put a unit with everything below it under another one."""
    row, parent = _required(unit_id), _required(parent_id)
    for touched in (unit_id, parent_id):
        require_unit(actor=by, permission=UNIT_WRITE, unit_id=touched)
    if row.is_root():
        raise UnitIsRoot()
    if parent.path.startswith(row.path):
        raise UnitUnderItself(field="parent_id")
    if parent.archived_at is not None:
        raise UnitArchived(field="parent_id")
    if parent.depth + _levels(row) > DEPTH_MAX:
        raise UnitTooDeep(field="parent_id", depth_max=DEPTH_MAX)
    old_parent_id = Unit.objects.values_list("id", flat=True).get(path=row.path[:-PATH_STEP])
    if old_parent_id != parent_id:
        Unit.objects.move(row, parent, pos="last-child")
        _tell(
            row, "moved", by=by, now=now, before={"parent_id": old_parent_id}, after={"parent_id": parent_id}
        )
    return unit_card(unit_id)


@_writes_tree
def archive_unit(*, unit_id: int, by: Actor, now: datetime) -> UnitCard:
    """Take a unit out of use. It stays where it is and keeps its history; people and units below must go first."""
    require_unit(actor=by, permission=UNIT_WRITE, unit_id=unit_id)
    row = _required(unit_id)
    if row.is_root():
        raise UnitIsRoot()
    if row.archived_at is not None:
        return unit_card(unit_id)
    below = (
        Unit.objects.filter(path__startswith=row.path, archived_at__isnull=True).exclude(pk=unit_id).count()
    )
    if below:
        raise UnitHasUnits(count=below)
    people = Staff.objects.filter(home_unit_id=unit_id, archived_at__isnull=True).count()
    if people:
        raise UnitHasPeople(count=people)
    Unit.objects.filter(pk=unit_id).update(archived_at=now)
    _tell(row, "archived", by=by, now=now)
    index_units(ids=[unit_id])
    return unit_card(unit_id)


@_writes_tree
def restore_unit(*, unit_id: int, by: Actor, now: datetime) -> UnitCard:
    """Take an archived unit into use again; its parent must be in use."""
    require_unit(actor=by, permission=UNIT_WRITE, unit_id=unit_id)
    row = _required(unit_id)
    if row.archived_at is None:
        return unit_card(unit_id)
    if Unit.objects.filter(path=row.path[:-PATH_STEP], archived_at__isnull=False).exists():
        raise UnitArchived()
    Unit.objects.filter(pk=unit_id).update(archived_at=None)
    _tell(row, "restored", by=by, now=now)
    index_units(ids=[unit_id])
    return unit_card(unit_id)


@transaction.atomic
def serve_units(*, department_id: int, unit_ids: Sequence[int], by: Actor, now: datetime) -> None:
    """Set which units a department works for; its people's roles then reach those units too."""
    row = _required(department_id)
    if row.kind != UnitKind.DEPARTMENT:
        raise UnitNotDepartment()
    current = set(
        DepartmentService.objects.filter(department_id=department_id).values_list("unit_id", flat=True)
    )
    wanted = set(unit_ids) - {department_id}
    for touched in {department_id, *(current ^ wanted)}:
        require_unit(actor=by, permission=UNIT_WRITE, unit_id=touched)
    known = set(Unit.objects.filter(pk__in=wanted).values_list("id", flat=True))
    if known != wanted:
        raise UnitUnknown(field="unit_ids")
    DepartmentService.objects.filter(department_id=department_id, unit_id__in=current - wanted).delete()
    DepartmentService.objects.bulk_create(
        DepartmentService(department_id=department_id, unit_id=unit_id)
        for unit_id in sorted(wanted - current)
    )
    if current != wanted:
        _tell(
            row,
            "changed",
            by=by,
            now=now,
            before={"serves": sorted(current)},
            after={"serves": sorted(wanted)},
        )


def _required(unit_id: int) -> Unit:
    row: Unit | None = Unit.objects.select_for_update().filter(pk=unit_id).first()
    if row is None:
        raise UnitUnknown()
    return row


def _clean(name: str) -> str:
    if not name.strip():
        raise NameMissing(field="name")
    return name.strip()


def _free_code(code: str) -> str:
    cleaned = code.strip()
    if not cleaned:
        raise NameMissing(field="code")
    if Unit.objects.filter(code=cleaned).exists():
        raise CodeTaken(field="code", value=cleaned)
    return cleaned


def _columns(details: UnitDetails) -> dict[str, Any]:
    return {
        "city": details.city.strip(),
        "province": details.province.strip(),
        "address": details.address.strip(),
        "latitude": details.latitude,
        "longitude": details.longitude,
        "phone": details.phone.strip(),
        "opening_hours": details.opening_hours.strip(),
    }


def _levels(row: Unit) -> int:
    """How many levels the unit and what is below it take."""
    with connection.cursor() as cursor:
        cursor.execute(_DEEPEST, [f"{row.path}%"])
        deepest: int = cursor.fetchone()[0]
    return deepest - int(row.depth) + 1


def _tell(
    row: Unit,
    verb: str,
    *,
    by: Actor,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    subject = Ref("unit", row.pk)
    audit.record(
        by=by, now=now, action=f"org.unit_{verb}", subject=subject, unit_id=row.pk, before=before, after=after
    )
    publish(name=f"unit.{verb}", subject=subject, unit_id=row.pk, by=by, now=now)
