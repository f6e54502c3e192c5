"""Orders are found by number, need, contact and phone."""

from collections.abc import Iterable

from shuniu.foundation import privacy
from shuniu.foundation.search import SearchDoc
from shuniu.work_orders.events import ref
from shuniu.work_orders.models import WorkOrder


def document_of(order: WorkOrder) -> SearchDoc:
    """How one order is found."""
    return SearchDoc(
        subject=ref(order.pk),
        title=f"{order.no} {order.title}"[:200],
        at=order.opened_at,
        unit_id=order.unit_id,
        owner_id=order.worker_id,
        words=(order.contact_name, order.city, order.address),
        phones=(privacy.decrypt(order.phone_cipher),) if order.phone_cipher is not None else (),
    )


def documents() -> Iterable[SearchDoc]:
    """Every order anew, read in portions."""
    return (document_of(order) for order in WorkOrder.objects.order_by("id").iterator(chunk_size=2000))
