"""Reads of customers: scoped to who asks, answered with frozen contracts."""

from shuniu.customers.queries.cards import card, cards, find_by_identity, ids_by_phone
from shuniu.customers.queries.detail import by_identity, detail
from shuniu.customers.queries.listing import matching, page_of, tags_in_use
from shuniu.customers.queries.scope import visible_ids

__all__ = [
    "by_identity",
    "card",
    "cards",
    "detail",
    "find_by_identity",
    "ids_by_phone",
    "matching",
    "page_of",
    "tags_in_use",
    "visible_ids",
]
