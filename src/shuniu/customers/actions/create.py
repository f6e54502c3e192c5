"""A customer comes into being."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from shuniu.customers.actions.identities import attach
from shuniu.customers.contracts import (
    CustomerCard,
    Identity,
    IdentityKind,
    NameMissing,
    OwnerUnknown,
    Source,
    Stage,
)
from shuniu.customers.models import Customer
from shuniu.customers.permissions import CREATE
from shuniu.customers.phones import keep_phone
from shuniu.customers.queries.cards import card_of
from shuniu.customers.queries.scope import require_unit
from shuniu.customers.searching import index_customer
from shuniu.customers.tags import clean_tags
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref, publish
from shuniu.foundation.names import sort_key
from shuniu.org import queries as org


@transaction.atomic
def create(
    *,
    name: str,
    unit_id: int,
    by: Actor,
    now: datetime,
    phone: str = "",
    city: str = "",
    district: str = "",
    address: str = "",
    owner_id: int | None = None,
    stage: Stage = Stage.LEAD,
    source: Source = Source.CONSOLE,
    tags: Sequence[str] = (),
    note: str = "",
    identities: Sequence[Identity] = (),
) -> CustomerCard:
    """Create a customer of `unit_id`. IdentityTaken when the phone or an account already belongs to somebody."""
    if not name.strip():
        raise NameMissing(field="name")
    require_unit(actor=by, permission=CREATE, unit_id=unit_id)
    if owner_id is not None and owner_id not in org.staff_card([owner_id]):
        raise OwnerUnknown(field="owner_id")
    kept = keep_phone(phone)
    customer = Customer.objects.create(
        name=name.strip(),
        name_sort=sort_key(name.strip()),
        phone_cipher=kept.cipher,
        phone_hash=kept.hash,
        phone_last4=kept.last4,
        unit_id=unit_id,
        owner_id=owner_id,
        city=city.strip(),
        district=district.strip(),
        address=address.strip(),
        stage=stage,
        source=source,
        tags=clean_tags(tags),
        note=note.strip(),
        created_at=now,
        updated_at=now,
    )
    accounts = [*identities, *([Identity(kind=IdentityKind.PHONE, value=phone)] if kept.hash else [])]
    for identity in accounts:
        attach(customer_id=customer.pk, identity=identity, why="created", by=by, now=now)
    index_customer(customer)
    subject = Ref("customer", customer.pk)
    audit.record(
        by=by,
        now=now,
        action="customer.create",
        subject=subject,
        unit_id=unit_id,
        after={"stage": stage, "source": source, "owner_id": owner_id},
    )
    publish(
        name="customer.created",
        subject=subject,
        unit_id=unit_id,
        customer_id=customer.pk,
        by=by,
        now=now,
        data={"owner_id": owner_id} if owner_id is not None else {},
    )
    return card_of(customer)
