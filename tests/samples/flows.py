"""What flows ask of people, what got stuck, and a flow that a store keeps for itself."""

from datetime import timedelta

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


def _run(house: House) -> int:
    place = shop(house)
    return work_orders.run_of(work_orders.offered(place).id).id


def _step(house: House) -> int:
    place = shop(house)
    made = work_orders.offered(place)
    return next(step for step in work_orders.run_of(made.id).steps if step.status == "open").id


def _deputy(house: House) -> int:
    place = shop(house)
    return actions.deputise(
        staff_id=place.staff["xiaoli"],
        deputy_id=place.staff["chen"],
        since=work_orders.MORNING,
        until=work_orders.MORNING + timedelta(days=1),
        by=HOUSE,
        now=work_orders.MORNING,
    )


SAMPLES = {
    "/flow-runs/{run_id}": _run,
    "/flow-steps/{step_id}": _step,
    "/my/deputies/{deputy_row_id}": _deputy,
    "/flows/{key}": _own,
    "/flow-versions/{version_id}": _version,
    "/flow-works/{work_id}": _work,
    "/flow-incidents/{effect_id}": _stuck,
}
