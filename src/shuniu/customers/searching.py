"""Customers are found by name, place and phone."""

from collections.abc import Iterable

from shuniu.customers.models import Customer
from shuniu.foundation import privacy
from shuniu.foundation.hub import Ref
from shuniu.foundation.search import SearchDoc, index


def index_customer(customer: Customer) -> None:
    """Make the customer findable as they are now."""
    index([document_of(customer)])


def documents() -> Iterable[SearchDoc]:
    """Every customer anew, read in portions."""
    rows = Customer.objects.filter(merged_into__isnull=True, erased_at__isnull=True)
    return (document_of(customer) for customer in rows.iterator(chunk_size=2000))


def document_of(customer: Customer) -> SearchDoc:
    """How one customer is found."""
    return SearchDoc(
        subject=Ref("customer", customer.pk),
        title=customer.name,
        at=customer.created_at,
        unit_id=customer.unit_id,
        owner_id=customer.owner_id,
        words=(customer.city, customer.address),
        phones=(privacy.decrypt(customer.phone_cipher),) if customer.phone_cipher is not None else (),
    )
