"""Who a rule means, for one run."""

from collections.abc import Mapping
from typing import Any

from shuniu.core.flow.people import ByFact, ByRole, ByStaffField, People
from shuniu.core.flow.state import CUSTOMER, staff
from shuniu.org import queries as org

LAST_RESORT = "admin"


def parties(rule: People, *, unit_id: int, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Keys of the parties asked. Where a rule finds nobody the administrators are asked, so that nothing stands still."""
    found = staff_ids(rule, unit_id=unit_id, facts=facts)
    if not found and not isinstance(rule, ByRole | ByFact | ByStaffField):
        return (CUSTOMER.key,)
    if not found:
        found = _with_role(LAST_RESORT, unit_id=unit_id, up=True)
    return tuple(staff(staff_id).key for staff_id in found)


def staff_ids(rule: People, *, unit_id: int, facts: Mapping[str, Any]) -> tuple[int, ...]:
    """Ids of the staff a rule means; empty when it finds nobody, or means no staff at all."""
    if isinstance(rule, ByRole):
        return _with_role(rule.role, unit_id=unit_id, up=rule.up)
    if isinstance(rule, ByFact | ByStaffField):
        chosen = facts.get(rule.fact if isinstance(rule, ByFact) else rule.field)
        ids = [chosen] if isinstance(chosen, int) else []
        return tuple(staff_id for staff_id in ids if staff_id in org.staff_card(ids))
    return ()


def _with_role(role: str, *, unit_id: int, up: bool) -> tuple[int, ...]:
    return tuple(card.id for card in org.staff_with(role=role, unit_id=unit_id, upward=up))
