"""A customer's profile is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from shuniu.customers.actions.identities import attach, detach
from shuniu.customers.contracts import (
    CustomerCard,
    Identity,
    IdentityKind,
    NameMissing,
    OwnerUnknown,
    Stage,
)
from shuniu.customers.models import Customer
from shuniu.customers.permissions import UPDATE
from shuniu.customers.phones import keep_phone
from shuniu.customers.queries.cards import card_of
from shuniu.customers.queries.scope import locked, require_unit
from shuniu.customers.searching import index_customer
from shuniu.customers.tags import clean_tags
from shuniu.foundation import privacy
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref, publish
from shuniu.foundation.names import sort_key
from shuniu.org import queries as org

_PLAIN = ("city", "district", "address", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What to change; None leaves a field as it is. An empty phone removes the number."""

    name: str | None = None
    phone: str | None = None
    city: str | None = None
    district: str | None = None
    address: str | None = None
    note: str | None = None
    stage: Stage | None = None
    owner_id: int | None = None
    unit_id: int | None = None
    tags: Sequence[str] | None = None


@transaction.atomic
def update(*, customer_id: int, changes: Changes, by: Actor, now: datetime) -> CustomerCard:
    """Change the profile. A phone that belongs to somebody else is refused with IdentityTaken."""
    customer = locked(customer_id=customer_id, actor=by, permission=UPDATE)
    changed = _apply(customer, changes=changes, by=by, now=now)
    if not changed:
        return card_of(customer)
    customer.updated_at = now
    customer.save()
    index_customer(customer)
    subject = Ref("customer", customer_id)
    audit.record(
        by=by,
        now=now,
        action="customer.update",
        subject=subject,
        unit_id=customer.unit_id,
        before={field: pair[0] for field, pair in changed.items()},
        after={field: pair[1] for field, pair in changed.items()},
    )
    publish(
        name="customer.updated",
        subject=subject,
        unit_id=customer.unit_id,
        customer_id=customer_id,
        by=by,
        now=now,
        data={},
    )
    if "stage" in changed:
        before, after = changed["stage"]
        publish(
            name="customer.stage_changed",
            subject=subject,
            unit_id=customer.unit_id,
            customer_id=customer_id,
            by=by,
            now=now,
            data={"stage": str(after), "before": str(before)},
        )
    return card_of(customer)


def _apply(customer: Customer, *, changes: Changes, by: Actor, now: datetime) -> dict[str, tuple[Any, Any]]:
    """Write the changes on the row; field -> (before, after), personal fields without their content."""
    changed: dict[str, tuple[Any, Any]] = {}
    if changes.name is not None and changes.name.strip() != customer.name:
        if not changes.name.strip():
            raise NameMissing(field="name")
        customer.name = changes.name.strip()
        customer.name_sort = sort_key(customer.name)
        changed["name"] = ("", "")
    for field in _PLAIN:
        value = getattr(changes, field)
        if value is not None and value.strip() != getattr(customer, field):
            setattr(customer, field, value.strip())
            changed[field] = ("", "")
    if changes.phone is not None and _change_phone(customer, phone=changes.phone, by=by, now=now):
        changed["phone"] = ("", "")
    changed.update(_place(customer, changes=changes, by=by))
    if changes.tags is not None and (tags := clean_tags(changes.tags)) != customer.tags:
        changed["tags"] = (customer.tags, tags)
        customer.tags = tags
    return changed


def _place(customer: Customer, *, changes: Changes, by: Actor) -> dict[str, tuple[Any, Any]]:
    """Stage, owner and unit."""
    changed: dict[str, tuple[Any, Any]] = {}
    if changes.stage is not None and changes.stage != customer.stage:
        changed["stage"] = (customer.stage, changes.stage.value)
        customer.stage = changes.stage
    if changes.owner_id is not None and changes.owner_id != customer.owner_id:
        if changes.owner_id not in org.staff_card([changes.owner_id]):
            raise OwnerUnknown(field="owner_id")
        changed["owner_id"] = (customer.owner_id, changes.owner_id)
        customer.owner_id = changes.owner_id
    if changes.unit_id is not None and changes.unit_id != customer.unit_id:
        require_unit(actor=by, permission=UPDATE, unit_id=changes.unit_id)
        changed["unit_id"] = (customer.unit_id, changes.unit_id)
        customer.unit_id = changes.unit_id
    return changed


def _change_phone(customer: Customer, *, phone: str, by: Actor, now: datetime) -> bool:
    kept = keep_phone(phone)
    if kept.hash == (bytes(customer.phone_hash) if customer.phone_hash is not None else None):
        return False
    if customer.phone_cipher is not None:
        old = Identity(kind=IdentityKind.PHONE, value=privacy.decrypt(bytes(customer.phone_cipher)))
        detach(customer_id=customer.pk, identity=old, why="phone changed", by=by, now=now)
    if kept.hash is not None:
        new = Identity(kind=IdentityKind.PHONE, value=phone)
        attach(customer_id=customer.pk, identity=new, why="phone changed", by=by, now=now)
    customer.phone_cipher, customer.phone_hash, customer.phone_last4 = kept.cipher, kept.hash, kept.last4
    return True
