"""An order is offered to a field worker: by the house, or by the store's own choice."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from shuniu.flows import actions as flows
from shuniu.flows import queries as runs
from shuniu.flows.contracts import RunView
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.text import Text
from shuniu.org import actions as org_actions
from shuniu.org import queries as org
from shuniu.work_orders.actions.marking import locked, settle_offer
from shuniu.work_orders.contracts import (
    Candidate,
    NotAFieldWorker,
    NotDispatchable,
    OfferOutcome,
)
from shuniu.work_orders.dispatching import weigh
from shuniu.work_orders.events import ref, tell
from shuniu.work_orders.models import WorkOrder, WorkOrderOffer
from shuniu.work_orders.permissions import DISPATCH
from shuniu.work_orders.queries.scope import require_order

WORKER = "工单.师傅"
KEPT_CANDIDATES_MAX = 50
# node → the outcome with which the store's choice leaves it
BY_HAND: Mapping[str, str] = {"dispatch": "found", "by_hand": "chosen", "accept": "withdrawn"}

_OUT: Mapping[str, Text] = {
    OfferOutcome.DECLINED: Text(zh="已拒绝此单", en="Declined this order"),
    OfferOutcome.NO_ANSWER: Text(zh="超时未接此单", en="Did not answer in time"),
    OfferOutcome.WITHDRAWN: Text(zh="已被改派", en="Was replaced"),
    OfferOutcome.ACCEPTED: Text(zh="接过此单", en="Had accepted it before"),
}


def offer_next(*, order_id: int, by: Actor, now: datetime) -> dict[str, Any]:
    """Offer the order to the best candidate who was not asked yet: the answer to the flow's dispatch step.

    The order's run is locked by the caller.
    """
    order = locked(order_id=order_id)
    settle_offer(order=order, outcome=_left(order, now), by=by, now=now)
    candidates = weigh(order, already=_already(order), now=now)
    best = next((candidate for candidate in candidates if candidate.rank == 1), None)
    if best is None:
        return {"outcome": "nobody"}
    _offer(order, best.staff_id, candidates, by_hand=False, by=by, now=now)
    return {"outcome": "found", "facts": {WORKER: best.staff_id}}


@transaction.atomic
def dispatch_by_hand(*, order_id: int, staff_id: int, by: Actor, now: datetime, key: str) -> None:
    """The store chooses who is offered the order, while it is being dispatched or offered."""
    require_order(order_id=order_id, actor=by, permission=DISPATCH)
    if staff_id not in {worker.id for worker in org.field_workers()}:
        raise NotAFieldWorker(field="staff_id")
    run = runs.run_of(ref(order_id), now=now)
    node = _open_node(run)
    moved = flows.answer_step(
        run_id=run.id if run else 0,
        node=node,
        outcome=BY_HAND[node],
        facts={WORKER: staff_id},
        by=by,
        now=now,
        key=key,
        for_house=True,
    )
    if moved.replayed:
        return
    order = locked(order_id=order_id)
    settle_offer(order=order, outcome=OfferOutcome.WITHDRAWN, by=by, now=now)
    candidates = weigh(order, already=_already(order), now=now)
    _offer(order, staff_id, candidates, by_hand=True, by=by, now=now)
    audit.record(
        by=by,
        now=now,
        action="work_order.dispatch",
        subject=ref(order_id),
        unit_id=order.unit_id,
        after={"staff_id": staff_id},
    )


def candidates_for(*, order_id: int, actor: Actor, now: datetime) -> list[Candidate]:
    """Everyone in the order's city with the figures of now, for choosing by hand."""
    order = require_order(order_id=order_id, actor=actor, permission=DISPATCH)
    return weigh(order, already=_already(order), now=now)


def _open_node(run: RunView | None) -> str:
    for node in BY_HAND:
        if run is not None and run.open_at(node) is not None:
            return node
    raise NotDispatchable()


def _offer(
    order: WorkOrder,
    staff_id: int,
    candidates: Sequence[Candidate],
    *,
    by_hand: bool,
    by: Actor,
    now: datetime,
) -> None:
    offer = WorkOrderOffer.objects.create(
        order=order,
        staff_id=staff_id,
        by_hand=by_hand,
        offered_at=now,
        candidates=[_kept(candidate) for candidate in candidates[:KEPT_CANDIDATES_MAX]],
    )
    subject = ref(order.pk)
    org_actions.take_part(subject=subject, staff_ids=[staff_id], why="offered", by=by, now=now)
    data = {"offer_id": offer.pk, "worker_id": staff_id, "staff_ids": [staff_id]}
    tell("offered", order, by=by, now=now, data=data)
    text = Text(
        zh=f"新派单：{order.title}（{order.city}{order.address}）",
        en=f"New offer: {order.title} ({order.city} {order.address})",
    )
    org_actions.notify(
        staff_ids=[staff_id], kind="work_order.offer", text=text, subject=subject, by=by, now=now, urgent=True
    )


def _left(order: WorkOrder, now: datetime) -> OfferOutcome:
    """How the last offer ended, as its step was left."""
    run = runs.run_of(ref(order.pk), now=now)
    last = next((step for step in reversed(run.steps if run else ()) if step.node == "accept"), None)
    return (
        OfferOutcome.DECLINED if last is not None and last.outcome == "declined" else OfferOutcome.NO_ANSWER
    )


def _already(order: WorkOrder) -> dict[int, Text]:
    rows = WorkOrderOffer.objects.filter(order=order, outcome__isnull=False).order_by("id")
    return {
        staff_id: _OUT[outcome] for staff_id, outcome in rows.values_list("staff_id", "outcome") if outcome
    }


def _kept(candidate: Candidate) -> dict[str, Any]:
    row = asdict(candidate)
    last = candidate.last_offered_at
    return row | {"last_offered_at": last.isoformat() if last else None}
