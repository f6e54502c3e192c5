"""HTTP of work orders: the list and one order, kinds, a field worker's own, the customer's page."""

from shuniu.work_orders.api import customer, kinds, mine, orders
from shuniu.work_orders.api.door import router

__all__ = ["customer", "kinds", "mine", "orders", "router"]
