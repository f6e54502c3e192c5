"""The catalogue changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, connection, transaction

from shuniu.commerce.contracts import (
    PriceNegative,
    ProductCodeMissing,
    ProductCodeTaken,
    ProductNotFound,
    ProductRow,
)
from shuniu.commerce.models import Product
from shuniu.commerce.queries.products import row_of
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref
from shuniu.foundation.names import sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProduct:
    """A product as it comes from a form or a file; `price` in yuan."""

    code: str
    name: str
    price: Decimal
    category: str = ""


@transaction.atomic
def save_product(
    *, product: NewProduct, by: Actor, now: datetime, product_id: int | None = None
) -> ProductRow:
    """Create the product, or change the one with `product_id`. ProductCodeTaken when another has the code."""
    _check(product)
    before = None
    if product_id is None:
        row = Product(created_at=now)
    else:
        found = Product.objects.select_for_update(no_key=True).filter(pk=product_id).first()
        if found is None:
            raise ProductNotFound
        row, before = found, {"code": found.code, "name": found.name, "price": found.price}
    row.code, row.name, row.price = product.code.strip(), product.name.strip(), product.price
    row.category, row.name_sort = product.category.strip(), sort_key(product.name.strip())
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as problem:
        raise ProductCodeTaken(field="code", product_code=row.code) from problem
    audit.record(
        by=by,
        now=now,
        action="product.create" if product_id is None else "product.update",
        subject=Ref("product", row.pk),
        before=before,
        after={"code": row.code, "name": row.name, "price": row.price},
    )
    return row_of(row)


@transaction.atomic
def archive_product(*, product_id: int, by: Actor, now: datetime) -> None:
    """Take the product out of the catalogue; orders keep pointing at it."""
    if not Product.objects.filter(pk=product_id, archived_at__isnull=True).update(archived_at=now):
        raise ProductNotFound
    audit.record(by=by, now=now, action="product.archive", subject=Ref("product", product_id))


@transaction.atomic
def load_products(*, rows: Sequence[NewProduct], by: Actor, now: datetime) -> dict[str, int]:
    """Insert or update by code, in one statement; ids by code."""
    for row in rows:
        _check(row)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into product (code, name, name_sort, price, category, created_at)
            select *, %s::timestamptz from unnest(%s::text[], %s::text[], %s::text[], %s::numeric[], %s::text[])
            on conflict (code) do update set name = excluded.name, name_sort = excluded.name_sort,
                price = excluded.price, category = excluded.category, archived_at = null
            returning code, id
            """,
            [
                now,
                [row.code.strip() for row in rows],
                [row.name.strip() for row in rows],
                [sort_key(row.name.strip()) for row in rows],
                [row.price for row in rows],
                [row.category.strip() for row in rows],
            ],
        )
        ids: dict[str, int] = dict(cursor.fetchall())
    audit.record_many(
        [
            audit.Entry("product.load", Ref("product", product_id), after={"code": code})
            for code, product_id in ids.items()
        ],
        by=by,
        now=now,
    )
    return ids


def _check(product: NewProduct) -> None:
    if not product.code.strip():
        raise ProductCodeMissing(field="code")
    if product.price < 0:
        raise PriceNegative(field="price")
