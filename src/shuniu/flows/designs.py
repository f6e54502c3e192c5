"""Which flows a person may see and change: those of the enterprise, of their units, and of units above."""

from collections import defaultdict
from collections.abc import Iterable

from shuniu.flows.contracts import FlowNotFound
from shuniu.flows.models import FlowDefinition
from shuniu.flows.permissions import READ
from shuniu.foundation.access import Actor, Permission, scope_of
from shuniu.foundation.errors import Forbidden
from shuniu.org import queries as org


def seen(*, actor: Actor, rows: Iterable[FlowDefinition]) -> list[FlowDefinition]:
    """Those the actor may see. A flow of a unit is seen in it, below it, and by who reads there from above."""
    found = list(rows)
    owners = {row.unit_id for row in found if row.unit_id is not None}
    if not owners:
        return found
    reach = org.visible_units(actor=actor, permission=READ)
    if reach is None:
        return found
    shown = {owner for owner in owners if owner in reach or reach & set(org.subtree_ids(owner))}
    return [row for row in found if row.unit_id is None or row.unit_id in shown]


def find(*, key: str, actor: Actor, lock: bool = False) -> FlowDefinition:
    """A flow the actor may see. FlowNotFound otherwise."""
    rows = FlowDefinition.objects.filter(key=key).select_related("current", "draft")
    if lock:
        rows = rows.select_for_update(no_key=True, of=("self",))
    row = next(iter(seen(actor=actor, rows=rows)), None)
    if row is None:
        raise FlowNotFound()
    return row


def may_change(*, actor: Actor, permission: Permission, unit_id: int | None) -> bool:
    """Whether the permission reaches flows of that unit; those of the enterprise need it everywhere."""
    if unit_id is None:
        return actor.is_system or scope_of(actor, permission).everything
    return bool(org.covers(actor=actor, permission=permission, unit_ids=[unit_id]))


def require_change(*, actor: Actor, permission: Permission, unit_id: int | None) -> None:
    if not may_change(actor=actor, permission=permission, unit_id=unit_id):
        raise Forbidden()


def people_names(keys: Iterable[str]) -> dict[str, str]:
    """Who acted (`staff:12`), by name; the house itself has none."""
    wanted = {key: int(key.partition(":")[2]) for key in keys if key.startswith("staff:")}
    cards = org.staff_card(wanted.values())
    return defaultdict(str, {key: cards[staff].name for key, staff in wanted.items() if staff in cards})
