"""Which customers somebody may see: their units' and their own, and those they take part in."""

from collections.abc import Sequence

from django.db.models import QuerySet

from shuniu.customers.contracts import CustomerNotFound, UnitUnknown
from shuniu.customers.models import Customer
from shuniu.customers.permissions import READ
from shuniu.foundation.access import Actor, Permission
from shuniu.org import queries as org


def seen_by(*, actor: Actor, permission: Permission = READ) -> "QuerySet[Customer]":
    """Customers within `actor`'s scope for `permission`; merged ones are reached through who they became."""
    return Customer.objects.filter(
        org.visible(
            actor=actor, permission=permission, unit="unit_id", owner="owner_id", subject_kind="customer"
        ),
        merged_into__isnull=True,
    )


def locked(*, customer_id: int, actor: Actor, permission: Permission) -> Customer:
    """The row, locked for a change; CustomerNotFound also when it is out of `actor`'s scope."""
    customer = (
        seen_by(actor=actor, permission=permission)
        .select_for_update(no_key=True, of=("self",))
        .filter(pk=customer_id)
        .first()
    )
    if customer is None:
        raise CustomerNotFound
    return customer


def visible_ids(*, actor: Actor, ids: Sequence[int]) -> set[int]:
    """Which of `ids` the actor may see."""
    return set(seen_by(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def require_unit(*, actor: Actor, permission: Permission, unit_id: int) -> None:
    """UnitUnknown when there is no such unit, Forbidden when it is out of `actor`'s scope."""
    if unit_id not in org.units([unit_id]):
        raise UnitUnknown(field="unit_id")
    org.require_unit(actor=actor, permission=permission, unit_id=unit_id)
