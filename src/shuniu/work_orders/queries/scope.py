"""Which orders somebody may see: their units', their own, and those they take part in."""

from collections.abc import Sequence

from django.db.models import QuerySet

from shuniu.foundation.access import Actor, Permission
from shuniu.foundation.errors import Forbidden
from shuniu.org import queries as org
from shuniu.work_orders.contracts import OrderNotFound
from shuniu.work_orders.models import WorkOrder
from shuniu.work_orders.permissions import READ

KIND = "work_order"


def seen_by(
    *, actor: Actor, permission: Permission = READ, taking_part: bool = True
) -> "QuerySet[WorkOrder]":
    """Orders within the actor's scope; for reading, also those the actor takes part in."""
    subject_kind = KIND if permission is READ and taking_part else None
    return WorkOrder.objects.filter(
        org.visible(
            actor=actor, permission=permission, unit="unit_id", owner="worker_id", subject_kind=subject_kind
        )
    )


def visible_ids(*, actor: Actor, ids: Sequence[int]) -> set[int]:
    """Which of `ids` the actor may see."""
    return set(seen_by(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def require_order(*, order_id: int, actor: Actor, permission: Permission) -> WorkOrder:
    """The order; OrderNotFound when the actor may not even see it, Forbidden when seeing is all they may."""
    order = seen_by(actor=actor).select_related("kind").filter(pk=order_id).first()
    if order is None:
        raise OrderNotFound()
    if (
        permission is not READ
        and not seen_by(actor=actor, permission=permission).filter(pk=order_id).exists()
    ):
        raise Forbidden()
    return order
