"""Publishing what happens to an order, always on the order as subject."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref, publish
from shuniu.work_orders.models import WorkOrder

KIND = "work_order"


def ref(order_id: int) -> Ref:
    """An order as a subject."""
    return Ref(KIND, order_id)


def tell(
    name: str, order: WorkOrder, *, by: Actor, now: datetime, data: Mapping[str, Any] | None = None
) -> None:
    """Publish an event of the order, whose row is locked by this transaction."""
    publish(
        name=f"work_order.{name}",
        subject=ref(order.pk),
        unit_id=order.unit_id,
        customer_id=order.customer_id,
        by=by,
        now=now,
        data=data,
    )
