"""Customers and their past orders from spreadsheets."""

from typing import Any

from tests.factories import channels as factory
from tests.factories.channels import NOON, Enterprise
from tests.factories.customers import HOUSE, agent, customer

from shuniu.commerce.importers import SHOP_ORDERS
from shuniu.commerce.models import ShopOrder
from shuniu.customers import queries
from shuniu.customers.contracts import CustomerFilter
from shuniu.customers.importers import CUSTOMERS
from shuniu.foundation.http import PageParams
from shuniu.foundation.imports import Importer, ImportRow


def parsed(importer: Importer, number: int, **cells: str) -> ImportRow:
    columns = {column.key: column for column in importer.columns}
    return ImportRow(number, {key: columns[key].parse(cell) for key, cell in cells.items()})


def faults(importer: Importer, rows: list[ImportRow], by: Any = HOUSE) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in importer.check(rows, by)]


def test_customers_are_checked_as_a_whole_and_loaded(enterprise: Enterprise) -> None:
    customer(enterprise.store, "老客户", phone="13907110001")
    rows = [
        parsed(CUSTOMERS, 2, name="王女士", unit="武汉光谷店", phone="139 0711 0001"),
        parsed(CUSTOMERS, 3, name="李先生", unit="没有的店"),
        parsed(CUSTOMERS, 4, name="赵先生", unit="武汉光谷店", phone="13907110004"),
        parsed(CUSTOMERS, 5, name="钱先生", unit="武汉光谷店", phone="+86 13907110004"),
        parsed(CUSTOMERS, 6, name="孙女士", unit="武汉光谷店", tags="VIP、新房装修", stage="活跃"),
    ]
    assert faults(CUSTOMERS, rows) == [(3, "unit"), (2, "phone"), (4, "phone"), (5, "phone")]

    assert CUSTOMERS.apply([rows[4]], HOUSE, NOON) == 1
    page = queries.page_of(actor=HOUSE, filters=CustomerFilter(tag="VIP"), page=PageParams())
    assert [(row.name, row.stage, row.source) for row in page.items] == [("孙女士", "active", "file")]


def test_nobody_imports_for_a_sister_store(enterprise: Enterprise) -> None:
    factory.unit("武汉江汉店", parent=enterprise.hq)
    xiaoli = agent(enterprise.xiaoli, enterprise.store, permissions=("customer.import",))
    rows = [
        parsed(CUSTOMERS, 2, name="王女士", unit="武汉江汉店"),
        parsed(CUSTOMERS, 3, name="李先生", unit="武汉光谷店"),
    ]

    assert faults(CUSTOMERS, rows, xiaoli) == [(2, "unit")]


def test_orders_find_their_customer_by_phone(enterprise: Enterprise) -> None:
    known = customer(enterprise.store, phone="13907110001")
    cells = {
        "unit": "武汉光谷店",
        "placed_at": "2026-08-01 10:30",
        "status": "已完成",
        "item": "空调",
        "amount": "¥2,899.00",
    }
    rows = [
        parsed(SHOP_ORDERS, 2, no="A1", phone="13907110001", **cells),
        parsed(SHOP_ORDERS, 3, no="A2", phone="13900000000", **cells),
    ]
    assert faults(SHOP_ORDERS, rows) == [(3, "phone")]

    assert SHOP_ORDERS.apply(rows[:1], HOUSE, NOON) == 1
    order = ShopOrder.objects.get()
    assert (order.no, order.customer_id, str(order.total), order.status) == (
        "A1",
        known.id,
        "2899.00",
        "done",
    )
