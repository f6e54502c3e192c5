"""Outside accounts come to a customer and leave them; both are recorded with the reason."""

from datetime import datetime

from django.db import connection, transaction

from shuniu.customers.contracts import IDENTITY_TEXTS, Identity, IdentityKind, IdentityTaken
from shuniu.customers.identity import stored_value
from shuniu.customers.models import CustomerIdentity, CustomerIdentityChange
from shuniu.customers.permissions import UPDATE
from shuniu.customers.queries.scope import locked
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref, publish


@transaction.atomic
def link_identity(*, customer_id: int, identity: Identity, why: str, by: Actor, now: datetime) -> None:
    """Give the customer an outside account. Linking it again changes nothing; IdentityTaken when it is another's."""
    customer = locked(customer_id=customer_id, actor=by, permission=UPDATE)
    if not attach(customer_id=customer_id, identity=identity, why=why, by=by, now=now):
        return
    subject = Ref("customer", customer_id)
    audit.record(
        by=by,
        now=now,
        action="customer.link_identity",
        subject=subject,
        unit_id=customer.unit_id,
        after={"kind": identity.kind},
    )
    publish(
        name="customer.identity_linked",
        subject=subject,
        unit_id=customer.unit_id,
        customer_id=customer_id,
        by=by,
        now=now,
        data={},
    )


@transaction.atomic
def unlink_identity(*, customer_id: int, identity: Identity, why: str, by: Actor, now: datetime) -> None:
    """Take an outside account away from the customer; nothing happens when it is not theirs."""
    customer = locked(customer_id=customer_id, actor=by, permission=UPDATE)
    if not detach(customer_id=customer_id, identity=identity, why=why, by=by, now=now):
        return
    audit.record(
        by=by,
        now=now,
        action="customer.unlink_identity",
        subject=Ref("customer", customer_id),
        unit_id=customer.unit_id,
        before={"kind": identity.kind},
    )


def attach(*, customer_id: int, identity: Identity, why: str, by: Actor, now: datetime) -> bool:
    """Insert the identity; true when it is new. Two transactions that race for one account meet in its unique row."""
    value = stored_value(identity)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into customer_identity (customer_id, kind, value, linked_at) values (%s, %s, %s, %s)
            on conflict (kind, value) do nothing returning id
            """,
            [customer_id, identity.kind.value, value, now],
        )
        if cursor.fetchone() is None:
            _refuse_anothers(customer_id=customer_id, kind=identity.kind, value=value)
            return False
    _note(customer_id=customer_id, kind=identity.kind, value=value, change="linked", why=why, by=by, now=now)
    return True


def detach(*, customer_id: int, identity: Identity, why: str, by: Actor, now: datetime) -> bool:
    """Delete the identity; true when it was theirs."""
    value = stored_value(identity)
    deleted, _ = CustomerIdentity.objects.filter(
        customer_id=customer_id, kind=identity.kind, value=value
    ).delete()
    if not deleted:
        return False
    _note(
        customer_id=customer_id, kind=identity.kind, value=value, change="unlinked", why=why, by=by, now=now
    )
    return True


def note_refusal(*, customer_id: int, identity: Identity, by: Actor, now: datetime) -> None:
    """Record that the account was not given because it is somebody else's; once, however often it is met."""
    value = stored_value(identity)
    already = CustomerIdentityChange.objects.filter(
        customer_id=customer_id, kind=identity.kind, value=value, change="refused"
    )
    if not already.exists():
        _note(
            customer_id=customer_id,
            kind=identity.kind,
            value=value,
            change="refused",
            why="belongs to another customer",
            by=by,
            now=now,
        )


def _refuse_anothers(*, customer_id: int, kind: IdentityKind, value: str) -> None:
    holder = CustomerIdentity.objects.values_list("customer_id", flat=True).get(kind=kind, value=value)
    if holder != customer_id:
        text = IDENTITY_TEXTS[kind]
        raise IdentityTaken(
            field="phone" if kind is IdentityKind.PHONE else "",
            customer_id=holder,
            kind_zh=text.zh,
            kind_en=text.en,
        )


def _note(
    *, customer_id: int, kind: IdentityKind, value: str, change: str, why: str, by: Actor, now: datetime
) -> None:
    CustomerIdentityChange.objects.create(
        customer_id=customer_id, kind=kind, value=value, change=change, why=why, by=by.key, at=now
    )
