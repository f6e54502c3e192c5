"""What somebody earned and is paid; plans are everybody's."""

from tests.factories import plans
from tests.factories.org import EARLY, HOUSE, NOON, House
from tests.samples.work_orders import order

from shuniu.foundation.hub import Ref
from shuniu.settlement import actions
from shuniu.settlement.models import Earning


def _earning(house: House) -> int:
    actions.publish_plan(document=plans.field_work_document(), effective_from=EARLY, by=HOUSE, now=EARLY)
    actions.record_input(
        measure="work_order.completed",
        source=Ref("work_order", order(house)),
        at=NOON,
        unit_id=house.units["WHGG"],
        parties={"worker": Ref("staff", house.staff["zhang"])},
        facts=plans.HIGH_RISE,
        by=HOUSE,
        now=NOON,
    )
    return Earning.objects.latest("id").pk


SAMPLES = {
    "/settlement/earnings/{earning_id}": _earning,
    "/settlement/work-orders/{order_id}": order,
}
EVERYWHERE = {
    "/settlement/payout-batches/{batch_id}": "batches pay people of all stores; only who may see all sees them",
    "/settlement/plans/{plan_id}": "plans are published for the whole enterprise",
    "/settlement/plan-versions/{version_id}": "as plans",
    "/settlement/runs/{run_id}": "a run settles all stores; only who may run settlements sees it",
    "/settlement/periods/{period_id}": "a period is closed for the whole enterprise",
    "/settlement/days/{day}": "a day is no subject; its figures are scoped (tests/settlement)",
}
