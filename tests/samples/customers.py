"""Customers."""

from itertools import count

from tests.factories.org import HOUSE, NOON, House

from shuniu.customers import actions

_phones = count(7110001)


def customer(house: House) -> int:
    return actions.create(
        name="王女士",
        unit_id=house.units["WHGG"],
        phone=f"139{next(_phones):08d}",
        city="武汉",
        address="光谷大道 77 号 6 楼",
        by=HOUSE,
        now=NOON,
    ).id


SAMPLES = {"/customers/{customer_id}": customer}
