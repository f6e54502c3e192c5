"""The customer list: filters, sorts, pages, export."""

from collections.abc import Iterator

from django.db.models import CharField, Count, F, Func, Q, QuerySet

from shuniu.customers.contracts import CustomerFilter, CustomerRow, Source, Stage
from shuniu.customers.models import Customer
from shuniu.customers.phones import masked
from shuniu.customers.queries.scope import seen_by
from shuniu.foundation import privacy
from shuniu.foundation.access import Actor
from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.org import queries as org

SORTS = {"id": "id", "name": "name_sort", "created_at": "created_at"}


def page_of(*, actor: Actor, filters: CustomerFilter, page: PageParams) -> Page[CustomerRow]:
    """One page of the customers `actor` may see."""
    found = _filtered(actor=actor, filters=filters)
    return paginate(found, page, sorts=SORTS, default="-id", to=lambda rows: [_row(row) for row in rows])


def matching(*, actor: Actor, filters: CustomerFilter) -> Iterator[CustomerRow]:
    """All of them, for an export: read in portions, never held at once."""
    for customer in _filtered(actor=actor, filters=filters).order_by("-id").iterator(chunk_size=2000):
        yield _row(customer)


def tags_in_use(*, actor: Actor, limit: int = 200) -> list[str]:
    """Tags on the customers `actor` may see, the most used first: suggestions for filters and forms."""
    each = seen_by(actor=actor).annotate(tag=Func(F("tags"), function="unnest", output_field=CharField()))
    counted = each.values("tag").annotate(times=Count("id")).order_by("-times", "tag")
    return [row["tag"] for row in counted[:limit]]


def _filtered(*, actor: Actor, filters: CustomerFilter) -> "QuerySet[Customer]":
    found = seen_by(actor=actor).select_related("unit", "owner")
    if filters.text.strip():
        found = found.filter(_text(filters.text.strip()))
    if filters.stage is not None:
        found = found.filter(stage=filters.stage)
    if filters.source is not None:
        found = found.filter(source=filters.source)
    if filters.tag:
        found = found.filter(tags__contains=[filters.tag])
    if filters.city:
        found = found.filter(city=filters.city)
    if filters.owner_id is not None:
        found = found.filter(owner_id=filters.owner_id)
    if filters.unit_id is not None:
        found = found.filter(unit__path__startswith=org.unit(filters.unit_id).path)
    return found


def _text(text: str) -> Q:
    """A whole number finds by its hash, four digits by the last four, anything else by name."""
    digits = text.replace(" ", "").replace("-", "")
    if digits.isascii() and digits.isdigit():
        if len(digits) == 11:
            return Q(phone_hash=privacy.phone_hash(digits))
        if len(digits) == 4:
            return Q(phone_last4=digits)
    return Q(name__icontains=text)


def _row(customer: Customer) -> CustomerRow:
    return CustomerRow(
        id=customer.pk,
        name=customer.name,
        phone_masked=masked(customer.phone_cipher),
        city=customer.city,
        unit_id=customer.unit_id,
        unit_name=customer.unit.name,
        owner_id=customer.owner_id,
        owner_name=customer.owner.name if customer.owner is not None else "",
        stage=Stage(customer.stage),
        source=Source(customer.source),
        tags=tuple(customer.tags),
        created_at=customer.created_at,
    )
