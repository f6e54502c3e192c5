"""Writes to commerce: one verb, one function, one transaction with its audit row and event."""

from shuniu.commerce.actions.coupons import give_coupon
from shuniu.commerce.actions.orders import NewLine, NewOrder, load_orders
from shuniu.commerce.actions.products import NewProduct, archive_product, load_products, save_product
from shuniu.commerce.actions.refunds import refund_order

__all__ = [
    "NewLine",
    "NewOrder",
    "NewProduct",
    "archive_product",
    "give_coupon",
    "load_orders",
    "load_products",
    "refund_order",
    "save_product",
]
