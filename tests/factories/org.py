"""The organisation of the story, small: headquarters, two regions, three stores, and somebody for every shipped role."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.test import Client

from shuniu.app import wiring
from shuniu.foundation import access
from shuniu.foundation.access import Actor, system
from shuniu.org import actions, queries
from shuniu.org.actions import NewStaff, NewUnit
from shuniu.org.contracts import AssignmentCard, StaffCard, UnitCard, UnitKind
from shuniu.org.models import Position, Role

HOUSE = system("tests")
# Long past, so that what was assigned then is in force whatever the machine's clock says.
EARLY = datetime(2020, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # a Monday, noon in Shanghai

UNITS = (
    NewUnit(code="HQ", name="悦居家电服务", kind=UnitKind.HQ, city="武汉"),
    NewUnit(code="HZ", name="华中大区", kind=UnitKind.REGION, parent="HQ", city="武汉"),
    NewUnit(code="HD", name="华东大区", kind=UnitKind.REGION, parent="HQ", city="上海"),
    NewUnit(code="WHGG", name="武汉光谷店", kind=UnitKind.STORE, parent="HZ", city="武汉"),
    NewUnit(code="WHHK", name="武汉汉口店", kind=UnitKind.STORE, parent="HZ", city="武汉"),
    NewUnit(code="SHXH", name="上海徐汇店", kind=UnitKind.STORE, parent="HD", city="上海"),
)


def _person(number: str, name: str, login: str, role: str, unit: str, **more: Any) -> NewStaff:
    return NewStaff(number=number, name=name, unit=unit, username=login, roles=((role, unit),), **more)


STAFF = (
    _person("1", "系统管理员", "admin", "admin", "HQ"),
    _person("2", "孙运营", "sun", "hq_operator", "HQ"),
    _person("3", "钱会计", "qian", "finance", "HQ"),
    _person("4", "周经理", "zhou", "region_manager", "HZ", position="region_manager"),
    _person("5", "陈店长", "chen", "store_manager", "WHGG", position="store_manager", phone="13907110002"),
    _person("6", "小李", "xiaoli", "agent", "WHGG", position="agent", wecom_userid="xiaoli"),
    _person(
        "7", "张师傅", "zhang", "field_worker", "WHGG",
        city="武汉", phone="13907110003", skills=("空调安装", "高空作业"), position="field_worker",
    ),
    _person("8", "赵店长", "zhao", "store_manager", "WHHK", position="store_manager", phone="13907110004"),
    _person("9", "吴师傅", "wu", "field_worker", "SHXH", city="上海", skills=("空调安装",)),
)  # fmt: skip
PASSWORD = "a password of the tests"


@dataclass(frozen=True)
class House:
    """Ids of units by code and of staff by login."""

    units: dict[str, int]
    staff: dict[str, int]

    def actor(self, login: str) -> Actor:
        """The person behind a login, as one request knows them: what they may do is read once."""
        return actor_of(self.staff[login])

    def client(self, login: str) -> Client:
        """A browser in which the person is signed in."""
        return client_of(self.staff[login])


def house(*, password: str | None = None) -> House:
    """The organisation above. Signing in by password needs one, which costs a hash."""
    wiring.wire()
    actions.ensure_shipped(zone="Asia/Shanghai", by=HOUSE, now=EARLY)
    loaded = actions.load(units=UNITS, staff=STAFF, password=password, by=HOUSE, now=EARLY)
    return House(
        units=loaded.units,
        staff={person.username or "": loaded.staff[person.number] for person in STAFF},
    )


def actor_of(staff_id: int) -> Actor:
    """The signed-in person; must have a login."""
    user_id = queries.staff_card([staff_id])[staff_id].user_id
    found = access.actor_of_user(user_id) if user_id is not None else None
    assert found is not None, "this person cannot sign in"
    return found


class SignedIn(Client):
    """A browser: writes carry an idempotency key and the page's CSRF token, bodies are JSON."""

    _keys = count(1)

    def send(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Idempotency-Key": f"form-{next(self._keys):08d}"}
        content = json.dumps(body if body is not None else {})
        return self.generic(method, path, content, content_type="application/json", headers=headers)


def client_of(staff_id: int) -> SignedIn:
    """A browser of that person, without going through the login page."""
    user_id = queries.staff_card([staff_id])[staff_id].user_id
    assert user_id is not None, "this person cannot sign in"
    client = SignedIn()
    session = client.session
    session["_auth_user_id"] = str(user_id)
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    return client


def unit(code: str, *, parent_id: int, kind: UnitKind = UnitKind.STORE, name: str | None = None) -> UnitCard:
    """One more unit."""
    return actions.create_unit(
        name=name or code, kind=kind, code=code, parent_id=parent_id, by=HOUSE, now=EARLY
    )


def person(
    name: str,
    *,
    unit_id: int,
    role: str | None = None,
    position: str | None = None,
    username: str = "",
    **more: Any,
) -> StaffCard:
    """One more person, holding a role or a position at their unit."""
    card = actions.create_staff(name=name, unit_id=unit_id, username=username, by=HOUSE, now=EARLY, **more)
    if role is not None or position is not None:
        assign(card.id, unit_id=unit_id, role=role, position=position)
    return card


def assign(
    staff_id: int, *, unit_id: int, role: str | None = None, position: str | None = None
) -> AssignmentCard:
    """Give a role or a position by its key, since long ago."""
    return actions.assign(
        staff_id=staff_id,
        unit_id=unit_id,
        role_id=None if role is None else Role.objects.get(key=role).pk,
        position_id=None if position is None else Position.objects.get(key=position).pk,
        by=HOUSE,
        now=EARLY,
    )
