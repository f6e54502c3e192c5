"""Reading a phone number in clear."""

from datetime import datetime

from django.db import transaction

from shuniu.customers.contracts import CustomerNotFound, NoPhone
from shuniu.customers.permissions import SEE_PHONE
from shuniu.customers.queries.scope import seen_by
from shuniu.foundation import access, privacy
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref


@transaction.atomic
def phone(*, customer_id: int, by: Actor, now: datetime) -> str:
    """The customer's number in clear. Every call leaves an audit row; that is why a read is an action."""
    access.require(by, SEE_PHONE)
    customer = seen_by(actor=by, permission=SEE_PHONE).filter(pk=customer_id).first()
    if customer is None:
        raise CustomerNotFound
    if customer.phone_cipher is None:
        raise NoPhone
    audit.record(
        by=by,
        now=now,
        action="customer.phone_unmasked",
        subject=Ref("customer", customer_id),
        unit_id=customer.unit_id,
        sensitive=True,
    )
    return privacy.decrypt(bytes(customer.phone_cipher))
