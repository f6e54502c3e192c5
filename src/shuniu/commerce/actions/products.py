"""The catalogue changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, connection, transaction

from shuniu.commerce.contracts import (
    ItemKind,
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

# The kind as the audit log names it.
_NOUNS: Mapping[ItemKind, str] = {ItemKind.GOODS: "product", ItemKind.SPARE_PART: "spare_part"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProduct:
    """A product or spare part as it comes from a form or a file; `price` in yuan for one `measure`."""

    code: str
    name: str
    price: Decimal
    category: str = ""
    measure: str = ""


@transaction.atomic
def save_product(
    *,
    product: NewProduct,
    by: Actor,
    now: datetime,
    product_id: int | None = None,
    kind: ItemKind = ItemKind.GOODS,
) -> ProductRow:
    """Create the item, or change the one of this kind with `product_id`. ProductCodeTaken when another has the code."""
    _check(product)
    before = None
    if product_id is None:
        row = Product(created_at=now, kind=kind)
    else:
        found = Product.objects.select_for_update(no_key=True).filter(pk=product_id, kind=kind).first()
        if found is None:
            raise ProductNotFound
        row, before = found, {"code": found.code, "name": found.name, "price": found.price}
    row.code, row.name, row.price = product.code.strip(), product.name.strip(), product.price
    row.category, row.name_sort = product.category.strip(), sort_key(product.name.strip())
    row.measure = product.measure.strip()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as problem:
        raise ProductCodeTaken(field="code", product_code=row.code) from problem
    audit.record(
        by=by,
        now=now,
        action=f"{_NOUNS[kind]}.create" if product_id is None else f"{_NOUNS[kind]}.update",
        subject=Ref("product", row.pk),
        before=before,
        after={"code": row.code, "name": row.name, "price": row.price},
    )
    return row_of(row)


@transaction.atomic
def archive_product(*, product_id: int, by: Actor, now: datetime, kind: ItemKind = ItemKind.GOODS) -> None:
    """Take the item out of the catalogue; orders keep pointing at it."""
    found = Product.objects.filter(pk=product_id, kind=kind, archived_at__isnull=True)
    if not found.update(archived_at=now):
        raise ProductNotFound
    audit.record(by=by, now=now, action=f"{_NOUNS[kind]}.archive", subject=Ref("product", product_id))


@transaction.atomic
def load_products(
    *, rows: Sequence[NewProduct], by: Actor, now: datetime, kind: ItemKind = ItemKind.GOODS
) -> dict[str, int]:
    """Insert or update by code, in one statement; ids by code. ProductCodeTaken by an item of the other kind."""
    for row in rows:
        _check(row)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into product (code, name, name_sort, price, category, measure, kind, created_at)
            select *, %s, %s::timestamptz
            from unnest(%s::text[], %s::text[], %s::text[], %s::numeric[], %s::text[], %s::text[])
            on conflict (code) do update set name = excluded.name, name_sort = excluded.name_sort,
                price = excluded.price, category = excluded.category, measure = excluded.measure, archived_at = null
                where product.kind = excluded.kind
            returning code, id
            """,
            [
                kind.value,
                now,
                [row.code.strip() for row in rows],
                [row.name.strip() for row in rows],
                [sort_key(row.name.strip()) for row in rows],
                [row.price for row in rows],
                [row.category.strip() for row in rows],
                [row.measure.strip() for row in rows],
            ],
        )
        ids: dict[str, int] = dict(cursor.fetchall())
    taken = next((row.code.strip() for row in rows if row.code.strip() not in ids), None)
    if taken is not None:
        raise ProductCodeTaken(field="code", product_code=taken)
    audit.record_many(
        [
            audit.Entry(f"{_NOUNS[kind]}.load", Ref("product", product_id), after={"code": code})
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
