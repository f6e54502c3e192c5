"""A field worker accepts, declines, completes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuniu.flows import actions as flows
from shuniu.flows import queries as runs
from shuniu.foundation.access import Actor
from shuniu.work_orders.actions.marking import locked, mark, settle_offer
from shuniu.work_orders.contracts import NotOnThisOrder, OfferOutcome
from shuniu.work_orders.models import WorkOrder

ACCEPT, VISIT = "accept", "visit"


@transaction.atomic
def accept(*, order_id: int, by: Actor, now: datetime, key: str) -> None:
    """Take the order one was offered. WorkTaken when the offer has ended meanwhile."""
    moved = flows.complete(work_id=_work(order_id, ACCEPT, by), outcome="accepted", by=by, now=now, key=key)
    if not moved.replayed:
        mark(order_id=order_id, what="accepted", by=by, now=now)


@transaction.atomic
def decline(*, order_id: int, reason: str, by: Actor, now: datetime, key: str) -> None:
    """Decline the order one was offered, with a reason; the next candidate is asked."""
    moved = flows.complete(
        work_id=_work(order_id, ACCEPT, by),
        outcome="declined",
        answers={"reason": reason},
        by=by,
        now=now,
        key=key,
    )
    if not moved.replayed:
        settle_offer(
            order=locked(order_id=order_id), outcome=OfferOutcome.DECLINED, reason=reason, by=by, now=now
        )


@transaction.atomic
def complete_visit(*, order_id: int, answers: Mapping[str, Any], by: Actor, now: datetime, key: str) -> None:
    """The work on site is done: photos, location and signature as the form asks."""
    moved = flows.complete(work_id=_work(order_id, VISIT, by), answers=answers, by=by, now=now, key=key)
    if not moved.replayed:
        mark(order_id=order_id, what="completed", by=by, now=now)


def _work(order_id: int, node: str, by: Actor) -> int:
    """The latest work of the actor at the node, open or not: a key used before must find its answer again."""
    run_id = WorkOrder.objects.filter(pk=order_id).values_list("run_id", flat=True).first()
    work_id = runs.work_at(run_id=run_id, node=node, staff_id=by.staff_id) if run_id and by.staff_id else None
    if work_id is None:
        raise NotOnThisOrder()
    return work_id
