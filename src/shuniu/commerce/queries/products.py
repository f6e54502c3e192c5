"""The catalogue: products and spare parts."""

from collections.abc import Collection, Iterator

from django.db.models import Q, QuerySet

from shuniu.commerce.contracts import ItemKind, ProductRow
from shuniu.commerce.models import Product
from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.foundation.names import sort_key

SORTS = {"id": "id", "code": "code", "name": "name_sort", "price": "price"}


def product_page(
    *, text: str, category: str, page: PageParams, kind: ItemKind = ItemKind.GOODS
) -> Page[ProductRow]:
    """One page of items in use. The catalogue is the enterprise's: every unit sees the same."""
    found = _filtered(text=text, category=category, kind=kind)
    return paginate(found, page, sorts=SORTS, default="name", to=lambda rows: [row_of(row) for row in rows])


def products_matching(*, text: str, category: str, kind: ItemKind = ItemKind.GOODS) -> Iterator[ProductRow]:
    """All of them, for an export."""
    found = _filtered(text=text, category=category, kind=kind)
    for product in found.order_by("code").iterator(chunk_size=2000):
        yield row_of(product)


def categories(*, kind: ItemKind) -> list[str]:
    """The categories in use, for the filter of a list."""
    found = _filtered(text="", category="", kind=kind).exclude(category="")
    return sorted(found.order_by().values_list("category", flat=True).distinct(), key=sort_key)


def codes_of_others(codes: Collection[str], *, kind: ItemKind) -> set[str]:
    """Which of these codes belong to items of another kind than this."""
    return set(Product.objects.filter(code__in=codes).exclude(kind=kind).values_list("code", flat=True))


def row_of(product: Product) -> ProductRow:
    """The contract of a row already read."""
    return ProductRow(
        id=product.pk,
        code=product.code,
        name=product.name,
        price=product.price,
        category=product.category,
        measure=product.measure,
        archived=product.archived_at is not None,
    )


def _filtered(*, text: str, category: str, kind: ItemKind) -> "QuerySet[Product]":
    found = Product.objects.filter(archived_at__isnull=True, kind=kind)
    if stripped := text.strip():
        found = found.filter(Q(name__icontains=stripped) | Q(code__istartswith=stripped))
    if category:
        found = found.filter(category=category)
    return found
