"""What other domains know of products and orders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from shuniu.foundation.errors import Conflict, Invalid, NotFound
from shuniu.foundation.text import Text


class ItemKind(StrEnum):
    """What an item of the catalogue is for. Both are items of one catalogue, so that one stock can count them."""

    GOODS = "goods"
    SPARE_PART = "spare_part"


class ShopOrderStatus(StrEnum):
    """Where an order stands. Only closed and refunded ones do not count as spending."""

    PLACED = "placed"
    PAID = "paid"
    SHIPPED = "shipped"
    DONE = "done"
    CLOSED = "closed"
    REFUNDED = "refunded"


SHOP_ORDER_STATUS_TEXTS: Mapping[ShopOrderStatus, Text] = {
    ShopOrderStatus.PLACED: Text(zh="待付款", en="Awaiting payment"),
    ShopOrderStatus.PAID: Text(zh="已付款", en="Paid"),
    ShopOrderStatus.SHIPPED: Text(zh="已发货", en="Shipped"),
    ShopOrderStatus.DONE: Text(zh="已完成", en="Completed"),
    ShopOrderStatus.CLOSED: Text(zh="已关闭", en="Closed"),
    ShopOrderStatus.REFUNDED: Text(zh="已退款", en="Refunded"),
}

# Payment is certain in these; the others never were paid or were paid back.
SPENDING = (ShopOrderStatus.PAID, ShopOrderStatus.SHIPPED, ShopOrderStatus.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRow:
    """A product or spare part. `price` is the list price of one `measure` in yuan."""

    id: int
    code: str
    name: str
    price: Decimal
    category: str
    measure: str
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopOrderLine:
    """One line of an order; `amount` is what was charged for it in yuan."""

    name: str
    quantity: Decimal
    price: Decimal
    amount: Decimal
    product_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopOrderRow:
    """An order in a list."""

    id: int
    no: str
    customer_id: int
    customer_name: str
    unit_id: int
    unit_name: str
    placed_at: datetime
    paid_at: datetime | None
    status: ShopOrderStatus
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopOrderDetail:
    """An order with its lines."""

    order: ShopOrderRow
    lines: tuple[ShopOrderLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopOrderFilter:
    """Which orders a list shows; empty fields do not filter. `text` finds order numbers and customer names."""

    text: str = ""
    status: ShopOrderStatus | None = None
    unit_id: int | None = None
    customer_id: int | None = None
    placed_from: datetime | None = None
    placed_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRefundRow:
    """Money given back for an order."""

    id: int
    shop_order_id: int
    amount: Decimal
    at: datetime


class OrderNotFound(NotFound):
    code = "commerce.order_not_found"
    zh = "没有这张订单，或您无权查看"
    en = "There is no such order, or you may not see it."


class NotRefundable(Conflict):
    code = "commerce.not_refundable"
    zh = "订单未付款，或退款超过可退金额"
    en = "The order was never paid, or the refund exceeds what is left of it."


class ProductNotFound(NotFound):
    code = "commerce.product_not_found"
    zh = "没有这个商品或备件"
    en = "There is no such product or spare part."


class ProductCodeTaken(Conflict):
    code = "commerce.product_code_taken"
    zh = "编码 {product_code} 已被其他商品或备件使用"
    en = "Code {product_code} is already in use by a product or spare part."


class ProductCodeMissing(Invalid):
    code = "commerce.product_code_missing"
    zh = "请填写编码"
    en = "Enter a code."


class PriceNegative(Invalid):
    code = "commerce.price_negative"
    zh = "价格不能为负数"
    en = "A price cannot be negative."
