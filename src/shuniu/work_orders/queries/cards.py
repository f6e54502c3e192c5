"""Cards: what references to orders show."""

from collections.abc import Iterable

from shuniu.foundation.text import Text
from shuniu.work_orders.contracts import OrderCard, OrderNotFound, OrderStatus, Priority
from shuniu.work_orders.models import WorkOrder


def card_of(order: WorkOrder) -> OrderCard:
    """The card of a row already read, with its kind."""
    return OrderCard(
        id=order.pk,
        no=order.no,
        title=order.title,
        kind_key=order.kind.key,
        kind_name=Text(zh=order.kind.name_zh, en=order.kind.name_en),
        customer_id=order.customer_id,
        unit_id=order.unit_id,
        priority=Priority(order.priority),
        status=OrderStatus(order.status),
        worker_id=order.worker_id,
        run_id=order.run_id,
        city=order.city,
        floor=order.floor,
        opened_at=order.opened_at,
        completed_at=order.completed_at,
        confirmed_at=order.confirmed_at,
        closed_at=order.closed_at,
        rating=order.rating,
        facts=order.facts,
    )


def cards(ids: Iterable[int]) -> dict[int, OrderCard]:
    """Cards by id, unknown ids left out. Unscoped: who holds a reference has been let in by its owner."""
    return {
        order.pk: card_of(order) for order in WorkOrder.objects.filter(pk__in=set(ids)).select_related("kind")
    }


def card(order_id: int) -> OrderCard:
    """One card; OrderNotFound when there is none."""
    found = cards([order_id])
    if order_id not in found:
        raise OrderNotFound()
    return found[order_id]
