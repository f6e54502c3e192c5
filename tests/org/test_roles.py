"""Roles and positions are shaped; shipped ones grow with the product and keep what people changed."""

from typing import Any

import pytest
from tests.factories import org
from tests.factories.org import HOUSE, NOON, House

from shuniu.foundation.access import Permission, may, register_permissions
from shuniu.foundation.access import permissions as registry
from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.errors import DomainError, Forbidden
from shuniu.foundation.text import Text
from shuniu.org import actions, queries
from shuniu.org.contracts import (
    BuiltinRole,
    Grant,
    GrantScope,
    NotYoursToGrant,
    PermissionUnknown,
    PositionInUse,
    PositionKeyTaken,
    RoleInUse,
    RoleKeyTaken,
)
from shuniu.org.models import Position, Role
from shuniu.org.permissions import STAFF_READ, UNIT_READ

READ_UNITS = Grant("org.unit_read", GrantScope.SUBTREE)


def role(key: str) -> int:
    return Role.objects.get(key=key).pk


def make(house: House, *grants: Grant, by: str = "admin", key: str = "looker") -> int:
    return actions.create_role(key=key, name="巡视", grants=grants, by=house.actor(by), now=NOON).id


def test_changed_grants_hold_at_the_next_request(house: House) -> None:
    looker = make(house, READ_UNITS)
    person = org.person("巡视员", unit_id=house.units["HZ"], role="looker", username="looker")
    assert may(org.actor_of(person.id), UNIT_READ)
    assert not may(org.actor_of(person.id), STAFF_READ)

    grants = [Grant("org.staff_read", GrantScope.UNIT)]
    actions.change_role(role_id=looker, grants=grants, by=house.actor("admin"), now=NOON)

    assert may(org.actor_of(person.id), STAFF_READ)
    assert not may(org.actor_of(person.id), UNIT_READ)
    entry = AuditEntry.objects.get(action="org.role_changed", subject_id=looker)
    assert (entry.before, entry.after) == (
        {"grants": {"org.unit_read": "subtree"}},
        {"grants": {"org.staff_read": "unit"}},
    )


def test_roles_are_shaped_by_who_may_everywhere_and_holds_it_themselves(house: House) -> None:
    with pytest.raises(Forbidden):
        make(house, READ_UNITS, by="zhou")
    actions.change_role(
        role_id=role("hq_operator"),
        grants=[Grant("org.role_write", GrantScope.ALL), Grant("org.unit_read", GrantScope.ALL)],
        by=HOUSE,
        now=NOON,
    )
    make(house, READ_UNITS, by="sun")
    with pytest.raises(NotYoursToGrant):
        make(house, Grant("settlement.payout_approve", GrantScope.UNIT), by="sun", key="payer")


@pytest.mark.parametrize(
    ("key", "grants", "error"),
    [
        ("admin", [READ_UNITS], RoleKeyTaken),
        ("looker", [Grant("no.such", GrantScope.ALL)], PermissionUnknown),
    ],
)
def test_impossible_roles_are_refused(
    house: House, key: str, grants: list[Grant], error: type[DomainError]
) -> None:
    with pytest.raises(error):
        make(house, *grants, key=key)


def test_roles_in_use_and_shipped_ones_stay(house: House) -> None:
    looker = make(house, READ_UNITS)
    person = org.person("巡视员", unit_id=house.units["HZ"], role="looker")
    with pytest.raises(RoleInUse):
        actions.archive_role(role_id=looker, by=HOUSE, now=NOON)
    with pytest.raises(BuiltinRole):
        actions.archive_role(role_id=role("partner"), by=HOUSE, now=NOON)

    [held] = queries.assignments_of([person.id])[person.id]
    actions.end_assignment(assignment_id=held.id, by=HOUSE, now=NOON)
    actions.archive_role(role_id=looker, by=HOUSE, now=NOON)
    assert "looker" not in {card.key for card in queries.roles(now=NOON)}


def test_a_new_permission_is_offered_once_and_taking_it_away_lasts(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_registered", dict(registry._registered))
    register_permissions([Permission("customer.praise", Text("表扬", "Praise"))])

    def ensure() -> set[str]:
        actions.ensure_shipped(zone="Asia/Shanghai", by=HOUSE, now=NOON)
        return {
            card.key
            for card in queries.roles(now=NOON)
            if any(g.permission == "customer.praise" for g in card.grants)
        }

    assert ensure() == {"admin", "hq_operator", "region_manager", "store_manager", "agent", "partner"}
    card = queries.role(role("agent"), now=NOON)
    kept = [grant for grant in card.grants if grant.permission != "customer.praise"]
    actions.change_role(role_id=card.id, grants=kept, by=HOUSE, now=NOON)
    assert "agent" not in ensure()


def test_holders_are_counted(house: House) -> None:
    cards = {card.key: card.holders for card in queries.roles(now=NOON)}
    assert (cards["store_manager"], cards["field_worker"], cards["partner"]) == (2, 2, 0)


def test_positions_over_http(house: House) -> None:
    admin = house.client("admin")
    made = admin.send("POST", "/api/org/positions", {"key": "trainer", "name": "培训师"}).json()
    assert (made["name"], made["holders"]) == ("培训师", 0)
    changed = admin.send("PATCH", f"/api/org/positions/{made['id']}", {"name_en": "Trainer"}).json()
    assert (changed["name"], changed["name_en"]) == ("培训师", "Trainer")
    assert admin.send("POST", "/api/org/positions", {"key": "trainer", "name": "x"}).status_code == 409
    assert admin.send("POST", "/api/org/positions", {"key": "Not A Key", "name": "x"}).status_code == 422
    assert admin.send("POST", f"/api/org/positions/{made['id']}/archive").status_code == 204
    listed = admin.get("/api/org/positions", {"limit": 200}).json()["items"]
    assert "trainer" not in {position["key"] for position in listed}

    with pytest.raises(PositionInUse):
        actions.archive_position(position_id=Position.objects.get(key="agent").pk, by=HOUSE, now=NOON)
    with pytest.raises(PositionKeyTaken):
        actions.create_position(key="agent", name="x", by=HOUSE, now=NOON)


def test_the_lists_cost_the_same_for_any_length(house: House, django_assert_num_queries: Any) -> None:
    admin = house.client("admin")
    admin.get("/api/org/roles")
    for limit in (1, 8):
        with django_assert_num_queries(5):  # session, who, count, rows, grants
            admin.get("/api/org/roles", {"limit": limit})
    for limit in (1, 10):
        with django_assert_num_queries(4):
            admin.get("/api/org/positions", {"limit": limit})
    for limit in (1, 6):
        with django_assert_num_queries(5):
            admin.get("/api/org/units", {"limit": limit})


def test_who_may_what_is_exported_a_line_per_grant(house: House) -> None:
    answer = house.client("admin").get("/api/org/roles/export", {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "角色,标识,权限,范围"
    assert "店长,store_manager,org.staff_read,subtree" in lines
