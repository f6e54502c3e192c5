"""Work orders; their kinds are everybody's."""

from tests.factories import work_orders
from tests.factories.org import EARLY, HOUSE, House
from tests.factories.work_orders import Shop
from tests.samples.customers import customer

from shuniu.foundation.text import Text
from shuniu.work_orders import actions
from shuniu.work_orders.models import WorkOrderKind

KIND = "ac_high_install"


def shop(house: House) -> Shop:
    """The store as the factories of work orders know it, with the shipped flow and one kind of order."""
    kind = WorkOrderKind.objects.filter(key=KIND).first()
    if kind is None:
        actions.publish_shipped(by=HOUSE, now=EARLY)
        name = Text("高空空调安装", "High-rise installation")
        kind_id = actions.create_kind(
            key=KIND,
            name=name,
            flow_key="ac_install",
            service_minutes=150,
            skills=("空调安装",),
            by=HOUSE,
            now=EARLY,
        ).id
    else:
        kind_id = kind.pk
    return Shop(
        hq=house.units["HQ"],
        region=house.units["HZ"],
        store=house.units["WHGG"],
        sister=house.units["SHXH"],
        customer=customer(house),
        staff=house.staff,
        kinds={KIND: kind_id},
    )


def order(house: House) -> int:
    return work_orders.order(shop(house)).id


SAMPLES = {"/work-orders/{order_id}": order}
EVERYWHERE = {"/work-order-kinds/{kind_id}": "one catalogue of work for the whole enterprise"}
