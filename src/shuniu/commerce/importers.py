"""Products, spare parts and past orders from spreadsheets."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial

from django.conf import settings

from shuniu.commerce.actions import NewLine, NewOrder, NewProduct, load_orders, load_products
from shuniu.commerce.contracts import SHOP_ORDER_STATUS_TEXTS, SPENDING, ItemKind, ShopOrderStatus
from shuniu.commerce.permissions import IMPORT_ORDERS, MANAGE_PARTS, MANAGE_PRODUCTS
from shuniu.commerce.queries import codes_of_others
from shuniu.core.money import round_money
from shuniu.customers.queries import ids_by_phone
from shuniu.foundation.access import Actor
from shuniu.foundation.imports import (
    Column,
    Importer,
    ImportRow,
    RowProblem,
    as_choice,
    as_decimal,
    as_moment,
    as_phone,
    as_text,
)
from shuniu.foundation.imports.contracts import CellProblem
from shuniu.foundation.text import Text
from shuniu.org import queries as org

_STATUSES = {status.value: text for status, text in SHOP_ORDER_STATUS_TEXTS.items()}
_TWICE = Text("表格中重复", "Appears twice in this file.")
_OTHER_KIND = Text(
    "编码已被另一类商品或备件使用", "The code belongs to an item of another kind (product or part)."
)
_UNKNOWN_UNIT = Text("没有这个编码的门店", "There is no store with this code.")
_NOT_YOURS = Text("您无权在此门店导入", "You may not import for this store.")
_UNKNOWN_CUSTOMER = Text(
    "没有这个手机号的客户，请先导入客户", "No customer has this phone number; import the customers first."
)


def _money(*, above: Decimal) -> Callable[[str], Decimal]:
    def parse(cell: str) -> Decimal:
        amount = as_decimal(cell)
        if amount < above or amount != amount.quantize(Decimal("0.01")):
            raise CellProblem(
                Text("应为不小于 0、最多两位小数的金额", "An amount of at least 0 with two decimals.")
            )
        return amount

    return parse


def _quantity(cell: str) -> Decimal:
    number = as_decimal(cell)
    if number <= 0:
        raise CellProblem(Text("数量应大于 0", "A quantity is larger than 0."))
    return number


def _check_items(rows: Sequence[ImportRow], by: Actor, *, kind: ItemKind) -> list[RowProblem]:
    del by  # the catalogue is one for the whole enterprise
    counted = Counter(row.values["code"] for row in rows)
    others = codes_of_others(counted, kind=kind)
    problems = [RowProblem(row.number, "code", _TWICE) for row in rows if counted[row.values["code"]] > 1]
    taken = [RowProblem(row.number, "code", _OTHER_KIND) for row in rows if row.values["code"] in others]
    return problems + taken


def _apply_items(rows: Sequence[ImportRow], by: Actor, now: datetime, *, kind: ItemKind) -> int:
    load_products(
        rows=[
            NewProduct(
                code=row.values["code"],
                name=row.values["name"],
                price=row.values["price"],
                category=row.values.get("category", ""),
                measure=row.values.get("measure", ""),
            )
            for row in rows
        ],
        by=by,
        now=now,
        kind=kind,
    )
    return len(rows)


def _check_orders(rows: Sequence[ImportRow], by: Actor) -> list[RowProblem]:
    units = org.units_by_code({row.values["unit"] for row in rows})
    allowed = org.covers(actor=by, permission=IMPORT_ORDERS, unit_ids=[unit.id for unit in units.values()])
    customers = ids_by_phone({row.values["phone"] for row in rows})
    counted = Counter(row.values["no"] for row in rows)
    problems = []
    for row in rows:
        unit = units.get(row.values["unit"])
        if unit is None:
            problems.append(RowProblem(row.number, "unit", _UNKNOWN_UNIT))
        elif unit.id not in allowed:
            problems.append(RowProblem(row.number, "unit", _NOT_YOURS))
        if row.values["phone"] not in customers:
            problems.append(RowProblem(row.number, "phone", _UNKNOWN_CUSTOMER))
        if counted[row.values["no"]] > 1:
            problems.append(RowProblem(row.number, "no", _TWICE))
    return problems


def _apply_orders(rows: Sequence[ImportRow], by: Actor, now: datetime) -> int:
    units = org.units_by_code({row.values["unit"] for row in rows})
    customers = ids_by_phone({row.values["phone"] for row in rows})
    load_orders(
        rows=[
            _order(row, customer_id=customers[row.values["phone"]], unit_id=units[row.values["unit"]].id)
            for row in rows
        ],
        by=by,
        now=now,
    )
    return len(rows)


def _order(row: ImportRow, *, customer_id: int, unit_id: int) -> NewOrder:
    values = row.values
    status = ShopOrderStatus(values["status"])
    quantity: Decimal = values.get("quantity", Decimal(1))
    amount: Decimal = values["amount"]
    was_paid = status in {*SPENDING, ShopOrderStatus.REFUNDED}
    return NewOrder(
        no=values["no"],
        customer_id=customer_id,
        unit_id=unit_id,
        placed_at=values["placed_at"],
        paid_at=values["placed_at"] if was_paid else None,
        status=status,
        lines=(
            NewLine(
                name=values["item"],
                quantity=quantity,
                price=round_money(Fraction(amount) / Fraction(quantity)),
                amount=amount,
            ),
        ),
    )


PRODUCTS = Importer(
    key="products",
    text=Text("商品", "Products"),
    permission=MANAGE_PRODUCTS,
    columns=(
        Column("code", Text("编码", "Code"), as_text(longest=40), required=True, example="AC-15"),
        Column("name", Text("名称", "Name"), as_text(longest=120), required=True, example="1.5 匹变频挂机"),
        Column("price", Text("标价", "Price"), _money(above=Decimal(0)), required=True, example="2899.00"),
        Column("category", Text("分类", "Category"), as_text(longest=40), example="空调"),
        Column("measure", Text("计量单位", "Unit"), as_text(longest=10), example="台", aliases=("单位",)),
    ),
    check=partial(_check_items, kind=ItemKind.GOODS),
    apply=partial(_apply_items, kind=ItemKind.GOODS),
)

SPARE_PARTS = Importer(
    key="spare_parts",
    text=Text("备件", "Spare parts"),
    permission=MANAGE_PARTS,
    columns=(
        Column("code", Text("编码", "Code"), as_text(longest=40), required=True, example="PJ-TG-03"),
        Column("name", Text("名称", "Name"), as_text(longest=120), required=True, example="加长铜管 3 米"),
        Column("price", Text("单价", "Price"), _money(above=Decimal(0)), required=True, example="180.00"),
        Column("measure", Text("计量单位", "Unit"), as_text(longest=10), example="根", aliases=("单位",)),
        Column("category", Text("分类", "Category"), as_text(longest=40), example="管路"),
    ),
    check=partial(_check_items, kind=ItemKind.SPARE_PART),
    apply=partial(_apply_items, kind=ItemKind.SPARE_PART),
)

SHOP_ORDERS = Importer(
    key="shop_orders",
    text=Text("订单", "Shop orders"),
    permission=IMPORT_ORDERS,
    columns=(
        Column(
            "no", Text("订单号", "Order no."), as_text(longest=40), required=True, example="SO20260801001"
        ),
        Column(
            "phone",
            Text("客户手机号", "Customer's phone"),
            as_phone,
            required=True,
            example="13907110001",
            aliases=("手机号", "手机"),
        ),
        Column(
            "unit",
            Text("门店编码", "Store code"),
            as_text(longest=32),
            required=True,
            example="WH-GG",
            aliases=("所属门店",),
        ),
        Column(
            "placed_at",
            Text("下单时间", "Placed"),
            as_moment(settings.TIME_ZONE),
            required=True,
            example="2026-08-01 10:30",
        ),
        Column("status", Text("状态", "Status"), as_choice(_STATUSES), required=True, example="已完成"),
        Column("item", Text("商品", "Item"), as_text(longest=120), required=True, example="1.5 匹变频挂机"),
        Column("quantity", Text("数量", "Quantity"), _quantity, example="1"),
        Column("amount", Text("金额", "Amount"), _money(above=Decimal(0)), required=True, example="2899.00"),
    ),
    check=_check_orders,
    apply=_apply_orders,
)

IMPORTERS = (PRODUCTS, SPARE_PARTS, SHOP_ORDERS)
