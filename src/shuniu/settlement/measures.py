"""Measures: from a thing in a lower domain to the input it causes, with the facts as they are at that moment."""

from collections.abc import Sequence
from datetime import datetime

from shuniu.foundation.hub import Ref, read_facts, registry
from shuniu.settlement.contracts import NewInput, UnknownParty
from shuniu.work_orders import queries as work_orders

COMPLETED = "work_order.completed"
WORK_ORDER = "work_order"
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


MEASURES = {COMPLETED: completed}
