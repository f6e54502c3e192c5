"""The catalogue."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from shuniu.commerce.contracts import ProductRow
from shuniu.commerce.models import Product
from shuniu.foundation.http import Page, PageParams, paginate

SORTS = {"id": "id", "code": "code", "name": "name_sort", "price": "price"}


def product_page(*, text: str, category: str, page: PageParams) -> Page[ProductRow]:
    """One page of products in sale. The catalogue is the enterprise's: every unit sees the same."""
    found = _filtered(text=text, category=category)
    return paginate(found, page, sorts=SORTS, default="name", to=lambda rows: [row_of(row) for row in rows])


def products_matching(*, text: str, category: str) -> Iterator[ProductRow]:
    """All of them, for an export."""
    for product in _filtered(text=text, category=category).order_by("code").iterator(chunk_size=2000):
        yield row_of(product)


def row_of(product: Product) -> ProductRow:
    """The contract of a row already read."""
    return ProductRow(
        id=product.pk,
        code=product.code,
        name=product.name,
        price=product.price,
        category=product.category,
        archived=product.archived_at is not None,
    )


def _filtered(*, text: str, category: str) -> "QuerySet[Product]":
    found = Product.objects.filter(archived_at__isnull=True)
    if stripped := text.strip():
        found = found.filter(Q(name__icontains=stripped) | Q(code__istartswith=stripped))
    if category:
        found = found.filter(category=category)
    return found
