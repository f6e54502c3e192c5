"""What flows ask of people, what got stuck, and a flow that a store keeps for itself."""

from tests.factories import work_orders
from tests.factories.org import EARLY, HOUSE, House
from tests.samples.work_orders import shop

from shuniu.flows import actions
from shuniu.flows.actions.drafts import create_flow
from shuniu.flows.models import FlowEffect
from shuniu.flows.queries.choices import template
from shuniu.foundation.text import Text


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


def _own(house: House) -> str:
    return create_flow(
        name=Text(zh="本店流程", en="Ours"),
        document=template("blank").document,
        subject="customer",
        unit_id=house.units["WHGG"],
        by=HOUSE,
        now=EARLY,
    )


def _version(house: House) -> int:
    document = {**template("blank").document, "subject": "customer"}
    made = actions.publish(key="ours", document=document, unit_id=house.units["WHGG"], by=HOUSE, now=EARLY)
    return made.id


SAMPLES = {
    "/flows/{key}": _own,
    "/flow-versions/{version_id}": _version,
    "/flow-works/{work_id}": _work,
    "/flow-incidents/{effect_id}": _stuck,
}
