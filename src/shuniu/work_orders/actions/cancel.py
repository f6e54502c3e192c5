"""An order is called off."""

from datetime import datetime

from django.db import transaction

from shuniu.flows import actions as flows
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import Invalid
from shuniu.work_orders.actions.marking import locked, settle_offer
from shuniu.work_orders.contracts import OfferOutcome, OrderOver, OrderStatus
from shuniu.work_orders.events import ref, tell
from shuniu.work_orders.permissions import CANCEL
from shuniu.work_orders.queries.scope import require_order


@transaction.atomic
def cancel(*, order_id: int, reason: str, by: Actor, now: datetime, key: str) -> None:
    """Call an open order off, with a reason. OrderOver once the work is done."""
    order = require_order(order_id=order_id, actor=by, permission=CANCEL)
    if not reason.strip():
        raise Invalid(field="reason")
    if order.status != OrderStatus.OPEN:
        raise OrderOver()
    if order.run_id is not None:
        flows.cancel(run_id=order.run_id, by=by, now=now, key=key, reason=reason.strip()[:500])
    order = locked(order_id=order_id)
    settle_offer(order=order, outcome=OfferOutcome.WITHDRAWN, by=by, now=now)
    before = order.status
    order.status, order.closed_at = OrderStatus.CANCELLED, now
    order.save(update_fields=["status", "closed_at"])
    audit.record(
        by=by,
        now=now,
        action="work_order.cancel",
        subject=ref(order_id),
        unit_id=order.unit_id,
        before={"status": before},
        after={"status": order.status},
    )
    data = {"staff_ids": [order.worker_id]} if order.worker_id is not None else {}
    tell("cancelled", order, by=by, now=now, data=data)
