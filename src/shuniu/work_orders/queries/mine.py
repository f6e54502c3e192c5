"""A field worker's own orders on the phone: offers, under way, done."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from shuniu.flows import queries as flows
from shuniu.foundation.access import Actor
from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.work_orders.contracts import OrderStatus
from shuniu.work_orders.models import WorkOrder
from shuniu.work_orders.queries.listing import OrderRow, rows_of


class Tab(StrEnum):
    """`offers`: to be accepted; `doing`: accepted and not done, or waiting for one's work; `done`: completed."""

    OFFERS = "offers"
    DOING = "doing"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class TabCounts:
    """Figures on the tabs, counted up to 100."""

    offers: int
    doing: int


def mine(*, actor: Actor, tab: Tab, page: PageParams, now: datetime) -> Page[OrderRow]:
    """One page of one's own orders, newest first."""
    found = _tab(actor, tab).select_related("kind")
    return paginate(
        found, page, sorts={"id": "id"}, default="-id", to=lambda rows: rows_of(rows, now=now), count=False
    )


def tab_counts(*, actor: Actor) -> TabCounts:
    """How much waits."""
    return TabCounts(
        offers=_tab(actor, Tab.OFFERS).order_by()[:100].count(),
        doing=_tab(actor, Tab.DOING).order_by()[:100].count(),
    )


def _tab(actor: Actor, tab: Tab) -> "QuerySet[WorkOrder]":
    if actor.staff_id is None:
        return WorkOrder.objects.none()
    offered = Q(offers__staff_id=actor.staff_id, offers__outcome__isnull=True)
    if tab is Tab.OFFERS:
        return WorkOrder.objects.filter(offered)
    if tab is Tab.DOING:
        working = Q(worker_id=actor.staff_id, status=OrderStatus.OPEN)
        asked = Q(status=OrderStatus.OPEN) & flows.waiting_for(actor.staff_id)
        return WorkOrder.objects.filter(working | asked).exclude(
            pk__in=WorkOrder.objects.filter(offered).values("pk")
        )
    over = (OrderStatus.DONE, OrderStatus.CLOSED)
    return WorkOrder.objects.filter(worker_id=actor.staff_id, status__in=over)
