"""People come, change, hold roles and leave."""

from typing import Any

import pytest
from tests.factories import org
from tests.factories.org import EARLY, HOUSE, NOON, House

from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.errors import DomainError, Forbidden
from shuniu.foundation.identity.actions import sign_in_external
from shuniu.foundation.identity.contracts import ExternalLoginTaken, NotLinked, UsernameTaken
from shuniu.org import actions, queries
from shuniu.org.contracts import (
    AssignmentBackwards,
    AssignmentExists,
    HigherThanYou,
    LastAdministrator,
    NotYoursToGrant,
    NumberTaken,
    PhoneInvalid,
    StaffArchived,
    UnitKind,
    WecomUserTaken,
)
from shuniu.org.models import Role, Staff


def role_id(key: str) -> int:
    return Role.objects.get(key=key).pk


def change(house: House, login: str, **what: Any) -> None:
    actions.change_staff(staff_id=house.staff[login], change=actions.StaffChange(**what), by=HOUSE, now=NOON)


def test_a_person_with_a_wecom_account_signs_in_by_it(house: House) -> None:
    card = org.person("新客服", unit_id=house.units["WHGG"], role="agent", wecom_userid="Xin.Ke@x")
    user = sign_in_external(provider="wecom", subject="Xin.Ke@x", now=NOON)
    assert (user.id, user.username) == (card.user_id, "xin.ke-x")

    actions.change_staff(staff_id=card.id, change=actions.StaffChange(wecom_userid=""), by=HOUSE, now=NOON)
    with pytest.raises(NotLinked):
        sign_in_external(provider="wecom", subject="Xin.Ke@x", now=NOON)


def test_who_has_left_cannot_sign_in_and_holds_nothing(house: House) -> None:
    actions.archive_staff(staff_id=house.staff["xiaoli"], by=HOUSE, now=NOON)
    with pytest.raises(NotLinked):
        sign_in_external(provider="wecom", subject="xiaoli", now=NOON)
    assert queries.staff_with(role="agent", unit_id=house.units["WHGG"]) == []
    with pytest.raises(StaffArchived):
        change(house, "xiaoli", name="小李子")

    assert actions.restore_staff(staff_id=house.staff["xiaoli"], by=HOUSE, now=NOON).archived is False
    assert sign_in_external(provider="wecom", subject="xiaoli", now=NOON).username == "xiaoli"
    assert queries.staff_with(role="agent", unit_id=house.units["WHGG"]) == []


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ({"number": "5"}, NumberTaken),
        ({"wecom_userid": "xiaoli"}, WecomUserTaken),
        ({"phone": "12"}, PhoneInvalid),
        ({"name": "  "}, DomainError),
    ],
)
def test_changes_that_cannot_be_are_refused(
    house: House, what: dict[str, str], error: type[DomainError]
) -> None:
    with pytest.raises(error):
        change(house, "zhang", **what)


def test_two_people_cannot_share_a_user_name(house: House) -> None:
    with pytest.raises(UsernameTaken):
        org.person("重名", unit_id=house.units["HQ"], username="CHEN")


def test_the_phone_is_encrypted_masked_and_each_look_recorded(house: House) -> None:
    row = Staff.objects.get(pk=house.staff["zhang"])
    assert b"13907110003" not in bytes(row.phone_cipher or b"")
    chen = house.client("chen")
    detail = chen.get(f"/api/org/staff/{row.pk}").json()
    assert (detail["phone_masked"], detail["may_see_phone"]) == ("139****0003", True)

    assert chen.send("POST", f"/api/org/staff/{row.pk}/phone").json() == {"phone": "13907110003"}
    entry = AuditEntry.objects.get(action="org.staff_phone_unmasked")
    assert (entry.by, entry.subject_id, entry.sensitive) == (f"staff:{house.staff['chen']}", row.pk, True)

    agent = house.client("xiaoli")
    assert agent.get(f"/api/org/staff/{row.pk}").json()["may_see_phone"] is False
    assert agent.send("POST", f"/api/org/staff/{row.pk}/phone").status_code == 403
    assert AuditEntry.objects.filter(action="org.staff_phone_unmasked").count() == 1


def test_an_unchanged_phone_is_not_a_change(house: House) -> None:
    change(house, "zhang", phone="+86 139 0711 0003")
    assert not AuditEntry.objects.filter(action="org.staff_changed").exists()
    change(house, "zhang", phone="13907119999")
    entry = AuditEntry.objects.get(action="org.staff_changed")
    assert entry.after == {"phone_last4": "9999"}


def test_people_are_found_at_the_nearest_unit_above(house: House) -> None:
    def names(**wanted: Any) -> list[str]:
        return [card.name for card in queries.staff_with(unit_id=house.units["WHGG"], **wanted)]

    assert names(role="store_manager") == ["陈店长"]
    assert names(role="region_manager") == ["周经理"]
    assert names(role="region_manager", upward=False) == []
    assert names(position="field_worker") == ["张师傅"]
    assert names(permission="settlement.payout_approve") == ["系统管理员", "钱会计"]


def test_people_of_a_department_count_where_it_serves(house: House) -> None:
    quality = org.unit("QC", parent_id=house.units["HQ"], kind=UnitKind.DEPARTMENT)
    inspector = org.person("李品控", unit_id=quality.id, position="quality_control")
    assert queries.staff_with(position="quality_control", unit_id=house.units["WHGG"]) == []
    actions.serve_units(department_id=quality.id, unit_ids=[house.units["HZ"]], by=HOUSE, now=NOON)
    found = queries.staff_with(position="quality_control", unit_id=house.units["WHGG"])
    assert [card.id for card in found] == [inspector.id]


def test_field_workers_are_found_by_city_skill_and_sub_tree(house: House) -> None:
    def logins(**wanted: Any) -> set[str]:
        ids = {card.id for card in queries.field_workers(**wanted)}
        return {login for login, staff_id in house.staff.items() if staff_id in ids}

    assert logins() == {"zhang", "wu"}
    assert logins(city="武汉") == {"zhang"}
    assert logins(skills=["空调安装"]) == {"zhang", "wu"}
    assert logins(skills=["空调安装", "高空作业"]) == {"zhang"}
    assert logins(unit_id=house.units["HD"]) == {"wu"}


def test_nobody_hands_out_more_than_they_hold(house: House) -> None:
    def assign(by: str, to: str, role: str, unit: str) -> None:
        actions.assign(
            staff_id=house.staff[to],
            unit_id=house.units[unit],
            role_id=role_id(role),
            by=house.actor(by),
            now=NOON,
        )

    assign("zhou", "xiaoli", "store_manager", "WHGG")
    with pytest.raises(NotYoursToGrant):
        assign("zhou", "xiaoli", "admin", "WHGG")
    with pytest.raises(NotYoursToGrant):
        assign("chen", "xiaoli", "finance", "WHGG")
    with pytest.raises(Forbidden):
        assign("zhou", "xiaoli", "store_manager", "SHXH")
    with pytest.raises(Forbidden):
        assign("zhou", "wu", "store_manager", "WHGG")
    with pytest.raises(AssignmentExists):
        assign("zhou", "xiaoli", "store_manager", "WHGG")


def test_the_last_administrator_stays(house: House) -> None:
    [held] = queries.assignments_of([house.staff["admin"]])[house.staff["admin"]]
    with pytest.raises(LastAdministrator):
        actions.end_assignment(assignment_id=held.id, by=HOUSE, now=NOON)
    with pytest.raises(LastAdministrator):
        actions.archive_staff(staff_id=house.staff["admin"], by=HOUSE, now=NOON)

    org.assign(house.staff["sun"], unit_id=house.units["HQ"], role="admin")
    actions.end_assignment(assignment_id=held.id, by=HOUSE, now=NOON)


def test_the_list_sorts_by_pinyin_filters_and_costs_the_same_for_any_length(
    house: House, django_assert_num_queries: Any
) -> None:
    client = house.client("admin")
    names = [row["name"] for row in client.get("/api/org/staff").json()["items"]]
    assert names == [
        "陈店长",
        "钱会计",
        "孙运营",
        "吴师傅",
        "系统管理员",
        "小李",
        "张师傅",
        "赵店长",
        "周经理",
    ]

    def listed(**filters: Any) -> list[str]:
        return [row["name"] for row in client.get("/api/org/staff", filters).json()["items"]]

    assert listed(unit_id=house.units["HZ"]) == ["陈店长", "小李", "张师傅", "赵店长", "周经理"]
    assert listed(q="店长") == ["陈店长", "赵店长"]
    assert listed(q="0003") == listed(q="13907110003") == ["张师傅"]
    assert listed(role_id=role_id("field_worker")) == ["吴师傅", "张师傅"]
    assert listed(skill="高空作业") == ["张师傅"]

    def queries_for(limit: int) -> int:
        with django_assert_num_queries(5) as counted:  # session, who, count, rows, what they hold
            client.get("/api/org/staff", {"limit": limit})
        return len(counted)

    assert queries_for(2) == queries_for(9) == 5


def test_the_list_is_exported_with_phones_masked(house: House) -> None:
    content = b"".join(
        house.client("admin").get("/api/org/staff/export", {"format": "csv"}).streaming_content
    )
    text = content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("姓名,工号,所属单元,岗位,角色")
    assert "139****0003" in text
    assert "13907110003" not in text


def test_a_sister_stores_manager_changes_nobody_here(house: House) -> None:
    zhao, zhang = house.client("zhao"), house.staff["zhang"]
    assert zhao.get(f"/api/org/staff/{zhang}").status_code == 404
    assert zhao.send("PATCH", f"/api/org/staff/{zhang}", {"name": "改名"}).status_code == 404
    assert zhao.send("POST", f"/api/org/staff/{zhang}/password").status_code == 404
    move = {"unit_id": house.units["WHGG"]}
    assert zhao.send("PATCH", f"/api/org/staff/{house.staff['zhao']}", move).status_code == 403


def test_one_account_belongs_to_one_person(house: House) -> None:
    with pytest.raises((ExternalLoginTaken, WecomUserTaken)):
        org.person("冒名", unit_id=house.units["WHGG"], wecom_userid="xiaoli")


def test_nothing_is_held_before_or_after_its_time(house: House) -> None:
    actions.assign(
        staff_id=house.staff["wu"],
        unit_id=house.units["WHGG"],
        role_id=role_id("agent"),
        valid_from=EARLY,
        valid_to=EARLY.replace(year=2021),
        by=HOUSE,
        now=EARLY,
    )
    assert [card.name for card in queries.staff_with(role="agent", unit_id=house.units["WHGG"])] == ["小李"]


def test_nobody_takes_over_the_login_of_somebody_higher(house: House) -> None:
    org.assign(
        house.staff["chen"], unit_id=house.units["HQ"], role="admin"
    )  # an administrator at home in a store
    org.person("副店长", unit_id=house.units["WHGG"], role="store_manager", username="deputy")
    deputy = org.actor_of(Staff.objects.get(name="副店长").pk)
    chen = house.staff["chen"]

    with pytest.raises(HigherThanYou):
        actions.reset_password(staff_id=chen, by=deputy, now=NOON)
    with pytest.raises(HigherThanYou):
        actions.change_staff(
            staff_id=chen, change=actions.StaffChange(wecom_userid="deputy"), by=deputy, now=NOON
        )
    with pytest.raises(HigherThanYou):
        actions.archive_staff(staff_id=chen, by=deputy, now=NOON)
    assert actions.reset_password(staff_id=house.staff["xiaoli"], by=deputy, now=NOON).username == "xiaoli"


def test_an_assignment_does_not_end_before_it_begins(house: House) -> None:
    with pytest.raises(AssignmentBackwards):
        actions.assign(
            staff_id=house.staff["wu"],
            unit_id=house.units["SHXH"],
            role_id=role_id("agent"),
            valid_to=EARLY,
            by=HOUSE,
            now=NOON,
        )
