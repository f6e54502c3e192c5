"""Reads of work orders: scoped to who asks, answered with frozen contracts."""

from shuniu.work_orders.queries.cards import card, cards
from shuniu.work_orders.queries.detail import detail
from shuniu.work_orders.queries.kinds import kinds
from shuniu.work_orders.queries.listing import counts, matching, page_of
from shuniu.work_orders.queries.mine import mine, tab_counts
from shuniu.work_orders.queries.progress import progress_of
from shuniu.work_orders.queries.scope import visible_ids

__all__ = [
    "card",
    "cards",
    "counts",
    "detail",
    "kinds",
    "matching",
    "mine",
    "page_of",
    "progress_of",
    "tab_counts",
    "visible_ids",
]
