"""What the customer does on the progress page. The signed link has been checked; it is the only right they have."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuniu.flows import actions as flows
from shuniu.foundation.access import Actor, customer
from shuniu.work_orders.actions.marking import locked, mark
from shuniu.work_orders.actions.marking import rate as keep_rating
from shuniu.work_orders.contracts import NotYet
from shuniu.work_orders.models import WorkOrder

CONFIRM, SURVEY = "confirm", "survey"


def actor_of(*, order: WorkOrder) -> Actor:
    """The customer behind a link."""
    return customer(order.customer_id or 0, order.contact_name)


@transaction.atomic
def confirm(*, order: WorkOrder, now: datetime, key: str) -> None:
    """The customer confirms that the work is done. Confirming again changes nothing."""
    if order.confirmed_at is not None:
        return
    if order.run_id is None:
        raise NotYet()
    by = actor_of(order=order)
    moved = flows.answer_step(run_id=order.run_id, node=CONFIRM, outcome="confirmed", by=by, now=now, key=key)
    if not moved.replayed:
        mark(order_id=order.pk, what="confirmed", by=by, now=now)


@transaction.atomic
def rate(*, order: WorkOrder, answers: Mapping[str, Any], now: datetime, key: str) -> None:
    """The customer rates, once."""
    if order.run_id is None:
        raise NotYet()
    by = actor_of(order=order)
    moved = flows.answer_step(
        run_id=order.run_id, node=SURVEY, outcome="rated", answers=answers, by=by, now=now, key=key
    )
    if not moved.replayed:
        keep_rating(order=locked(order_id=order.pk), answers=answers, by=by, now=now)
