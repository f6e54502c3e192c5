"""Lists, their scope, and what they cost."""

from typing import Any

import pytest
from django.db import connection
from tests.factories import channels as factory
from tests.factories.channels import NOON, Enterprise
from tests.factories.customers import HOUSE, agent, customer

from shuniu.customers import actions, queries
from shuniu.customers.contracts import CustomerFilter, CustomerNotFound, NoPhone, Stage
from shuniu.foundation.errors import Forbidden
from shuniu.foundation.http import PageParams


def names(actor: Any, **filters: Any) -> list[str]:
    page = queries.page_of(actor=actor, filters=CustomerFilter(**filters), page=PageParams(sort="name"))
    return [row.name for row in page.items]


def test_everybody_sees_their_own_units_customers_and_no_others(enterprise: Enterprise) -> None:
    other = factory.unit("武汉江汉店", parent=enterprise.hq)
    chen = factory.staff("陈店长", other)
    customer(enterprise.store, "王女士")
    theirs = customer(other, "李先生")
    xiaoli = agent(enterprise.xiaoli, enterprise.store, permissions=("customer.read", "customer.see_phone"))

    assert names(xiaoli) == ["王女士"]
    assert names(agent(chen, enterprise.hq, scope="subtree")) == ["李先生", "王女士"]
    assert queries.visible_ids(actor=xiaoli, ids=[theirs.id]) == set()
    for read in (
        lambda: queries.detail(actor=xiaoli, customer_id=theirs.id),
        lambda: actions.phone(customer_id=theirs.id, by=xiaoli, now=NOON),
    ):
        with pytest.raises(CustomerNotFound):
            read()


def test_own_scope_means_the_customers_one_holds(enterprise: Enterprise) -> None:
    customer(enterprise.store, "王女士", owner=enterprise.xiaoli)
    customer(enterprise.store, "李先生")

    assert names(agent(enterprise.xiaoli, enterprise.store, scope="own")) == ["王女士"]


def test_filters_narrow_by_phone_name_tag_city_unit_and_stage(enterprise: Enterprise) -> None:
    customer(enterprise.store, "王女士", phone="13907110001", tags=("高层住户", "VIP"))
    customer(enterprise.hq, "李先生", phone="13907110002", city="宜昌")

    assert names(HOUSE, text="139 0711 0001") == ["王女士"]
    assert names(HOUSE, text="0002") == ["李先生"]
    assert names(HOUSE, text="女士") == ["王女士"]
    assert names(HOUSE, tag="VIP") == ["王女士"]
    assert names(HOUSE, city="宜昌") == ["李先生"]
    assert names(HOUSE, unit_id=enterprise.store.pk) == ["王女士"]
    assert names(HOUSE, unit_id=enterprise.hq.pk) == ["李先生", "王女士"]
    assert names(HOUSE, stage=Stage.ACTIVE) == []
    assert queries.tags_in_use(actor=HOUSE) == ["VIP", "高层住户"]


def test_a_page_costs_the_same_for_one_customer_and_for_fifty(
    enterprise: Enterprise, django_assert_num_queries: Any
) -> None:
    for number in range(50):
        customer(enterprise.store, f"客户{number}", owner=enterprise.xiaoli)

    with django_assert_num_queries(2):
        page = queries.page_of(actor=HOUSE, filters=CustomerFilter(), page=PageParams(limit=50))
    assert (len(page.items), page.total) == (50, 50)
    assert {(row.unit_name, row.owner_name) for row in page.items} == {("武汉光谷店", "小李")}


def test_a_phone_is_shown_in_clear_only_with_the_right_and_leaves_a_trace(enterprise: Enterprise) -> None:
    card = customer(enterprise.store, phone="13907110001")
    bare = customer(enterprise.store, "无号码")
    reader = agent(enterprise.xiaoli, enterprise.store)
    trusted = agent(enterprise.xiaoli, enterprise.store, permissions=("customer.read", "customer.see_phone"))

    with pytest.raises(Forbidden):
        actions.phone(customer_id=card.id, by=reader, now=NOON)
    assert actions.phone(customer_id=card.id, by=trusted, now=NOON) == "13907110001"
    with pytest.raises(NoPhone):
        actions.phone(customer_id=bare.id, by=trusted, now=NOON)

    from_audit = _audited("customer.phone_unmasked")
    assert from_audit == [(trusted.key, card.id, True)]


def _audited(action: str) -> list[tuple[str, int, bool]]:
    with connection.cursor() as cursor:
        cursor.execute("select by, subject_id, sensitive from audit_entry where action = %s", [action])
        return [tuple(row) for row in cursor.fetchall()]
