"""A coupon is given to a customer."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from shuniu.commerce.models import Coupon
from shuniu.customers import queries as customers
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub import Ref, publish


@transaction.atomic
def give_coupon(
    *, customer_id: int, name: str, amount: Decimal, days: int, by: Actor, now: datetime, key: str
) -> int:
    """A coupon over `amount` yuan, good for `days` days; the same key gives the same one. Its id."""
    card = customers.card(customer_id)
    if card is None:
        raise NotFound(field="customer_id")
    coupon, made = Coupon.objects.get_or_create(
        key=key,
        defaults={
            "customer_id": customer_id,
            "name": name[:60],
            "amount": amount,
            "given_at": now,
            "valid_until": now + timedelta(days=days),
        },
    )
    if not made:
        return coupon.pk
    subject = Ref("customer", customer_id)
    publish(
        name="coupon.given",
        subject=subject,
        unit_id=card.unit_id,
        customer_id=customer_id,
        by=by,
        now=now,
        data={"coupon_id": coupon.pk, "amount": amount},
    )
    audit.record(
        by=by,
        now=now,
        action="coupon.give",
        subject=subject,
        unit_id=card.unit_id,
        after={"amount": str(amount)},
    )
    return coupon.pk
