"""The list of orders: filters, sorts, pages, export. The page's rows are read first, what belongs to them in bulk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from shuniu.customers import queries as customers
from shuniu.flows import queries as flows
from shuniu.flows.contracts import Light, OpenStepView
from shuniu.foundation import privacy
from shuniu.foundation.access import Actor
from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.foundation.text import Text
from shuniu.org import queries as org
from shuniu.work_orders.contracts import Moment, OrderSource, OrderStatus, Priority
from shuniu.work_orders.models import WorkOrder
from shuniu.work_orders.phones import masked
from shuniu.work_orders.queries.scope import seen_by

SORTS = {"id": "id", "opened_at": "opened_at", "closed_at": "closed_at", "no": "no", "rating": "rating"}
EXPORT_PORTION = 1000
UNDER_WAY = (OrderStatus.OPEN, OrderStatus.DONE)


class View(StrEnum):
    """`mine`: one's own work is open on it; `open`: under way; `overdue`: an open step is past its limit."""

    ALL = "all"
    MINE = "mine"
    OPEN = "open"
    OVERDUE = "overdue"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFilter:
    """Which orders a list shows; empty fields do not filter.

    `since` (included) and `until` (excluded) bound the moment named by `moment`. `in_units` leaves out orders seen only
    because one takes part in them: what remains is what the boards count. `exact_unit` leaves out the units below
    `unit_id`.
    """

    view: View = View.ALL
    text: str = ""
    unit_id: int | None = None
    kind_id: int | None = None
    priority: Priority | None = None
    status: OrderStatus | None = None
    customer_id: int | None = None
    worker_id: int | None = None
    city: str = ""
    rating_max: int | None = None
    moment: Moment = Moment.OPENED
    since: datetime | None = None
    until: datetime | None = None
    in_units: bool = False
    exact_unit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """A line of the list. `light` is the worst of the open steps; `waiting_for` names who is asked."""

    id: int
    no: str
    title: str
    kind_id: int
    kind_name: Text
    priority: Priority
    status: OrderStatus
    source: OrderSource
    customer_id: int | None
    customer_name: str
    phone_masked: str
    city: str
    address: str
    unit_id: int
    unit_name: str
    worker_id: int | None
    worker_name: str
    step: Text | None
    waiting_for: tuple[str, ...]
    waits_for_customer: bool
    light: Light | None
    due_at: datetime | None
    step_since: datetime | None
    opened_at: datetime
    completed_at: datetime | None
    closed_at: datetime | None
    rating: int | None


def page_of(*, actor: Actor, filters: OrderFilter, page: PageParams, now: datetime) -> Page[OrderRow]:
    """One page of the orders the actor may see; the number of queries does not grow with the page."""
    found = _filtered(actor=actor, filters=filters, now=now)
    return paginate(found, page, sorts=SORTS, default="-id", to=lambda rows: rows_of(rows, now=now))


def matching(*, actor: Actor, filters: OrderFilter, now: datetime) -> Iterator[OrderRow]:
    """All of them, for an export: read in portions, newest first, never held at once."""
    found = _filtered(actor=actor, filters=filters, now=now).order_by("-id")
    before: int | None = None
    while True:
        portion = list((found if before is None else found.filter(pk__lt=before))[:EXPORT_PORTION])
        yield from rows_of(portion, now=now)
        if len(portion) < EXPORT_PORTION:
            return
        before = portion[-1].pk


def rows_of(orders: Sequence[WorkOrder], *, now: datetime) -> list[OrderRow]:
    """Lines for rows already read: where they stand, who is asked, names; five queries however many."""
    steps = flows.open_steps([order.run_id for order in orders if order.run_id is not None], now=now)
    people = org.staff_card(
        {order.worker_id for order in orders if order.worker_id is not None}
        | {staff_id for found in steps.values() for step in found for staff_id in step.staff_ids}
    )
    units = org.units({order.unit_id for order in orders})
    names = customers.cards([order.customer_id for order in orders if order.customer_id is not None])
    rows = []
    for order in orders:
        found = steps.get(order.run_id or 0, [])
        worst = _worst(found)
        customer = names.get(order.customer_id or 0)
        worker = people.get(order.worker_id or 0)
        asked = dict.fromkeys(staff_id for step in found for staff_id in step.staff_ids)
        rows.append(
            OrderRow(
                id=order.pk,
                no=order.no,
                title=order.title,
                kind_id=order.kind_id,
                kind_name=Text(zh=order.kind.name_zh, en=order.kind.name_en),
                priority=Priority(order.priority),
                status=OrderStatus(order.status),
                source=OrderSource(order.source),
                customer_id=order.customer_id,
                customer_name=customer.name if customer else order.contact_name,
                phone_masked=masked(order.phone_cipher),
                city=order.city,
                address=order.address,
                unit_id=order.unit_id,
                unit_name=units[order.unit_id].name,
                worker_id=order.worker_id,
                worker_name=worker.name if worker else "",
                step=worst.name if worst else None,
                waiting_for=tuple(people[staff_id].name for staff_id in asked if staff_id in people),
                waits_for_customer=any(step.waits_for_customer for step in found),
                light=worst.light if worst else None,
                due_at=worst.due_at if worst else None,
                step_since=worst.opened_at if worst else None,
                opened_at=order.opened_at,
                completed_at=order.completed_at,
                closed_at=order.closed_at,
                rating=order.rating,
            )
        )
    return rows


def counts(*, actor: Actor, now: datetime) -> dict[View, int]:
    """How many orders each view holds, counted up to 1,000: the figures on the tabs."""
    return {
        view: _filtered(actor=actor, filters=OrderFilter(view=view), now=now).order_by()[:1000].count()
        for view in (View.MINE, View.OPEN, View.OVERDUE)
    }


def _filtered(*, actor: Actor, filters: OrderFilter, now: datetime) -> "QuerySet[WorkOrder]":
    found = seen_by(actor=actor, taking_part=not filters.in_units).select_related("kind")
    found = found.filter(_view(filters.view, actor, now), _when(filters))
    if filters.text.strip():
        found = found.filter(_text(filters.text.strip()))
    if filters.unit_id is not None:
        below = [filters.unit_id] if filters.exact_unit else org.subtree_ids(filters.unit_id)
        found = found.filter(unit_id__in=below)
    if filters.city:
        found = found.filter(city=filters.city)
    exact: dict[str, Any] = {
        "kind_id": filters.kind_id,
        "priority": filters.priority,
        "status": filters.status,
        "customer_id": filters.customer_id,
        "worker_id": filters.worker_id,
        "rating__lte": filters.rating_max,
    }
    return found.filter(**{name: value for name, value in exact.items() if value is not None})


def _view(view: View, actor: Actor, now: datetime) -> Q:
    if view is View.MINE:
        if actor.staff_id is None:
            return Q(pk__in=())
        return Q(status__in=UNDER_WAY) & flows.waiting_for(actor.staff_id)
    if view is View.OPEN:
        return Q(status__in=UNDER_WAY)
    if view is View.OVERDUE:
        return Q(status__in=UNDER_WAY) & flows.overdue(now)
    if view is View.CLOSED:
        return Q(status__in=(OrderStatus.CLOSED, OrderStatus.CANCELLED))
    return Q()


# An order that is called off also has an end, but was not closed.
_MOMENTS: Mapping[Moment, tuple[str, Q]] = {
    Moment.OPENED: ("opened_at", Q()),
    Moment.ACCEPTED: ("accepted_at", Q()),
    Moment.COMPLETED: ("completed_at", Q()),
    Moment.CONFIRMED: ("confirmed_at", Q()),
    Moment.RATED: ("rated_at", Q()),
    Moment.CLOSED: ("closed_at", Q(status=OrderStatus.CLOSED)),
    Moment.CANCELLED: ("closed_at", Q(status=OrderStatus.CANCELLED)),
}


def _when(filters: OrderFilter) -> Q:
    if filters.since is None and filters.until is None:
        return Q()
    if filters.moment is Moment.LATE:
        return flows.late_between(filters.since, filters.until)
    column, condition = _MOMENTS[filters.moment]
    if filters.since is not None:
        condition &= Q(**{f"{column}__gte": filters.since})
    if filters.until is not None:
        condition &= Q(**{f"{column}__lt": filters.until})
    return condition


def _text(text: str) -> Q:
    """A whole phone finds by its hash, four digits by the last four, a number by its beginning, else by words."""
    digits = text.replace(" ", "").replace("-", "")
    if digits.isascii() and digits.isdigit():
        if len(digits) == 11:
            return Q(phone_hash=privacy.phone_hash(digits))
        if len(digits) == 4:
            return Q(phone_last4=digits)
    if text.upper().startswith("WO"):
        return Q(no__startswith=text.upper())
    return Q(title__icontains=text) | Q(contact_name__icontains=text) | Q(address__icontains=text)


def _worst(steps: Sequence[OpenStepView]) -> OpenStepView | None:
    """The open step whose limit comes first; without limits the newest."""
    if not steps:
        return None
    limited = [step for step in steps if step.due_at is not None]
    return min(limited, key=lambda step: (step.due_at, step.visit)) if limited else steps[-1]
