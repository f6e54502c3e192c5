"""Tags put on and taken off."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from shuniu.customers.contracts import CustomerCard
from shuniu.customers.permissions import UPDATE
from shuniu.customers.queries.cards import card_of
from shuniu.customers.queries.scope import locked
from shuniu.customers.tags import clean_tags
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref, publish


@transaction.atomic
def tag(
    *, customer_id: int, by: Actor, now: datetime, add: Sequence[str] = (), remove: Sequence[str] = ()
) -> CustomerCard:
    """Put on `add`, take off `remove`. What is already so changes nothing and is not told."""
    customer = locked(customer_id=customer_id, actor=by, permission=UPDATE)
    before = list(customer.tags)
    gone = set(clean_tags(remove))
    after = clean_tags([*(tag for tag in before if tag not in gone), *add])
    if after == before:
        return card_of(customer)
    customer.tags = after
    customer.updated_at = now
    customer.save(update_fields=["tags", "updated_at"])
    subject = Ref("customer", customer_id)
    audit.record(
        by=by,
        now=now,
        action="customer.tag",
        subject=subject,
        unit_id=customer.unit_id,
        before={"tags": before},
        after={"tags": after},
    )
    publish(
        name="customer.tagged",
        subject=subject,
        unit_id=customer.unit_id,
        customer_id=customer_id,
        by=by,
        now=now,
        data={"added": len(set(after) - set(before)), "removed": len(set(before) - set(after))},
    )
    return card_of(customer)
