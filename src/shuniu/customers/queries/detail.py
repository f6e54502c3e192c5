"""One customer's profile page."""

from shuniu.customers.contracts import (
    CustomerDetail,
    CustomerNotFound,
    Identity,
    IdentityKind,
    IdentityLine,
    Source,
    Stage,
)
from shuniu.customers.models import CustomerIdentity
from shuniu.customers.phones import masked
from shuniu.customers.queries.cards import find_by_identity
from shuniu.customers.queries.scope import seen_by
from shuniu.foundation.access import Actor


def detail(*, actor: Actor, customer_id: int) -> CustomerDetail:
    """The profile; CustomerNotFound when unknown or out of scope."""
    customer = (
        seen_by(actor=actor)
        .select_related("unit", "owner")
        .prefetch_related("identities")
        .filter(pk=customer_id)
        .first()
    )
    if customer is None:
        raise CustomerNotFound
    phone_masked = masked(customer.phone_cipher)
    identities = sorted(customer.identities.all(), key=lambda row: row.pk)
    return CustomerDetail(
        id=customer.pk,
        name=customer.name,
        phone_masked=phone_masked,
        has_phone=customer.phone_cipher is not None,
        city=customer.city,
        district=customer.district,
        address=customer.address,
        unit_id=customer.unit_id,
        unit_name=customer.unit.name,
        owner_id=customer.owner_id,
        owner_name=customer.owner.name if customer.owner is not None else "",
        stage=Stage(customer.stage),
        source=Source(customer.source),
        tags=tuple(customer.tags),
        note=customer.note,
        identities=tuple(_line(row, phone_masked=phone_masked) for row in identities),
        created_at=customer.created_at,
        updated_at=customer.updated_at,
    )


def by_identity(*, actor: Actor, identity: Identity) -> CustomerDetail:
    """The profile behind an outside account; CustomerNotFound when it is nobody's, or somebody out of scope."""
    found = find_by_identity(identity)
    if found is None:
        raise CustomerNotFound
    return detail(actor=actor, customer_id=found.id)


def _line(row: CustomerIdentity, *, phone_masked: str) -> IdentityLine:
    kind = IdentityKind(row.kind)
    # a second phone keeps no cipher, so only that it exists can be shown
    value = row.value if kind is not IdentityKind.PHONE else phone_masked
    return IdentityLine(kind=kind, value=value, linked_at=row.linked_at)
