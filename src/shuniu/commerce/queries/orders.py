"""Orders: lists, one order, a customer's purchases."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from shuniu.commerce.contracts import (
    OrderNotFound,
    OrderRefundRow,
    ShopOrderDetail,
    ShopOrderFilter,
    ShopOrderLine,
    ShopOrderRow,
    ShopOrderStatus,
)
from shuniu.commerce.models import OrderLine, OrderRefund, ShopOrder
from shuniu.commerce.permissions import READ_ORDERS
from shuniu.foundation.access import Actor
from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.org import queries as org

SORTS = {"id": "id", "no": "no", "placed_at": "placed_at", "total": "total"}


def orders_of(customer_id: int, *, limit: int = 20) -> list[ShopOrderRow]:
    """A customer's purchases, newest first. Unscoped: who asks has been let in to the customer."""
    rows = _with_names(ShopOrder.objects.filter(customer_id=customer_id)).order_by("-placed_at", "-id")
    return [_row(row) for row in rows[:limit]]


def page_of(*, actor: Actor, filters: ShopOrderFilter, page: PageParams) -> Page[ShopOrderRow]:
    """One page of the orders `actor` may see."""
    found = _filtered(actor=actor, filters=filters)
    return paginate(
        found, page, sorts=SORTS, default="-placed_at", to=lambda rows: [_row(row) for row in rows]
    )


def matching(*, actor: Actor, filters: ShopOrderFilter) -> Iterator[ShopOrderRow]:
    """All of them, for an export, read in portions."""
    ordered = _filtered(actor=actor, filters=filters).order_by("-placed_at", "-id")
    for row in ordered.iterator(chunk_size=2000):
        yield _row(row)


def order(*, actor: Actor, order_id: int) -> ShopOrderDetail:
    """One order with its lines; OrderNotFound when unknown or out of scope."""
    row = _with_names(_seen_by(actor)).filter(pk=order_id).first()
    if row is None:
        raise OrderNotFound
    lines = OrderLine.objects.filter(customer_id=row.customer_id, shop_order_id=row.pk).order_by("number")
    return ShopOrderDetail(order=_row(row), lines=tuple(_line(line) for line in lines))


def orders_by_id(ids: Sequence[int]) -> list[ShopOrderRow]:
    """Those that exist, unscoped, for cards."""
    return [_row(row) for row in _with_names(ShopOrder.objects.filter(pk__in=ids))]


def refunds_by_id(ids: Sequence[int]) -> dict[int, OrderRefundRow]:
    """Refunds that exist, by id; unscoped."""
    return {
        row.pk: OrderRefundRow(id=row.pk, shop_order_id=row.shop_order_id, amount=row.amount, at=row.at)
        for row in OrderRefund.objects.filter(pk__in=ids)
    }


def quantities(order_ids: Sequence[int]) -> dict[int, Decimal]:
    """How many pieces each order is over; orders without lines are missing."""
    sums = OrderLine.objects.filter(shop_order_id__in=order_ids).values_list("shop_order_id")
    return dict(sums.annotate(sum=Sum("quantity")))


def visible_ids(*, actor: Actor, ids: Sequence[int]) -> set[int]:
    """Which of `ids` the actor may see."""
    return set(_seen_by(actor).filter(pk__in=ids).values_list("pk", flat=True))


def _seen_by(actor: Actor) -> "QuerySet[ShopOrder]":
    return ShopOrder.objects.filter(org.visible(actor=actor, permission=READ_ORDERS, unit="unit_id"))


def _with_names(orders: "QuerySet[ShopOrder]") -> "QuerySet[ShopOrder]":
    return orders.select_related("customer", "unit")


def _filtered(*, actor: Actor, filters: ShopOrderFilter) -> "QuerySet[ShopOrder]":
    found = _with_names(_seen_by(actor))
    if text := filters.text.strip():
        found = found.filter(Q(no__istartswith=text) | Q(customer__name__icontains=text))
    if filters.status is not None:
        found = found.filter(status=filters.status)
    if filters.customer_id is not None:
        found = found.filter(customer_id=filters.customer_id)
    if filters.placed_from is not None:
        found = found.filter(placed_at__gte=filters.placed_from)
    if filters.placed_until is not None:
        found = found.filter(placed_at__lt=filters.placed_until)
    if filters.unit_id is not None:
        found = found.filter(unit__path__startswith=org.unit(filters.unit_id).path)
    return found


def _row(row: ShopOrder) -> ShopOrderRow:
    return ShopOrderRow(
        id=row.pk,
        no=row.no,
        customer_id=row.customer_id,
        customer_name=row.customer.name,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        placed_at=row.placed_at,
        paid_at=row.paid_at,
        status=ShopOrderStatus(row.status),
        total=row.total,
    )


def _line(line: OrderLine) -> ShopOrderLine:
    return ShopOrderLine(
        name=line.name,
        quantity=line.quantity,
        price=line.price,
        amount=line.amount,
        product_id=line.product_id,
    )
