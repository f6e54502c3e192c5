"""What the flow's steps mean for the order: its columns, its events. Each mark is made once, however often it is asked.

People's own actions make the mark in their transaction; the flow's effects make it for limits that passed by themselves
and find it made otherwise.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from shuniu.flows import queries as flows
from shuniu.foundation.access import Actor
from shuniu.org import actions as org_actions
from shuniu.work_orders.contracts import OfferOutcome, OrderNotFound, OrderStatus
from shuniu.work_orders.events import ref, tell
from shuniu.work_orders.models import WorkOrder, WorkOrderOffer

Mark = Literal["accepted", "completed", "confirmed", "auto_confirmed", "rated", "closed"]


def locked(*, order_id: int) -> WorkOrder:
    """The order's row under its lock. Runs are locked before orders, everywhere."""
    order = WorkOrder.objects.select_for_update(no_key=True, of=("self",)).filter(pk=order_id).first()
    if order is None:
        raise OrderNotFound()
    return order


def mark(*, order_id: int, what: Mark, by: Actor, now: datetime) -> None:
    """Make the mark unless it stands already."""
    _MARKS[what](locked(order_id=order_id), by, now)


def settle_offer(
    *, order: WorkOrder, outcome: OfferOutcome, by: Actor, now: datetime, reason: str = ""
) -> WorkOrderOffer | None:
    """Close the order's open offer; None when none is open."""
    offer = WorkOrderOffer.objects.filter(order=order, outcome__isnull=True).first()
    if offer is None:
        return None
    offer.outcome, offer.answered_at, offer.reason = outcome, now, reason[:500]
    offer.save(update_fields=["outcome", "answered_at", "reason"])
    if outcome is not OfferOutcome.ACCEPTED:
        # Who does not come has no business with the customer's name and address any more.
        for why in ("offered", "asked"):
            org_actions.leave_part(subject=ref(order.pk), staff_ids=[offer.staff_id], why=why, by=by, now=now)
        data = {
            "offer_id": offer.pk,
            "worker_id": offer.staff_id,
            "outcome": outcome.value,
            "staff_ids": [offer.staff_id],
        }
        tell("declined", order, by=by, now=now, data=data)
    return offer


def _accepted(order: WorkOrder, by: Actor, now: datetime) -> None:
    offer = settle_offer(order=order, outcome=OfferOutcome.ACCEPTED, by=by, now=now)
    if offer is None:
        return
    order.worker_id, order.accepted_at = offer.staff_id, now
    order.save(update_fields=["worker", "accepted_at"])
    org_actions.take_part(subject=ref(order.pk), staff_ids=[offer.staff_id], why="worker", by=by, now=now)
    tell(
        "accepted",
        order,
        by=by,
        now=now,
        data={"offer_id": offer.pk, "worker_id": offer.staff_id, "staff_ids": [offer.staff_id]},
    )


def _completed(order: WorkOrder, by: Actor, now: datetime) -> None:
    if order.completed_at is not None:
        return
    order.completed_at, order.status = now, OrderStatus.DONE
    order.save(update_fields=["completed_at", "status"])
    tell("completed", order, by=by, now=now, data=_people(order))


def _confirmed(order: WorkOrder, by: Actor, now: datetime) -> None:
    _confirm(order, "customer", by, now)


def _auto_confirmed(order: WorkOrder, by: Actor, now: datetime) -> None:
    _confirm(order, "timeout", by, now)


def _confirm(order: WorkOrder, how: str, by: Actor, now: datetime) -> None:
    if order.confirmed_at is not None:
        return
    order.confirmed_at, order.confirmed_how = now, how
    order.save(update_fields=["confirmed_at", "confirmed_how"])
    tell("confirmed", order, by=by, now=now, data=_people(order) | {"how": how})


def _rated(order: WorkOrder, by: Actor, now: datetime) -> None:
    run = flows.run_of(ref(order.pk), now=now)
    survey = next((s for s in reversed(run.steps if run else ()) if s.kind == "survey" and s.answers), None)
    if survey is not None:
        rate(order=order, answers=survey.answers, by=by, now=now)


def rate(*, order: WorkOrder, answers: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Keep the customer's rating with the order, once."""
    if order.rating is not None or answers.get("rating") is None:
        return
    order.rating, order.solved = answers["rating"], answers.get("solved")
    order.rating_comment, order.rated_at = str(answers.get("comment") or "")[:500], now
    order.save(update_fields=["rating", "solved", "rating_comment", "rated_at"])
    data = _people(order) | {"rating": order.rating}
    if order.solved is not None:
        data["solved"] = order.solved
    tell("rated", order, by=by, now=now, data=data)


def _closed(order: WorkOrder, by: Actor, now: datetime) -> None:
    if order.closed_at is not None:
        return
    order.closed_at, order.status = now, OrderStatus.CLOSED
    order.save(update_fields=["closed_at", "status"])
    tell("closed", order, by=by, now=now, data=_people(order))


def _people(order: WorkOrder) -> dict[str, Any]:
    return (
        {"worker_id": order.worker_id, "staff_ids": [order.worker_id]} if order.worker_id is not None else {}
    )


_MARKS: Mapping[Mark, Callable[[WorkOrder, Actor, datetime], None]] = {
    "accepted": _accepted,
    "completed": _completed,
    "confirmed": _confirmed,
    "auto_confirmed": _auto_confirmed,
    "rated": _rated,
    "closed": _closed,
}
