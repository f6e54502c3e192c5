"""A whole organisation at once, by COPY: the demo company, or a move from another system."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from shuniu.foundation import search
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref
from shuniu.foundation.identity import actions as identity
from shuniu.foundation.names import sort_key
from shuniu.org.actions.indexing import staff_documents, unit_documents
from shuniu.org.actions.staff import WECOM, phone_columns
from shuniu.org.actions.units import lock_tree
from shuniu.org.contracts import UnitHasUnits, UnitKind
from shuniu.org.models import Position, Role, Unit
from shuniu.org.models.units import PATH_STEP

_UNITS = """copy org_unit (path, depth, numchild, name, name_sort, kind, code, city, province, address, latitude, longitude,
    phone, opening_hours, created_at) from stdin"""
_STAFF = """copy org_staff (user_id, name, name_sort, number, phone_cipher, phone_hash, phone_last4, wecom_userid, skills,
    city, home_unit_id, created_at) from stdin"""
_ASSIGNMENTS = "copy org_assignment (staff_id, unit_id, role_id, position_id, valid_from) from stdin"
_SERVICES = "copy org_department_service (department_id, unit_id) from stdin"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit to load; parents come before their children, the first is the headquarters. `serves` are codes."""

    code: str
    name: str
    kind: UnitKind
    parent: str | None = None
    city: str = ""
    province: str = ""
    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    phone: str = ""
    opening_hours: str = ""
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStaff:
    """Somebody to load, known by `number`. `roles` are role keys with unit codes; `position` is held at home.

    Who has a WeCom account has a login too, named like it when `username` says nothing else.
    """

    number: str
    name: str
    unit: str
    phone: str = ""
    city: str = ""
    skills: tuple[str, ...] = ()
    username: str | None = None
    wecom_userid: str | None = None
    roles: tuple[tuple[str, str], ...] = ()
    position: str | None = None

    @property
    def login(self) -> str | None:
        wecom = self.wecom_userid.lower() if self.wecom_userid is not None else None
        return self.username if self.username is not None else wecom


@dataclass(frozen=True, slots=True)
class Loaded:
    """Ids of what was loaded: units by code, staff by number."""

    units: dict[str, int]
    staff: dict[str, int]


@transaction.atomic
def load(
    *, units: Sequence[NewUnit], staff: Sequence[NewStaff], password: str | None, by: Actor, now: datetime
) -> Loaded:
    """Fill an empty organisation. Everybody with a user name signs in with `password`, or not by password at all without one.

    Shipped roles must be there.
    """
    lock_tree()
    if Unit.objects.exists():
        raise UnitHasUnits(count=Unit.objects.count())
    unit_ids = _load_units(units, now)
    links = {
        (WECOM, person.wecom_userid): login
        for person in staff
        if person.wecom_userid is not None and (login := person.login) is not None
    }
    usernames = [login for person in staff if (login := person.login) is not None]
    users = identity.load_users(usernames=usernames, password=password, links=links, by=by, now=now)
    _copy(_STAFF, (_staff_row(person, users, unit_ids, now) for person in staff))
    staff_ids = _ids(
        "select number, id from org_staff where number = any(%s)", [person.number for person in staff]
    )
    _copy(_ASSIGNMENTS, list(_assignment_rows(staff, staff_ids, unit_ids, now)))
    search.load(list(unit_documents()))
    search.load(list(staff_documents()))
    root = Ref("unit", unit_ids[units[0].code])
    audit.record(
        by=by, now=now, action="org.loaded", subject=root, after={"units": len(units), "staff": len(staff)}
    )
    return Loaded(units=unit_ids, staff=staff_ids)


def _load_units(units: Sequence[NewUnit], now: datetime) -> dict[str, int]:
    paths: dict[str, str] = {}
    children: dict[str | None, int] = {}
    for unit in units:
        children[unit.parent] = children.get(unit.parent, 0) + 1
        above = paths[unit.parent] if unit.parent is not None else ""
        paths[unit.code] = Unit._get_path(above, len(above) // PATH_STEP + 1, children[unit.parent])  # noqa: SLF001  treebeard's own spelling of a step
    _copy(_UNITS, (_unit_row(unit, paths[unit.code], children.get(unit.code, 0), now) for unit in units))
    ids = _ids("select code, id from org_unit where code = any(%s)", list(paths))
    _copy(_SERVICES, ((ids[unit.code], ids[served]) for unit in units for served in unit.serves))
    return ids


def _unit_row(unit: NewUnit, path: str, children: int, now: datetime) -> tuple[Any, ...]:
    place = (unit.city, unit.province, unit.address, unit.latitude, unit.longitude)
    name = (unit.name, sort_key(unit.name), unit.kind.value, unit.code)
    return (path, len(path) // PATH_STEP, children, *name, *place, unit.phone, unit.opening_hours, now)


def _staff_row(
    person: NewStaff, users: dict[str, int], units: dict[str, int], now: datetime
) -> tuple[Any, ...]:
    phone = phone_columns(phone=person.phone)
    user_id = users[login] if (login := person.login) is not None else None
    stored = (phone["phone_cipher"], phone["phone_hash"], phone["phone_last4"])
    name = (person.name, sort_key(person.name), person.number)
    return (
        user_id, *name, *stored, person.wecom_userid, list(person.skills), person.city, units[person.unit], now,
    )  # fmt: skip


def _assignment_rows(
    staff: Sequence[NewStaff], staff_ids: dict[str, int], units: dict[str, int], now: datetime
) -> Iterable[tuple[Any, ...]]:
    roles = dict(Role.objects.values_list("key", "id"))
    positions = dict(Position.objects.values_list("key", "id"))
    for person in staff:
        staff_id = staff_ids[person.number]
        for role, unit in person.roles:
            yield staff_id, units[unit], roles[role], None, now
        if person.position is not None:
            yield staff_id, units[person.unit], None, positions[person.position], now


def _copy(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _ids(statement: str, keys: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [keys])
        return {key: int(row_id) for key, row_id in cursor.fetchall()}
