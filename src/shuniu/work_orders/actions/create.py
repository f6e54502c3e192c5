"""An order comes into being and its flow begins."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from shuniu.customers import actions as customer_actions
from shuniu.customers import queries as customers
from shuniu.customers.contracts import NoPhone
from shuniu.flows import actions as flows
from shuniu.foundation import search
from shuniu.foundation.access import Actor, system
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import FieldProblem, Invalid
from shuniu.org import actions as org_actions
from shuniu.org import queries as org
from shuniu.work_orders.contracts import (
    AddressMissing,
    CustomerUnknown,
    KindUnknown,
    NewMessage,
    OrderCard,
    OrderSource,
    OrderStatus,
    Priority,
    TitleMissing,
)
from shuniu.work_orders.events import ref, tell
from shuniu.work_orders.models import WorkOrder, WorkOrderKind, WorkOrderMessage
from shuniu.work_orders.numbers import next_numbers, readable
from shuniu.work_orders.permissions import CREATE
from shuniu.work_orders.phones import keep_phone
from shuniu.work_orders.queries.cards import card_of
from shuniu.work_orders.searching import document_of
from shuniu.work_orders.settings import HOT_WEATHER

MESSAGES_MAX = 50
HOT = "高温"


@transaction.atomic
def create(
    *,
    kind_key: str,
    title: str,
    unit_id: int,
    by: Actor,
    now: datetime,
    customer_id: int | None = None,
    priority: Priority = Priority.NORMAL,
    source: OrderSource = OrderSource.CONSOLE,
    contact_name: str = "",
    phone: str = "",
    address: str = "",
    city: str = "",
    floor: int | None = None,
    facts: Mapping[str, Any] | None = None,
    messages: Sequence[NewMessage] = (),
) -> OrderCard:
    """Make an order of a kind for a unit and start the kind's flow. Empty contact fields are taken from the customer."""
    org.require_unit(actor=by, permission=CREATE, unit_id=unit_id)
    kind = WorkOrderKind.objects.filter(key=kind_key, archived_at__isnull=True).first()
    if kind is None:
        raise KindUnknown(field="kind_key")
    if not title.strip():
        raise TitleMissing(field="title")
    if customer_id is not None:
        if customer_id not in customers.visible_ids(actor=by, ids=[customer_id]):
            raise CustomerUnknown(field="customer_id")
        card = customers.card(customer_id)
        contact_name = contact_name or card.name
        address, city = address or card.address, city or card.city
        phone = phone or _phone_of(customer_id, now)
    kept = keep_phone(phone)
    if kind.on_site:
        _require_place(city, address)
    order = WorkOrder.objects.create(
        no=readable(next_numbers(1)[0], now),
        kind=kind,
        title=title.strip()[:500],
        customer_id=customer_id,
        unit_id=unit_id,
        priority=priority,
        source=source,
        contact_name=contact_name.strip()[:80],
        phone_cipher=kept.cipher,
        phone_hash=kept.hash,
        phone_last4=kept.last4,
        address=address.strip()[:200],
        city=city.strip()[:40],
        floor=floor,
        facts=_facts(kind, unit_id, facts or {}),
        status=OrderStatus.OPEN,
        opened_at=now,
        created_by=by.key,
        created_by_staff_id=by.staff_id,
    )
    _keep_messages(order, messages)
    _begin(order, by, now)
    return card_of(order)


def _begin(order: WorkOrder, by: Actor, now: datetime) -> None:
    """Tell of the order before its flow tells of its first step."""
    audit.record(
        by=by,
        now=now,
        action="work_order.create",
        subject=ref(order.pk),
        unit_id=order.unit_id,
        after={"no": order.no, "kind": order.kind.key, "priority": order.priority, "source": order.source},
    )
    tell("created", order, by=by, now=now, data={"kind_id": order.kind_id})
    if by.staff_id is not None:
        org_actions.take_part(subject=ref(order.pk), staff_ids=[by.staff_id], why="created", by=by, now=now)
    moved = flows.start(
        flow_key=order.kind.flow_key,
        subject=ref(order.pk),
        unit_id=order.unit_id,
        customer_id=order.customer_id,
        by=by,
        now=now,
        key=f"work_order:{order.pk}",
    )
    order.run_id = moved.run_id
    order.save(update_fields=["run"])
    search.index([document_of(order)])


def _facts(kind: WorkOrderKind, unit_id: int, given: Mapping[str, Any]) -> dict[str, Any]:
    """What settlement and rules will read of this order, frozen now."""
    facts = {**kind.facts}
    if kind.on_site:
        facts[HOT] = org.setting(HOT_WEATHER.key, unit_id)
    return facts | dict(given)


def _phone_of(customer_id: int, now: datetime) -> str:
    """The customer's number for the order; the customer's own audit says that the house took it."""
    try:
        return customer_actions.phone(customer_id=customer_id, by=system("work_orders"), now=now)
    except NoPhone:
        return ""


def _require_place(city: str, address: str) -> None:
    missing = [name for name, value in (("city", city), ("address", address)) if not value.strip()]
    if missing:
        text = AddressMissing().text()
        raise Invalid.many([FieldProblem(name, text, AddressMissing.code) for name in missing])


def _keep_messages(order: WorkOrder, messages: Sequence[NewMessage]) -> None:
    WorkOrderMessage.objects.bulk_create(
        WorkOrderMessage(
            order=order,
            at=message.at,
            sender=message.sender,
            sender_name=message.sender_name[:80],
            text=message.text[:2000],
        )
        for message in messages[-MESSAGES_MAX:]
    )
