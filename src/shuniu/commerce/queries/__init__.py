"""Reads of commerce, answered with frozen contracts."""

from shuniu.commerce.queries.orders import (
    matching,
    order,
    orders_by_id,
    orders_of,
    page_of,
    quantities,
    refunds_by_id,
    visible_ids,
)
from shuniu.commerce.queries.products import categories, codes_of_others, product_page, products_matching

__all__ = [
    "categories",
    "codes_of_others",
    "matching",
    "order",
    "orders_by_id",
    "orders_of",
    "page_of",
    "product_page",
    "products_matching",
    "quantities",
    "refunds_by_id",
    "visible_ids",
]
