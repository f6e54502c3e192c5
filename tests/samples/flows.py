"""What flows ask of people and what got stuck; the designs are everybody's."""

from tests.factories import work_orders
from tests.factories.org import House
from tests.samples.work_orders import shop

from shuniu.flows.models import FlowEffect


def _work(house: House) -> int:
    place = shop(house)
    made = work_orders.offered(place)
    step = next(step for step in work_orders.run_of(made.id).steps if step.status == "open")
    return step.works[0].id


def _stuck(house: House) -> int:
    work_orders.order(shop(house))
    effect = FlowEffect.objects.latest("id")
    FlowEffect.objects.filter(pk=effect.pk).update(status="incident")
    return effect.pk


SAMPLES = {
    "/flow-works/{work_id}": _work,
    "/flow-incidents/{effect_id}": _stuck,
}
EVERYWHERE = {
    "/flows/{key}": "flows are designed once for the whole enterprise",
    "/flow-versions/{version_id}": "as flows",
}
