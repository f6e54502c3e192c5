"""Purchases; the catalogue is everybody's."""

from decimal import Decimal

from tests.factories.org import HOUSE, NOON, House

from shuniu.commerce.actions.orders import NewLine, NewOrder, load_orders
from shuniu.commerce.contracts import ShopOrderStatus
from shuniu.customers import actions as customers


def _order(house: House) -> int:
    buyer = customers.create(name="李先生", unit_id=house.units["WHGG"], by=HOUSE, now=NOON)
    line = NewLine(name="空调", quantity=Decimal(1), price=Decimal(2899), amount=Decimal(2899))
    order = NewOrder(
        no="S1",
        customer_id=buyer.id,
        unit_id=house.units["WHGG"],
        placed_at=NOON,
        paid_at=NOON,
        status=ShopOrderStatus.PAID,
        lines=(line,),
    )
    return load_orders(rows=[order], by=HOUSE, now=NOON)[0]


SAMPLES = {"/orders/{order_id}": _order}
EVERYWHERE = {
    "/products/{product_id}": "one catalogue for the whole enterprise",
    "/spare-parts/{part_id}": "one catalogue for the whole enterprise",
}
