"""Orders come in once, count as spending, and are seen where they belong."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.factories import channels as factory
from tests.factories.channels import NOON, Enterprise
from tests.factories.customers import HOUSE, agent, customer

from shuniu.commerce import actions, queries
from shuniu.commerce.contracts import ShopOrderFilter, ShopOrderStatus
from shuniu.foundation.http import PageParams
from shuniu.foundation.hub import read_facts


def order(
    no: str, customer_id: int, unit_id: int, *, days_ago: int, amount: str, status: ShopOrderStatus
) -> actions.NewOrder:
    placed = NOON - timedelta(days=days_ago)
    line = actions.NewLine(
        name="挂机空调 1.5 匹", quantity=Decimal(1), price=Decimal(amount), amount=Decimal(amount)
    )
    return actions.NewOrder(
        no=no,
        customer_id=customer_id,
        unit_id=unit_id,
        placed_at=placed,
        paid_at=None if status is ShopOrderStatus.PLACED else placed,
        status=status,
        lines=(line, line),
    )


def test_orders_are_loaded_once_and_read_newest_first(enterprise: Enterprise) -> None:
    who = customer(enterprise.store).id
    rows = [
        order("A1", who, enterprise.store.pk, days_ago=100, amount="1000.00", status=ShopOrderStatus.DONE),
        order("A2", who, enterprise.store.pk, days_ago=10, amount="2599.50", status=ShopOrderStatus.PAID),
    ]

    assert len(actions.load_orders(rows=rows, by=HOUSE, now=NOON)) == 2
    assert actions.load_orders(rows=rows, by=HOUSE, now=NOON) == []

    found = queries.orders_of(who)
    assert [(row.no, row.total, row.unit_name) for row in found] == [
        ("A2", Decimal("5199.00"), "武汉光谷店"),
        ("A1", Decimal("2000.00"), "武汉光谷店"),
    ]
    detail = queries.order(actor=HOUSE, order_id=found[0].id)
    assert [line.amount for line in detail.lines] == [Decimal("2599.50")] * 2


def test_facts_count_what_was_paid_and_kept(enterprise: Enterprise) -> None:
    who, nobody = customer(enterprise.store).id, customer(enterprise.store, "李先生").id
    unit = enterprise.store.pk
    actions.load_orders(
        rows=[
            order("A1", who, unit, days_ago=91, amount="100.00", status=ShopOrderStatus.DONE),
            order("A2", who, unit, days_ago=89, amount="10.00", status=ShopOrderStatus.DONE),
            order("A3", who, unit, days_ago=1, amount="1.00", status=ShopOrderStatus.PAID),
            order("A4", who, unit, days_ago=1, amount="7000.00", status=ShopOrderStatus.REFUNDED),
            order("A5", who, unit, days_ago=1, amount="7000.00", status=ShopOrderStatus.PLACED),
        ],
        by=HOUSE,
        now=NOON,
    )

    facts = read_facts(["客户.近90天消费", "客户.订单数", "客户.城市"], "customer", [who, nobody], NOON)

    assert facts == {
        who: {"客户.近90天消费": Decimal("22.00"), "客户.订单数": 3, "客户.城市": "武汉"},
        nobody: {"客户.近90天消费": Decimal(0), "客户.订单数": 0, "客户.城市": "武汉"},
    }


def test_a_sister_store_does_not_see_the_orders(
    enterprise: Enterprise, django_assert_num_queries: Any
) -> None:
    other = factory.unit("武汉江汉店", parent=enterprise.hq)
    who = customer(enterprise.store).id
    rows = [
        order(f"A{n}", who, enterprise.store.pk, days_ago=n, amount="1.00", status=ShopOrderStatus.PAID)
        for n in range(30)
    ]
    actions.load_orders(rows=rows, by=HOUSE, now=NOON)
    permissions = ("shop_order.read",)
    theirs = agent(enterprise.xiaoli, enterprise.store, permissions=permissions)
    sister = agent(factory.staff("陈店长", other), other, permissions=permissions)

    with django_assert_num_queries(2):
        page = queries.page_of(actor=theirs, filters=ShopOrderFilter(), page=PageParams(limit=50))
    assert (len(page.items), page.total) == (30, 30)
    assert queries.page_of(actor=sister, filters=ShopOrderFilter(), page=PageParams()).items == []
