"""What customers plug into the hub."""

from collections.abc import Sequence
from typing import Any

from shuniu.channels import queries as channels
from shuniu.customers import queries
from shuniu.customers.actions import meet
from shuniu.customers.contracts import STAGE_TEXTS, Identity, IdentityKind, Source
from shuniu.customers.importers import IMPORTERS
from shuniu.customers.permissions import READ
from shuniu.customers.searching import documents
from shuniu.foundation.access import Actor, system
from shuniu.foundation.hub import (
    Event,
    EventType,
    Fact,
    FactRelation,
    Ref,
    Subject,
    SubjectCard,
    Subscriber,
    publish,
)
from shuniu.foundation.search import SearchKind
from shuniu.foundation.text import Text
from shuniu.org import queries as org

__all__ = ["EFFECTS", "EVENTS", "FACTS", "IMPORTERS", "SEARCH_KINDS", "SUBJECTS", "SUBSCRIBERS"]

EVENTS = (
    EventType("customer.created", "customer", Text(zh="新增客户", en="Customer created"), {"owner_id": "id"}),
    EventType("customer.updated", "customer", Text(zh="客户资料变更", en="Customer changed")),
    EventType(
        "customer.tagged",
        "customer",
        Text(zh="客户标签变更", en="Customer tagged"),
        {"added": "number", "removed": "number"},
    ),
    EventType(
        "customer.stage_changed",
        "customer",
        Text(zh="客户阶段变更", en="Customer's stage changed"),
        {"stage": "text", "before": "text"},
    ),
    EventType("customer.spoke", "customer", Text(zh="客户发来消息", en="Customer wrote")),
    EventType("customer.identity_linked", "customer", Text(zh="关联新身份", en="Identity linked")),
)

_PROFILE = FactRelation(
    name="customer.profile",
    subject="customer",
    sql="select id, city, stage, tags, unit_id, owner_id from customer where id = any(%(ids)s)",
)

FACTS = (
    Fact("客户.城市", "customer", "text", _PROFILE, "city", Text(zh="客户城市", en="Customer's city")),
    Fact("客户.阶段", "customer", "text", _PROFILE, "stage", Text(zh="客户阶段", en="Customer's stage")),
    Fact("客户.门店", "customer", "number", _PROFILE, "unit_id", Text(zh="客户门店", en="Customer's store")),
    Fact(
        "客户.负责人",
        "customer",
        "number",
        _PROFILE,
        "owner_id",
        Text(zh="客户负责人", en="Customer's owner"),
    ),
    Fact("客户.标签", "customer", "list", _PROFILE, "tags", Text(zh="客户标签", en="Customer's tags")),
)


def _meet_contacts(events: Sequence[Event]) -> None:
    """Whoever turns up on a channel is recognised or becomes a lead."""
    contacts = channels.contacts([event.subject.id for event in events])
    latest = {event.subject.id: event for event in events}
    for contact_id, event in latest.items():
        contact = contacts.get(contact_id)
        if contact is None:
            continue
        identities = [Identity(kind=IdentityKind.WECOM_EXTERNAL_USERID, value=contact.external_userid)]
        if contact.unionid:
            identities.append(Identity(kind=IdentityKind.UNIONID, value=contact.unionid))
        met = meet(
            identities=tuple(identities),
            name=contact.name,
            unit_id=contact.unit_id,
            owner_id=contact.staff_id,
            source=Source.WECOM_SERVICE if contact.came_by_service else Source.WECOM,
            by=system("customers"),
            now=event.at,
        )
        if event.name == "channel.message_received":
            publish(
                name="customer.spoke",
                subject=Ref("customer", met.id),
                unit_id=met.unit_id,
                customer_id=met.id,
                by=system("customers"),
                now=event.at,
            )


SUBSCRIBERS = (
    Subscriber(
        name="customers.channels",
        events=("channel.contact_added", "channel.message_received"),
        handle=_meet_contacts,
    ),
)

EFFECTS = ()


def _cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        card.id: SubjectCard(
            title=card.name,
            subtitle=" · ".join(part for part in (card.phone_masked, STAGE_TEXTS[card.stage].zh) if part),
            link=f"/console/customers/{card.id}",
        )
        for card in queries.cards(ids).values()
    }


def _visible(actor: Actor, ids: Sequence[int]) -> set[int]:
    return queries.visible_ids(actor=actor, ids=ids)


SUBJECTS = (
    Subject(
        kind="customer",
        text=Text(zh="客户", en="Customer"),
        link="/console/customers/{id}",
        cards=_cards,
        visible=_visible,
        units=lambda actor: org.visible_units(actor=actor, permission=READ),
        read=READ,
    ),
)


def _findable(actor: Actor) -> tuple[str, list[Any]]:
    return org.visible_sql(
        actor=actor,
        permission=READ,
        unit="d.unit_id",
        owner="d.owner_id",
        subject_kind="customer",
        pk="d.subject_id",
    )


SEARCH_KINDS = (SearchKind(kind="customer", visible=_findable, documents=documents),)
