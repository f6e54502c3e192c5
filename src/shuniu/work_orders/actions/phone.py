"""Reading an order's contact number in clear."""

from datetime import datetime

from django.db import transaction

from shuniu.foundation import privacy
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import Forbidden
from shuniu.org import queries as org
from shuniu.work_orders.contracts import OrderNotFound, OrderStatus
from shuniu.work_orders.events import ref
from shuniu.work_orders.permissions import READ, SEE_PHONE
from shuniu.work_orders.queries.scope import require_order


@transaction.atomic
def phone(*, order_id: int, by: Actor, now: datetime) -> str:
    """The number in clear: for who may see numbers of the unit, and for the worker of an order that is under way.

    Every call leaves an audit row; that is why a read is an action.
    """
    order = require_order(order_id=order_id, actor=by, permission=READ)
    is_worker = by.staff_id is not None and order.worker_id == by.staff_id
    under_way = order.status in {OrderStatus.OPEN, OrderStatus.DONE}
    if not (is_worker and under_way) and not org.covers(
        actor=by, permission=SEE_PHONE, unit_ids=[order.unit_id]
    ):
        raise Forbidden()
    if order.phone_cipher is None:
        raise OrderNotFound()
    audit.record(
        by=by,
        now=now,
        action="work_order.phone_unmasked",
        subject=ref(order_id),
        unit_id=order.unit_id,
        sensitive=True,
    )
    return privacy.decrypt(bytes(order.phone_cipher))
