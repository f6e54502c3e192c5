"""One order in full: for the console and for the phone."""

from dataclasses import dataclass
from datetime import datetime

from shuniu.customers import queries as customers
from shuniu.flows import queries as flows
from shuniu.flows.contracts import RunView
from shuniu.foundation.access import Actor
from shuniu.foundation.files import queries as files
from shuniu.foundation.files.contracts import StoredFile
from shuniu.foundation.text import Text
from shuniu.org import queries as org
from shuniu.work_orders.contracts import (
    Candidate,
    OfferOutcome,
    OfferView,
    OrderSource,
    OrderStatus,
    Priority,
    Sender,
)
from shuniu.work_orders.events import ref
from shuniu.work_orders.links import path_of
from shuniu.work_orders.models import WorkOrder, WorkOrderMessage, WorkOrderOffer
from shuniu.work_orders.permissions import CANCEL, DISPATCH, READ, SEE_PHONE
from shuniu.work_orders.phones import masked
from shuniu.work_orders.queries.scope import require_order


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """A captured chat line."""

    at: datetime
    sender: Sender
    sender_name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantView:
    """Someone who takes part in the order, and why."""

    staff_id: int
    name: str
    unit_name: str
    position: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDetail:
    """Everything the order's page shows of work orders; money and customer come from their own domains."""

    id: int
    no: str
    title: str
    kind_id: int
    kind_key: str
    kind_name: Text
    priority: Priority
    status: OrderStatus
    source: OrderSource
    customer_id: int | None
    customer_name: str
    contact_name: str
    phone_masked: str
    has_phone: bool
    may_see_phone: bool
    address: str
    city: str
    floor: int | None
    facts: dict[str, object]
    unit_id: int
    unit_name: str
    region_name: str
    worker_id: int | None
    worker_name: str
    opened_at: datetime
    accepted_at: datetime | None
    completed_at: datetime | None
    confirmed_at: datetime | None
    confirmed_how: str
    closed_at: datetime | None
    rating: int | None
    solved: bool | None
    rating_comment: str
    run: RunView | None
    my_work: dict[str, int]
    offers: tuple[OfferView, ...]
    messages: tuple[MessageView, ...]
    files: tuple[StoredFile, ...]
    participants: tuple[ParticipantView, ...]
    may_dispatch: bool
    may_cancel: bool
    customer_link: str


def detail(order_id: int, *, actor: Actor, now: datetime) -> OrderDetail:
    """One order; OrderNotFound when the actor may not see it."""
    order = require_order(order_id=order_id, actor=actor, permission=READ)
    subject = ref(order.pk)
    unit = org.unit(order.unit_id)
    run = flows.run_of(subject, now=now, actor=actor)
    customer = customers.cards([order.customer_id]).get(order.customer_id) if order.customer_id else None
    offers = offers_of(order)
    worker = org.staff_card([order.worker_id]).get(order.worker_id) if order.worker_id else None
    may_dispatch = bool(org.covers(actor=actor, permission=DISPATCH, unit_ids=[order.unit_id]))
    under_way = order.status in {OrderStatus.OPEN, OrderStatus.DONE}
    is_worker = actor.staff_id is not None and order.worker_id == actor.staff_id and under_way
    sees_phones = bool(org.covers(actor=actor, permission=SEE_PHONE, unit_ids=[order.unit_id]))
    return OrderDetail(
        id=order.pk,
        no=order.no,
        title=order.title,
        kind_id=order.kind_id,
        kind_key=order.kind.key,
        kind_name=Text(zh=order.kind.name_zh, en=order.kind.name_en),
        priority=Priority(order.priority),
        status=OrderStatus(order.status),
        source=OrderSource(order.source),
        customer_id=order.customer_id,
        customer_name=customer.name if customer else order.contact_name,
        contact_name=order.contact_name,
        phone_masked=masked(order.phone_cipher),
        has_phone=order.phone_cipher is not None,
        may_see_phone=order.phone_cipher is not None and (is_worker or sees_phones),
        address=order.address,
        city=order.city,
        floor=order.floor,
        facts=dict(order.facts),
        unit_id=order.unit_id,
        unit_name=unit.name,
        region_name=unit.region_name or "",
        worker_id=order.worker_id,
        worker_name=worker.name if worker else "",
        opened_at=order.opened_at,
        accepted_at=order.accepted_at,
        completed_at=order.completed_at,
        confirmed_at=order.confirmed_at,
        confirmed_how=order.confirmed_how,
        closed_at=order.closed_at,
        rating=order.rating,
        solved=order.solved,
        rating_comment=order.rating_comment,
        run=run,
        my_work=flows.open_work_of(actor.staff_id, run_id=run.id) if run and actor.staff_id else {},
        offers=offers,
        messages=_messages(order),
        files=tuple(files.of_subject(subject)),
        participants=_participants(order),
        may_dispatch=may_dispatch and under_way,
        may_cancel=order.status == OrderStatus.OPEN
        and bool(org.covers(actor=actor, permission=CANCEL, unit_ids=[order.unit_id])),
        customer_link=path_of(order.pk, order.link_version),
    )


def offers_of(order: WorkOrder) -> tuple[OfferView, ...]:
    """Offers of an order, the first made first."""
    rows = list(WorkOrderOffer.objects.filter(order=order).order_by("id"))
    names = org.staff_card({row.staff_id for row in rows})
    return tuple(
        OfferView(
            id=row.pk,
            order_id=row.order_id,
            staff_id=row.staff_id,
            staff_name=names[row.staff_id].name,
            offered_at=row.offered_at,
            answered_at=row.answered_at,
            outcome=OfferOutcome(row.outcome) if row.outcome else None,
            reason=row.reason,
            by_hand=row.by_hand,
            candidates=tuple(_candidate(kept) for kept in row.candidates),
        )
        for row in rows
    )


def _candidate(kept: dict[str, object]) -> Candidate:
    last, why = kept.get("last_offered_at"), kept["why"]
    words = why if isinstance(why, dict) else {"zh": "", "en": ""}
    rest = {
        **kept,
        "last_offered_at": datetime.fromisoformat(str(last)) if last else None,
        "why": Text(**words),
    }
    return Candidate(**rest)  # type: ignore[arg-type]


def _messages(order: WorkOrder) -> tuple[MessageView, ...]:
    rows = WorkOrderMessage.objects.filter(order=order).order_by("at", "id")
    return tuple(
        MessageView(at=row.at, sender=Sender(row.sender), sender_name=row.sender_name, text=row.text)
        for row in rows
    )


def _participants(order: WorkOrder) -> tuple[ParticipantView, ...]:
    why = org.participants(ref(order.pk))
    cards = org.staff_card(why)
    return tuple(
        ParticipantView(
            staff_id=card.id,
            name=card.name,
            unit_name=card.unit_name,
            position=card.position,
            why=tuple(sorted(why[card.id])),
        )
        for card in cards.values()
    )
