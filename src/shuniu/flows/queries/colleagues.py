"""Whom a piece of work may be handed to: people at home in the run's unit or a unit above it."""

from shuniu.flows.models import FlowRun
from shuniu.org import queries as org
from shuniu.org.contracts import StaffCard

SHOWN_MAX = 50


def colleagues(run_id: int, *, text: str = "") -> list[StaffCard]:
    """Those whose name holds the text, nearest units first, at most 50. Who may see the run is the caller's question."""
    unit_id = FlowRun.objects.filter(pk=run_id).values_list("unit_id", flat=True).first()
    if unit_id is None:
        return []
    units = [unit_id, *(unit.id for unit in reversed(org.ancestors(unit_id)))]
    near = {one: place for place, one in enumerate(units)}
    found = [card for card in org.staff_of_units(units) if text.strip() in card.name]
    return sorted(found, key=lambda card: (near[card.unit_id], card.name, card.id))[:SHOWN_MAX]
