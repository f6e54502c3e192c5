"""Orders come in, always in sets: from a file, a shop, or a demo company."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from shuniu.commerce.contracts import SPENDING, ShopOrderStatus
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import NewEvent, Ref, publish_many


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line to load; `amount` is what was charged, in yuan."""

    name: str
    quantity: Decimal
    price: Decimal
    amount: Decimal
    product_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """An order to load. Its total is the sum of its lines."""

    no: str
    customer_id: int
    unit_id: int
    placed_at: datetime
    status: ShopOrderStatus
    lines: tuple[NewLine, ...]
    paid_at: datetime | None = None

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), start=Decimal("0.00"))


@transaction.atomic
def load_orders(*, rows: Sequence[NewOrder], by: Actor, now: datetime) -> list[int]:
    """Insert `rows` by COPY and return the ids of those that are new, all or nothing.

    Order numbers already known are left as they are, so that the same file twice changes nothing. Every paid order
    publishes `shop_order.paid` at the time it was paid.
    """
    fresh = _unknown(rows)
    ids = _take_ids(len(fresh))
    # psycopg's errors of COPY come as Django's, like all others
    with connection.wrap_database_errors, connection.cursor() as cursor:
        with cursor.copy(
            "copy shop_order (id, no, customer_id, unit_id, placed_at, paid_at, status, total) from stdin"
        ) as copy:
            for order_id, row in zip(ids, fresh, strict=True):
                copy.write_row(_order(order_id, row))
        with cursor.copy(
            "copy order_line (customer_id, shop_order_id, number, product_id, name, quantity, price, amount) "
            "from stdin"
        ) as copy:
            for order_id, row in zip(ids, fresh, strict=True):
                for number, line in enumerate(row.lines, start=1):
                    copy.write_row(_line(order_id, row, number, line))
    publish_many(_events(ids, fresh, by))
    audit.record_many(
        [
            audit.Entry("shop_order.load", Ref("shop_order", order_id), row.unit_id, after={"no": row.no})
            for order_id, row in zip(ids, fresh, strict=True)
        ],
        by=by,
        now=now,
    )
    return ids


def _unknown(rows: Sequence[NewOrder]) -> list[NewOrder]:
    by_no = {row.no: row for row in rows}
    with connection.cursor() as cursor:
        cursor.execute("select no from shop_order where no = any(%s)", [list(by_no)])
        known = {no for (no,) in cursor.fetchall()}
    return [row for no, row in by_no.items() if no not in known]


def _take_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('shop_order', 'id')) from generate_series(1, %s)", [count]
        )
        return [order_id for (order_id,) in cursor.fetchall()]


def _order(order_id: int, row: NewOrder) -> tuple[Any, ...]:
    return (
        order_id,
        row.no,
        row.customer_id,
        row.unit_id,
        row.placed_at,
        row.paid_at,
        row.status.value,
        row.total,
    )


def _line(order_id: int, row: NewOrder, number: int, line: NewLine) -> tuple[Any, ...]:
    return (
        row.customer_id,
        order_id,
        number,
        line.product_id,
        line.name,
        line.quantity,
        line.price,
        line.amount,
    )


def _events(ids: Sequence[int], rows: Sequence[NewOrder], by: Actor) -> list[NewEvent]:
    return [
        NewEvent(
            name="shop_order.paid",
            subject=Ref("shop_order", order_id),
            unit_id=row.unit_id,
            customer_id=row.customer_id,
            by=by,
            now=row.paid_at,
            data={"total": str(row.total)},
        )
        for order_id, row in zip(ids, rows, strict=True)
        if row.paid_at is not None and row.status in SPENDING
    ]
