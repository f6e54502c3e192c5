"""HTTP of commerce."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from django.http import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.commerce import actions, queries
from shuniu.commerce.contracts import (
    SHOP_ORDER_STATUS_TEXTS,
    ItemKind,
    ProductRow,
    ShopOrderDetail,
    ShopOrderFilter,
    ShopOrderRow,
    ShopOrderStatus,
)
from shuniu.commerce.permissions import (
    MANAGE_PARTS,
    MANAGE_PRODUCTS,
    READ_ORDERS,
    READ_PARTS,
    READ_PRODUCTS,
)
from shuniu.customers.queries import detail as customer_detail
from shuniu.foundation.http import Column, Page, PageParams, Request, Routes, export_response
from shuniu.foundation.text import Text

router = Routes(tag="commerce")


class ShopOrderFilters(BaseModel):
    """Filters of the order list, as query parameters."""

    text: str = Field(default="", max_length=80)
    status: ShopOrderStatus | None = None
    unit_id: int | None = None
    customer_id: int | None = None
    placed_from: datetime | None = None
    placed_until: datetime | None = None

    def to_contract(self) -> ShopOrderFilter:
        return ShopOrderFilter(**self.model_dump())


class ProductFilters(BaseModel):
    text: str = Field(default="", max_length=80)
    category: str = Field(default="", max_length=40)


class SaveProduct(BaseModel):
    code: str = Field(max_length=40)
    name: str = Field(min_length=1, max_length=120)
    price: Decimal = Field(ge=0, max_digits=14, decimal_places=2)
    category: str = Field(default="", max_length=40)
    measure: str = Field(default="", max_length=10)

    def to_action(self) -> actions.NewProduct:
        return actions.NewProduct(**self.model_dump())


ITEM_COLUMNS: list[Column[ProductRow]] = [
    Column(Text("编码", "Code"), lambda row: row.code),
    Column(Text("名称", "Name"), lambda row: row.name),
    Column(Text("分类", "Category"), lambda row: row.category),
    Column(Text("单价", "Price"), lambda row: row.price),
    Column(Text("计量单位", "Unit"), lambda row: row.measure),
]


@router.get("/products", permission=READ_PRODUCTS, response=Page[ProductRow])
def list_products(
    request: Request,
    filters: Query[ProductFilters],
    page: Query[PageParams],
) -> Page[ProductRow]:
    return queries.product_page(text=filters.text, category=filters.category, page=page)


@router.get("/products/export", permission=READ_PRODUCTS)
def export_products(
    request: Request, filters: Query[ProductFilters], format: Literal["xlsx", "csv"] = "xlsx"
) -> HttpResponseBase:
    rows = queries.products_matching(text=filters.text, category=filters.category)
    name = Text("商品", "Products").pick(request.locale)
    return export_response(name, columns=ITEM_COLUMNS, rows=rows, format=format, locale=request.locale)


@router.get("/products/categories", permission=READ_PRODUCTS, response=list[str])
def list_product_categories(request: Request) -> list[str]:
    return queries.categories(kind=ItemKind.GOODS)


@router.post("/products", permission=MANAGE_PRODUCTS, response=ProductRow)
def create_product(request: Request, body: SaveProduct) -> ProductRow:
    return actions.save_product(product=body.to_action(), by=request.actor, now=request.now)


@router.put("/products/{product_id}", permission=MANAGE_PRODUCTS, response=ProductRow)
def change_product(request: Request, product_id: int, body: SaveProduct) -> ProductRow:
    return actions.save_product(
        product=body.to_action(), product_id=product_id, by=request.actor, now=request.now
    )


@router.delete("/products/{product_id}", permission=MANAGE_PRODUCTS)
def archive_product(request: Request, product_id: int) -> None:
    actions.archive_product(product_id=product_id, by=request.actor, now=request.now)


@router.get("/spare-parts", permission=READ_PARTS, response=Page[ProductRow])
def list_parts(request: Request, filters: Query[ProductFilters], page: Query[PageParams]) -> Page[ProductRow]:
    return queries.product_page(
        text=filters.text, category=filters.category, page=page, kind=ItemKind.SPARE_PART
    )


@router.get("/spare-parts/export", permission=READ_PARTS)
def export_parts(
    request: Request, filters: Query[ProductFilters], format: Literal["xlsx", "csv"] = "xlsx"
) -> HttpResponseBase:
    rows = queries.products_matching(text=filters.text, category=filters.category, kind=ItemKind.SPARE_PART)
    name = Text("备件", "Spare parts").pick(request.locale)
    return export_response(name, columns=ITEM_COLUMNS, rows=rows, format=format, locale=request.locale)


@router.get("/spare-parts/categories", permission=READ_PARTS, response=list[str])
def list_part_categories(request: Request) -> list[str]:
    return queries.categories(kind=ItemKind.SPARE_PART)


@router.post("/spare-parts", permission=MANAGE_PARTS, response=ProductRow)
def create_part(request: Request, body: SaveProduct) -> ProductRow:
    return actions.save_product(
        product=body.to_action(), kind=ItemKind.SPARE_PART, by=request.actor, now=request.now
    )


@router.put("/spare-parts/{part_id}", permission=MANAGE_PARTS, response=ProductRow)
def change_part(request: Request, part_id: int, body: SaveProduct) -> ProductRow:
    return actions.save_product(
        product=body.to_action(),
        product_id=part_id,
        kind=ItemKind.SPARE_PART,
        by=request.actor,
        now=request.now,
    )


@router.delete("/spare-parts/{part_id}", permission=MANAGE_PARTS)
def archive_part(request: Request, part_id: int) -> None:
    actions.archive_product(product_id=part_id, kind=ItemKind.SPARE_PART, by=request.actor, now=request.now)


@router.get("/orders", permission=READ_ORDERS, response=Page[ShopOrderRow])
def list_orders(
    request: Request, filters: Query[ShopOrderFilters], page: Query[PageParams]
) -> Page[ShopOrderRow]:
    return queries.page_of(actor=request.actor, filters=filters.to_contract(), page=page)


@router.get("/orders/export", permission=READ_ORDERS)
def export_orders(
    request: Request, filters: Query[ShopOrderFilters], format: Literal["xlsx", "csv"] = "xlsx"
) -> HttpResponseBase:
    locale = request.locale
    columns: list[Column[ShopOrderRow]] = [
        Column(Text("订单号", "Order no."), lambda row: row.no),
        Column(Text("客户", "Customer"), lambda row: row.customer_name),
        Column(Text("门店", "Store"), lambda row: row.unit_name),
        Column(Text("状态", "Status"), lambda row: SHOP_ORDER_STATUS_TEXTS[row.status].pick(locale)),
        Column(Text("金额", "Total"), lambda row: row.total),
        Column(Text("下单时间", "Placed"), lambda row: row.placed_at),
        Column(Text("付款时间", "Paid"), lambda row: row.paid_at),
    ]
    rows = queries.matching(actor=request.actor, filters=filters.to_contract())
    return export_response(
        Text("订单", "Orders").pick(locale), columns=columns, rows=rows, format=format, locale=locale
    )


@router.get("/orders/{order_id}", permission=READ_ORDERS, response=ShopOrderDetail)
def show_order(request: Request, order_id: int) -> ShopOrderDetail:
    return queries.order(actor=request.actor, order_id=order_id)


@router.get("/customers/{customer_id}/orders", permission=READ_ORDERS, response=list[ShopOrderRow])
def orders_of_customer(request: Request, customer_id: int) -> list[ShopOrderRow]:
    """Purchases of one customer, wherever they were made: who may see the customer may see what they bought."""
    customer = customer_detail(actor=request.actor, customer_id=customer_id)
    return queries.orders_of(customer.id)
