"""Measures: from a thing in a lower domain to the input it causes, with the facts as they are at that moment.

Each reads a set of things at once; a measure is named after the event that makes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from shuniu.commerce import queries as commerce
from shuniu.commerce.contracts import ShopOrderRow
from shuniu.foundation.hub import Ref, read_facts, registry
from shuniu.org import queries as org
from shuniu.org.contracts import UnitKind
from shuniu.settlement.contracts import NewInput, UnknownParty
from shuniu.work_orders import queries as work_orders

COMPLETED = "work_order.completed"
PAID = "shop_order.paid"
WORK_ORDER = "work_order"
SHOP_ORDER = "shop_order"
EXPECTED_INCOME = "工单.预计收入"


def work_order_facts(order_ids: Sequence[int], now: datetime) -> dict[int, dict[str, object]]:
    """Every fact that can be asked of the orders: what is not frozen now cannot be explained later.

    What settlement itself says about an order is left out, for it follows from the others.
    """
    names = [name for kind, name in registry.facts if kind == WORK_ORDER and name != EXPECTED_INCOME]
    return read_facts(names, WORK_ORDER, order_ids, now)


def completed(order_id: int, now: datetime) -> NewInput:
    """The input of a completed order, at the moment of its completion. Raises UnknownParty without a field worker."""
    order = work_orders.card(order_id)
    if order.worker_id is None:
        raise UnknownParty()
    return NewInput(
        measure=COMPLETED,
        source=Ref(WORK_ORDER, order_id),
        at=order.completed_at or now,
        unit_id=order.unit_id,
        parties={"worker": Ref("staff", order.worker_id)},
        facts=work_order_facts([order_id], now)[order_id],
        kind=order.kind_key,
    )


def paid_orders(order_ids: Iterable[int], now: datetime) -> list[NewInput]:
    """The sales of paid orders, at the moment each was paid, with the facts of their customers."""
    orders = [one for one in commerce.orders_by_id(sorted(set(order_ids))) if one.paid_at is not None]
    pieces = commerce.quantities([one.id for one in orders])
    parties, facts = order_parties(orders), customer_facts(orders, now)
    return [
        NewInput(
            measure=PAID,
            source=Ref(SHOP_ORDER, one.id),
            at=one.paid_at or now,
            unit_id=one.unit_id,
            parties=parties[one.id],
            facts=facts[one.customer_id] | {"订单.编号": str(one.id), "订单.退款": False},
            amount=one.total,
            quantity=pieces.get(one.id, Decimal(1)),
        )
        for one in orders
    ]


def refunded_orders(refund_ids: Iterable[int], now: datetime) -> list[NewInput]:
    """Refunds as sales below zero of the same measure: they take back what the sale had moved.

    What a refund in a later period does is the plan's to say; the order's number keeps the two together.
    """
    refunds = commerce.refunds_by_id(sorted(set(refund_ids)))
    orders = {one.id: one for one in commerce.orders_by_id([one.shop_order_id for one in refunds.values()])}
    parties, facts = order_parties(orders.values()), customer_facts(orders.values(), now)
    news = []
    for refund in refunds.values():
        order = orders[refund.shop_order_id]
        news.append(
            NewInput(
                measure=PAID,
                source=Ref(SHOP_ORDER, order.id),
                at=refund.at,
                unit_id=order.unit_id,
                parties=parties[order.id],
                facts=facts[order.customer_id] | {"订单.编号": str(order.id), "订单.退款": True},
                amount=-refund.amount,
                quantity=Decimal(0),
                key=f"shop_order.refunded:{refund.id}",
            )
        )
    return news


def order_parties(orders: Iterable[ShopOrderRow]) -> dict[int, dict[str, Ref]]:
    """Who holds which role of an order: the store or partner it is credited to, and the customer."""
    rows = list(orders)
    units = org.units({one.unit_id for one in rows})
    found = {}
    for one in rows:
        parties = {"unit": Ref("unit", one.unit_id)}
        if units[one.unit_id].kind is UnitKind.PARTNER:
            parties["partner"] = Ref("unit", one.unit_id)
        parties["customer"] = Ref("customer", one.customer_id)
        found[one.id] = parties
    return found


def customer_facts(orders: Iterable[ShopOrderRow], now: datetime) -> Mapping[int, dict[str, object]]:
    names = [name for kind, name in registry.facts if kind == "customer"]
    return read_facts(names, "customer", sorted({one.customer_id for one in orders}), now)


MEASURES = {COMPLETED: completed}
