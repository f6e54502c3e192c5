"""Loading past orders in bulk (COPY) with their runs, offers and events."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from shuniu.flows import actions as flows
from shuniu.flows.contracts import PastRun
from shuniu.foundation import search
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import NewEvent, publish_many
from shuniu.foundation.search import SearchDoc
from shuniu.work_orders.contracts import KindUnknown, OrderSource, OrderStatus, PastOrder
from shuniu.work_orders.events import KIND, ref
from shuniu.work_orders.models import WorkOrderKind
from shuniu.work_orders.numbers import next_numbers, readable
from shuniu.work_orders.phones import keep_phone

RESERVE = "select nextval(pg_get_serial_sequence('work_order', 'id')) from generate_series(1, %s)"
ORDER_COLUMNS = (
    "id", "no", "kind_id", "title", "customer_id", "unit_id", "priority", "source", "contact_name", "phone_cipher",
    "phone_hash", "phone_last4", "address", "city", "floor", "facts", "run_id", "worker_id", "status", "opened_at",
    "accepted_at", "completed_at", "confirmed_at", "confirmed_how", "closed_at", "rating", "solved", "rating_comment",
    "rated_at", "link_version", "created_by", "created_by_staff_id",
)  # fmt: skip
OFFER_COLUMNS = (
    "order_id", "staff_id", "by_hand", "offered_at", "answered_at", "outcome", "reason", "candidates",
)  # fmt: skip


@transaction.atomic
def load_history(*, orders: Sequence[PastOrder], by: Actor, now: datetime) -> list[int]:
    """Write past orders with everything that hangs on them; their ids, in order.

    Events carry the moments of then, so timelines and insights see what happened; nobody is notified.
    """
    if not orders:
        return []
    kinds = {row.key: row for row in WorkOrderKind.objects.all()}
    unknown = {order.kind_key for order in orders} - kinds.keys()
    if unknown:
        raise KindUnknown(field="kind_key")
    ids = _reserve(len(orders))
    run_ids = _runs(orders, ids, kinds, by, now)
    numbers = next_numbers(len(orders))
    nos = [readable(number, order.opened_at) for number, order in zip(numbers, orders, strict=True)]
    rows = zip(ids, nos, run_ids, orders, strict=True)
    _copy(
        "work_order",
        ORDER_COLUMNS,
        [_row(i, no, run, order, kinds[order.kind_key].pk) for i, no, run, order in rows],
    )
    offers = [
        (
            order_id,
            o.staff_id,
            False,
            o.offered_at,
            o.answered_at,
            o.outcome and o.outcome.value,
            "",
            Jsonb([]),
        )
        for order_id, order in zip(ids, orders, strict=True)
        for o in order.offers
    ]
    _copy("work_order_offer", OFFER_COLUMNS, offers)
    publish_many([event for i, order in zip(ids, orders, strict=True) for event in _events(i, order, by)])
    search.load(_document(i, no, order) for i, no, order in zip(ids, nos, orders, strict=True))
    return ids


def _runs(
    orders: Sequence[PastOrder], ids: Sequence[int], kinds: dict[str, WorkOrderKind], by: Actor, now: datetime
) -> list[int]:
    run_ids: dict[int, int] = {}
    for flow_key in sorted({kinds[order.kind_key].flow_key for order in orders}):
        chosen = [(i, o) for i, o in zip(ids, orders, strict=True) if kinds[o.kind_key].flow_key == flow_key]
        runs = [
            PastRun(
                subject=ref(order_id),
                unit_id=order.unit_id,
                customer_id=order.customer_id,
                started_at=order.opened_at,
                ended_at=order.closed_at,
                steps=order.steps,
                facts={"工单.师傅": order.worker_id} if order.worker_id is not None else {},
            )
            for order_id, order in chosen
        ]
        loaded = flows.load_history(flow_key=flow_key, runs=runs, by=by, now=now)
        run_ids |= {order_id: run_id for (order_id, _), run_id in zip(chosen, loaded, strict=True)}
    return [run_ids[order_id] for order_id in ids]


def _row(order_id: int, no: str, run_id: int, order: PastOrder, kind_id: int) -> tuple[Any, ...]:
    phone = keep_phone(order.phone)
    status = (
        OrderStatus.CLOSED
        if order.closed_at
        else OrderStatus.DONE
        if order.completed_at
        else OrderStatus.OPEN
    )
    accepted = next(
        (offer.answered_at for offer in reversed(order.offers) if offer.outcome == "accepted"), None
    )
    return (
        order_id, no, kind_id, order.title, order.customer_id, order.unit_id, order.priority.value,
        OrderSource.HISTORY.value, order.contact_name, phone.cipher, phone.hash, phone.last4, order.address, order.city,
        order.floor, Jsonb(dict(order.facts)), run_id, order.worker_id, status.value, order.opened_at, accepted,
        order.completed_at, order.confirmed_at, "customer" if order.confirmed_at else "", order.closed_at, order.rating,
        order.solved, "", order.confirmed_at if order.rating is not None else None, 1, order.created_by, None,
    )  # fmt: skip


def _events(order_id: int, order: PastOrder, by: Actor) -> list[NewEvent]:
    worker = {"worker_id": order.worker_id} if order.worker_id is not None else {}
    accepted = next(
        (offer.answered_at for offer in reversed(order.offers) if offer.outcome == "accepted"), None
    )
    rated = {**worker, "rating": order.rating}
    moments: list[tuple[str, datetime | None, dict[str, Any]]] = [
        ("created", order.opened_at, {}),
        ("accepted", accepted, worker),
        ("completed", order.completed_at, worker),
        ("confirmed", order.confirmed_at, worker),
        ("rated", order.confirmed_at if order.rating is not None else None, rated),
        ("closed", order.closed_at, worker),
    ]
    return [
        NewEvent(
            name=f"{KIND}.{name}",
            subject=ref(order_id),
            unit_id=order.unit_id,
            customer_id=order.customer_id,
            by=by,
            now=at,
            data={**data, "history": True},
        )
        for name, at, data in moments
        if at is not None
    ]


def _document(order_id: int, no: str, order: PastOrder) -> SearchDoc:
    return SearchDoc(
        subject=ref(order_id),
        title=f"{no} {order.title}"[:200],
        at=order.opened_at,
        unit_id=order.unit_id,
        owner_id=order.worker_id,
        words=(order.contact_name, order.city, order.address),
        phones=(order.phone,) if order.phone else (),
    )


def _reserve(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, [count])
        return [row_id for (row_id,) in cursor.fetchall()]


def _copy(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    statement = f"copy {table} ({', '.join(columns)}) from stdin"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
