"""A fixed fee and a share of each order, with free allowances, bounds, and refunds that move an order's net."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuniu.core.settlement.context import Context
from shuniu.core.settlement.models.model import Model, Share, bucket_text, line_amount, to_one
from shuniu.core.settlement.plan import ZERO, PerOrder


@dataclass(slots=True)
class Order:
    """One order so far: what it sold net of refunds, what of it is free, and what it earned."""

    net: Decimal = ZERO
    free: Decimal = ZERO
    pays_fee: bool = True
    earned: Decimal = ZERO


def per_order_together(component: PerOrder, context: Context) -> str | None:
    if component.free_orders is not None or component.free_amount is not None:
        return bucket_text(component, context)
    return None if component.order is None else context.text(component.order)


def per_order_moves(component: PerOrder, contexts: Sequence[Context]) -> list[list[Share]]:
    found = []
    earned: dict[str, Decimal] = {}
    for context, (key, order) in zip(contexts, orders_in_turn(component, contexts), strict=True):
        found.append(to_one(component, context, order.earned - earned.get(key, ZERO)))
        earned[key] = order.earned
    return found


def orders_in_turn(component: PerOrder, contexts: Sequence[Context]) -> Iterator[tuple[str, Order]]:
    """The order each input belongs to, as it stands after that input."""
    orders: dict[str, Order] = {}
    allowance = Allowance(component)
    for position, context in enumerate(contexts):
        key = str(position) if component.order is None else context.text(component.order)
        amount = context.number(component.amount, f"components.{component.key}.amount")
        order = orders.get(key)
        if order is None:
            order = orders[key] = allowance.admit(context, amount)
        else:
            allowance.total += amount
        order.net += amount
        order.earned = line_amount(component, context, order_worth(component, context, order))
        yield key, order


def orders_so_far(component: PerOrder, contexts: Sequence[Context]) -> Order:
    """The order of the last input, as it stands after it."""
    *_, (_, order) = orders_in_turn(component, contexts)
    return order


class Allowance:
    """What is free of charge: the first orders, up to an amount; the smaller allowance applies."""

    def __init__(self, component: PerOrder) -> None:
        self.component = component
        self.total = ZERO
        self.used = ZERO
        self.orders = 0

    def admit(self, context: Context, amount: Decimal) -> Order:
        """A new order, with its free part. It pays no fee while the running total stays below the allowance."""
        component = self.component
        self.orders += 1
        self.total += amount
        is_among_first = component.free_orders is None or self.orders <= component.free_orders
        limit = self.total if is_among_first else self.used
        is_below = is_among_first
        if component.free_amount is not None:
            free_amount = context.number(component.free_amount, f"components.{component.key}.free_amount")
            limit = min(limit, free_amount)
            is_below = is_below and self.total < free_amount
        elif component.free_orders is None:
            limit, is_below = ZERO, False
        free = max(limit - self.used, ZERO)
        self.used += free
        return Order(free=free, pays_fee=not is_below)


def order_worth(component: PerOrder, context: Context, order: Order) -> Decimal:
    """What an order is worth at its net; the bounds are those of an order that pays anything at all."""
    place = f"components.{component.key}"
    if order.net == 0 and not component.keep_fee and component.order is not None and order.earned:
        return ZERO
    if not order.pays_fee and order.net <= order.free:
        return ZERO
    sold = max(order.net - order.free, ZERO) if order.free else order.net
    share = sold * context.number(component.rate, f"{place}.rate")
    worth = share + (context.number(component.fixed, f"{place}.fixed") if order.pays_fee else ZERO)
    if component.minimum is not None:
        worth = max(worth, context.number(component.minimum, f"{place}.minimum"))
    if component.maximum is not None:
        worth = min(worth, context.number(component.maximum, f"{place}.maximum"))
    return worth


PER_ORDER = Model(per_order_moves, per_order_together)
