"""Who a rule means, for one run, and who stands in for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shuniu.core import feel
from shuniu.core.flow import conditions
from shuniu.core.flow.document import FlowDocument, handler_fact
from shuniu.core.flow.people import (
    ByCustomer,
    ByFact,
    ByFeel,
    ByPerson,
    ByPosition,
    ByRole,
    BySeveral,
    ByStaffField,
    ByStarter,
    ByStep,
    ByStoreHead,
    BySupervisor,
    BySystem,
    People,
)
from shuniu.core.flow.state import CUSTOMER, Party, staff
from shuniu.foundation.database.prepared import prepared_cursor
from shuniu.foundation.hub import read_facts, registry
from shuniu.org import queries as org
from shuniu.org.contracts import StaffCard, UnitKind

HEADS: Mapping[UnitKind, str] = {
    UnitKind.STORE: "store_manager",
    UnitKind.PARTNER: "partner",
    UnitKind.REGION: "region_manager",
    UnitKind.HQ: "hq_operator",
}
"""The role that heads a unit of a kind, where nobody there is a supervisor by position."""
SUPERVISOR = "supervisor"
DEPUTIES = """
select d.staff_id, d.deputy_id from flow_deputy d join org_staff s on s.id = d.deputy_id and s.archived_at is null
where d.staff_id = any(%s) and d.ended_at is null and d.since <= %s and d.until > %s order by d.id
"""
CUSTOMERS_UNIT, CUSTOMERS_OWNER = "客户.门店", "客户.负责人"


@dataclass(frozen=True, slots=True)
class Place:
    """What rules are asked of: the run's unit and customer, its facts, who started it."""

    unit_id: int
    customer_id: int | None
    facts: Mapping[str, Any]
    starter: Party | None
    document: FlowDocument
    now: datetime


def parties(rule: People, place: Place) -> tuple[str, ...]:
    """Keys of the parties asked; empty when the rule finds nobody."""
    if isinstance(rule, ByCustomer):
        return (CUSTOMER.key,)
    return tuple(staff(staff_id).key for staff_id in staff_ids(rule, place))


def deputies(keys: Sequence[str], now: datetime) -> dict[str, str]:
    """Who stands in for those asked at this moment; a deputy's own deputy is not asked."""
    ids = [party.id for key in keys if (party := Party.of(key)).id is not None]
    if not ids:
        return {}
    with prepared_cursor() as cursor:
        cursor.execute(DEPUTIES, (ids, now, now))
        return {staff(asked).key: staff(deputy).key for asked, deputy in cursor.fetchall()}


def staff_ids(rule: People, place: Place) -> tuple[int, ...]:
    """Ids of the staff a rule means, each once, in its order; empty when it finds nobody, or means no staff."""
    return tuple(dict.fromkeys(_found(rule, place)))


def _found(rule: People, place: Place) -> Iterable[int]:
    if isinstance(rule, ByRole | ByPosition):
        unit_id = _number(place.facts.get(rule.unit)) if rule.unit else None
        asked = {"role": rule.role} if isinstance(rule, ByRole) else {"position": rule.position}
        return _ids(org.staff_with(unit_id=unit_id or place.unit_id, upward=rule.up, **asked))
    if isinstance(rule, BySupervisor):
        return _supervisors(rule, place)
    if isinstance(rule, ByStoreHead):
        unit_id = _number(_of_customer(place, CUSTOMERS_UNIT)) or place.unit_id
        return _ids(_heads(unit_id, upward=True))
    if isinstance(rule, BySeveral):
        return [staff_id for one in rule.rules for staff_id in _found(one, place)]
    if isinstance(rule, ByCustomer | BySystem):
        return ()
    return _known(_named(rule, place))


def _named(rule: People, place: Place) -> Any:
    """What a rule that names people itself says."""
    if isinstance(rule, ByPerson):
        return rule.staff_ids
    if isinstance(rule, ByStarter):
        return place.starter.id if place.starter else None
    if isinstance(rule, ByStep):
        return place.facts.get(handler_fact(rule.node))
    if isinstance(rule, ByFact):
        return _fact(rule.fact, place)
    if isinstance(rule, ByStaffField):
        return place.facts.get(rule.field)
    if isinstance(rule, ByFeel):
        try:
            return conditions.plain(
                conditions.value(rule.expression, place.document.names, place.facts, place.now)
            )
        except feel.FeelError:
            return None
    return None


def _known(named: Any) -> list[int]:
    """Those of the named ids that are staff and have not left."""
    values = named if isinstance(named, list | tuple) else [named]
    ids = [number for value in values if (number := _number(value)) is not None]
    cards = org.staff_card(ids) if ids else {}
    return [staff_id for staff_id in ids if staff_id in cards and not cards[staff_id].archived]


def _supervisors(rule: BySupervisor, place: Place) -> list[int]:
    """Up the units from where somebody is at home, one level for each that has a head other than them."""
    whose = _number(_fact(rule.of, place)) if rule.of else (place.starter.id if place.starter else None)
    card = org.staff_card([whose]).get(whose) if whose is not None else None
    unit_id: int | None = card.unit_id if card else place.unit_id
    levels: list[list[int]] = []
    while unit_id is not None and len(levels) < rule.levels:
        heads = [head.id for head in _heads(unit_id, upward=False) if head.id != whose]
        if heads:
            levels.append(heads)
        unit_id = org.unit(unit_id).parent_id
    if rule.chain:
        return [head for level in levels for head in level]
    return levels[-1] if len(levels) == rule.levels else []


def _heads(unit_id: int, *, upward: bool) -> list[StaffCard]:
    by_position = org.staff_with(position=SUPERVISOR, unit_id=unit_id, upward=False)
    if by_position:
        return by_position
    role = HEADS.get(org.unit(unit_id).kind)
    by_role = org.staff_with(role=role, unit_id=unit_id, upward=False) if role else []
    parent = org.unit(unit_id).parent_id
    return by_role if by_role or not upward or parent is None else _heads(parent, upward=True)


def _fact(name: str, place: Place) -> Any:
    """A fact of the run, else of its customer."""
    return place.facts[name] if name in place.facts else _of_customer(place, name)


def _of_customer(place: Place, name: str) -> Any:
    if place.customer_id is None or ("customer", name) not in registry.facts:
        return None
    return read_facts([name], "customer", [place.customer_id], place.now)[place.customer_id][name]


def _ids(cards: Iterable[StaffCard]) -> list[int]:
    return [card.id for card in cards]


def _number(value: Any) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
