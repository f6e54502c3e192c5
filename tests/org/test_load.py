"""A whole organisation at once, and the first administrator of an empty one."""

import pytest
from tests.factories import org
from tests.factories.org import EARLY, HOUSE, NOON, PASSWORD, STAFF, UNITS, House

from shuniu.foundation.access import system
from shuniu.foundation.clock import now
from shuniu.foundation.identity.actions import sign_in, sign_in_external
from shuniu.org import actions, queries
from shuniu.org.actions import NewStaff
from shuniu.org.contracts import UnitHasUnits
from shuniu.org.models import Unit


def test_what_is_loaded_works_like_what_was_made_one_by_one(house: House) -> None:
    made = org.unit("CDGX", parent_id=house.units["HD"])
    assert queries.unit(made.id).region_name == "华东大区"
    assert Unit.objects.find_problems() == ([], [], [], [], [])
    assert sign_in_external(provider="wecom", subject="xiaoli", now=NOON).username == "xiaoli"


def test_everybody_signs_in_with_the_one_password(db: None) -> None:
    org.house(password=PASSWORD)
    for login in ("admin", "zhang"):
        assert sign_in(username=login, password=PASSWORD, address="::1", now=NOON).username == login


def test_who_has_a_wecom_account_has_a_login(db: None) -> None:
    actions.ensure_shipped(zone="Asia/Shanghai", by=HOUSE, now=EARLY)
    people = [NewStaff(number="1", name="无名", unit="HQ", wecom_userid="WuMing")]
    actions.load(units=UNITS[:1], staff=people, password=None, by=HOUSE, now=EARLY)
    assert sign_in_external(provider="wecom", subject="WuMing", now=NOON).username == "wuming"


def test_a_company_is_loaded_into_an_empty_house_only(house: House) -> None:
    with pytest.raises(UnitHasUnits):
        actions.load(units=UNITS, staff=STAFF, password=None, by=HOUSE, now=EARLY)


def test_the_first_administrator_comes_with_a_one_time_password(db: None) -> None:
    by = system("createadmin")
    actions.ensure_shipped(zone="Asia/Shanghai", by=by, now=now())
    given = actions.create_administrator(
        username="root.admin", name="管理员", enterprise="悦居家电服务", by=by, now=now()
    )
    assert len(given.password.replace("-", "")) == 16
    user = sign_in(username="root.admin", password=given.password, address="::1", now=now())
    assert user.must_change_password
    root = queries.root_unit()
    assert root is not None
    assert root.name == "悦居家电服务"
    [holder] = queries.staff_with(role="admin", unit_id=root.id)
    assert holder.user_id == user.id
