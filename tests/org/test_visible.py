"""Where a permission reaches: everything, a sub-tree, a unit, one's own rows, and what one takes part in."""

from typing import Any

import pytest
from django.db import connection
from tests.factories import org
from tests.factories.org import EARLY, HOUSE, NOON, House

from shuniu.foundation.access import Actor, Permission, Scope, actor_of_user, customer, may, scope_of, system
from shuniu.foundation.errors import Forbidden
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.org import actions, queries
from shuniu.org.contracts import Grant, GrantScope, UnitKind
from shuniu.org.models import Role, Staff, Unit
from shuniu.org.permissions import STAFF_READ, UNIT_READ

READ_ORDERS = Permission("work_order.read", Text("查看工单", "See work orders"))


def seen_units(actor: Actor, permission: Permission = UNIT_READ) -> set[str]:
    condition = queries.visible(actor=actor, permission=permission, unit="id")
    return set(Unit.objects.filter(condition).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("login", "codes"),
    [
        ("admin", {"HQ", "HZ", "HD", "WHGG", "WHHK", "SHXH"}),
        ("zhou", {"HZ", "WHGG", "WHHK"}),
        ("chen", {"WHGG"}),
        ("xiaoli", {"WHGG"}),
    ],
)
def test_a_role_reaches_as_far_as_its_scope_from_where_it_is_held(
    house: House, login: str, codes: set[str]
) -> None:
    assert seen_units(house.actor(login)) == codes


def test_the_house_itself_sees_all_and_a_customer_nothing(house: House) -> None:
    assert len(seen_units(system("test"))) == 6
    assert seen_units(customer(1)) == set()


def test_own_rows_are_those_one_holds(house: House) -> None:
    zhang = house.actor("zhang")
    condition = queries.visible(actor=zhang, permission=READ_ORDERS, unit="home_unit_id", owner="id")
    assert list(Staff.objects.filter(condition)) == [Staff.objects.get(pk=house.staff["zhang"])]


def test_taking_part_shows_exactly_that_subject_until_every_reason_is_gone(house: House) -> None:
    xiaoli, subject = house.actor("xiaoli"), Ref("staff", house.staff["wu"])

    def seen() -> set[int]:
        condition = queries.visible(
            actor=xiaoli, permission=STAFF_READ, unit="home_unit_id", subject_kind="staff"
        )
        return set(Staff.objects.filter(condition).values_list("pk", flat=True))

    colleagues = {house.staff[login] for login in ("chen", "xiaoli", "zhang")}
    assert seen() == colleagues

    for why in ("asked", "copied", "asked"):
        actions.take_part(subject=subject, staff_ids=[house.staff["xiaoli"]], why=why, by=HOUSE, now=NOON)
    assert seen() == colleagues | {house.staff["wu"]}
    assert queries.participants(subject) == {house.staff["xiaoli"]: {"asked", "copied"}}

    actions.leave_part(subject=subject, staff_ids=[house.staff["xiaoli"]], why="asked", by=HOUSE, now=NOON)
    assert seen() == colleagues | {house.staff["wu"]}
    actions.leave_part(subject=subject, staff_ids=[house.staff["xiaoli"]], why="copied", by=HOUSE, now=NOON)
    assert seen() == colleagues


@pytest.mark.parametrize("login", ["admin", "zhou", "chen", "xiaoli", "zhang", "qian"])
@pytest.mark.parametrize("permission", [STAFF_READ, READ_ORDERS, UNIT_READ])
def test_the_condition_in_sql_agrees_with_the_one_for_querysets(
    house: House, login: str, permission: Permission
) -> None:
    actor = house.actor(login)
    actions.take_part(
        subject=Ref("staff", house.staff["wu"]),
        staff_ids=[house.staff["zhang"]],
        why="asked",
        by=HOUSE,
        now=NOON,
    )
    condition = queries.visible(
        actor=actor, permission=permission, unit="home_unit_id", owner="id", subject_kind="staff"
    )
    sql, parameters = queries.visible_sql(
        actor=actor,
        permission=permission,
        unit="s.home_unit_id",
        owner="s.id",
        subject_kind="staff",
        pk="s.id",
    )
    with connection.cursor() as cursor:
        cursor.execute(f"select s.id from org_staff s where {sql}", parameters)  # noqa: S608
        found = {row[0] for row in cursor}
    assert found == set(Staff.objects.filter(condition).values_list("pk", flat=True))


def test_a_department_reaches_the_units_it_serves(house: House) -> None:
    quality = org.unit("QC", parent_id=house.units["HQ"], kind=UnitKind.DEPARTMENT, name="品控部")
    inspector = org.person("李品控", unit_id=quality.id, role="store_manager", username="pinkong")
    assert seen_units(org.actor_of(inspector.id)) == {"QC"}

    actions.serve_units(
        department_id=quality.id, unit_ids=[house.units["HD"], house.units["WHHK"]], by=HOUSE, now=NOON
    )
    assert seen_units(org.actor_of(inspector.id)) == {"QC", "HD", "SHXH", "WHHK"}


def test_assignments_count_from_and_until_their_moments(house: House) -> None:
    past = actions.assign(
        staff_id=house.staff["chen"],
        unit_id=house.units["WHHK"],
        role_id=Role.objects.get(key="store_manager").pk,
        valid_from=EARLY,
        valid_to=EARLY.replace(year=2021),
        by=HOUSE,
        now=EARLY,
    )
    assert past.valid_to is not None
    actions.assign(
        staff_id=house.staff["chen"],
        unit_id=house.units["SHXH"],
        role_id=Role.objects.get(key="store_manager").pk,
        valid_from=EARLY.replace(year=2999),
        by=HOUSE,
        now=EARLY,
    )
    assert seen_units(house.actor("chen")) == {"WHGG"}


def test_an_archived_role_gives_nothing(house: House) -> None:
    Role.objects.filter(key="store_manager").update(archived_at=NOON)
    assert not may(house.actor("chen"), UNIT_READ)


def test_scopes_are_told_in_the_words_of_access(house: House) -> None:
    path = Unit.objects.get(code="HZ").path
    assert scope_of(house.actor("zhou"), UNIT_READ) == Scope(subtree_paths=(path,))
    assert scope_of(house.actor("xiaoli"), UNIT_READ) == Scope(unit_ids=(house.units["WHGG"],))
    assert scope_of(house.actor("zhang"), READ_ORDERS) == Scope(staff_id=house.staff["zhang"])
    assert scope_of(house.actor("zhang"), STAFF_READ).is_empty


def test_changing_another_unit_is_refused(house: House) -> None:
    with pytest.raises(Forbidden):
        queries.require_unit(actor=house.actor("chen"), permission=STAFF_READ, unit_id=house.units["WHHK"])
    queries.require_unit(actor=house.actor("zhou"), permission=STAFF_READ, unit_id=house.units["WHHK"])


def test_held_as_own_one_may_make_ones_own_things_there(house: House) -> None:
    queries.require_unit(actor=house.actor("zhang"), permission=READ_ORDERS, unit_id=house.units["WHGG"])
    with pytest.raises(Forbidden):
        queries.require_unit(actor=house.actor("zhang"), permission=READ_ORDERS, unit_id=house.units["WHHK"])


def test_units_are_masked_row_by_row_in_one_go(house: House) -> None:
    asked = [house.units["WHGG"], house.units["SHXH"], None]
    assert queries.covers(actor=house.actor("zhou"), permission=STAFF_READ, unit_ids=asked) == {
        house.units["WHGG"]
    }
    assert queries.visible_units(actor=house.actor("admin"), permission=STAFF_READ) is None


def test_rights_are_read_once_a_request(house: House, django_assert_num_queries: Any) -> None:
    user_id = Staff.objects.get(pk=house.staff["zhou"]).user_id
    house.actor("zhou")  # a process keeps a role's grants from the first time on
    with django_assert_num_queries(2):  # who it is with all grants; the units below the region
        actor = actor_of_user(user_id)
        for permission in (UNIT_READ, STAFF_READ, READ_ORDERS):
            assert may(actor, permission)
            queries.visible(actor=actor, permission=permission)
            queries.visible_sql(actor=actor, permission=permission)


def test_a_role_with_two_places_reaches_both(house: House) -> None:
    org.assign(house.staff["chen"], unit_id=house.units["HD"], role="region_manager")
    assert seen_units(house.actor("chen")) == {"WHGG", "HD", "SHXH"}


def test_the_widest_scope_of_several_roles_counts(house: House) -> None:
    role = actions.create_role(
        key="looker",
        name="巡视",
        grants=[Grant("org.unit_read", GrantScope.ALL)],
        by=HOUSE,
        now=NOON,
    )
    actions.assign(
        staff_id=house.staff["xiaoli"],
        unit_id=house.units["WHGG"],
        role_id=role.id,
        valid_from=EARLY,
        by=HOUSE,
        now=NOON,
    )
    assert len(seen_units(house.actor("xiaoli"))) == 6
