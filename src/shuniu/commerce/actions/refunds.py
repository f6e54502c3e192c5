"""Money given back for an order, in whole or in part."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from shuniu.commerce.contracts import SPENDING, NotRefundable, OrderNotFound, ShopOrderStatus
from shuniu.commerce.models import OrderRefund, ShopOrder
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref, publish


@transaction.atomic
def refund_order(*, order_id: int, amount: Decimal, key: str, by: Actor, now: datetime) -> int:
    """Record a refund of a paid order, once under `key` (the shop's own number); its id.

    An order given back in whole is refunded. Raises OrderNotFound, NotRefundable for what was never paid or more
    than is left of it.
    """
    order = ShopOrder.objects.select_for_update(no_key=True).filter(pk=order_id).first()
    if order is None:
        raise OrderNotFound
    known = OrderRefund.objects.filter(shop_order=order, key=key).first()
    if known is not None:
        return known.pk
    before = OrderRefund.objects.filter(shop_order=order).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    if ShopOrderStatus(order.status) not in SPENDING or not 0 < amount <= order.total - before:
        raise NotRefundable
    refund = OrderRefund.objects.create(shop_order=order, key=key, amount=amount, at=now)
    if before + amount == order.total:
        order.status = ShopOrderStatus.REFUNDED.value
        order.save(update_fields=["status"])
    subject = Ref("shop_order", order.pk)
    audit.record(
        by=by, now=now, action="shop_order.refund", subject=subject, unit_id=order.unit_id,
        after={"amount": str(amount)},
    )  # fmt: skip
    publish(
        name="shop_order.refunded",
        subject=subject,
        unit_id=order.unit_id,
        customer_id=order.customer_id,
        by=by,
        now=now,
        data={"refund_id": refund.pk, "amount": str(amount)},
    )
    return refund.pk
