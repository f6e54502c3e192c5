"""What something would pay, before it happens: the same parts, to the cent, that settlement will post."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from shuniu.core.settlement import Label
from shuniu.core.settlement.models.work_order import fee_of
from shuniu.core.settlement.plan import WorkOrderFee
from shuniu.foundation.text import Text
from shuniu.ledger.contracts import CURRENCY
from shuniu.settlement.contracts import IncomeLine, Preview
from shuniu.settlement.contracts.inputs import freeze
from shuniu.settlement.facts import value_of
from shuniu.settlement.measures import COMPLETED, work_order_facts
from shuniu.settlement.versions import Candidate, candidates, in_force, prepared_version, unit_paths
from shuniu.work_orders import queries as work_orders

NOTHING = Preview((), Decimal("0.00"), CURRENCY, None, None, None)


def text_of(label: Label) -> Text:
    return Text(zh=label.zh, en=label.pick("en"))


def preview(
    *,
    measure: str,
    facts: Mapping[str, Any],
    unit_id: int,
    at: datetime,
    level: str = "",
    kind: str = "",
) -> Preview:
    """The income lines of something with these facts; `total` is what the beneficiary of the plan would get."""
    path = unit_paths([unit_id]).get(unit_id, "")
    return preview_of(candidates(measure), facts, path, at, level, kind)


def preview_orders(order_ids: Iterable[int], now: datetime) -> dict[int, Preview]:
    """What each work order would pay its field worker if it were completed now."""
    orders = work_orders.cards(order_ids)
    facts = work_order_facts(list(orders), now)
    paths = unit_paths([order.unit_id for order in orders.values()])
    known = candidates(COMPLETED)
    return {
        id_: preview_of(
            known, facts[id_], paths[order.unit_id], order.completed_at or now, "", order.kind_key
        )
        for id_, order in orders.items()
    }


def preview_of(
    known: list[Candidate], facts: Mapping[str, Any], path: str, at: datetime, level: str, kind: str
) -> Preview:
    lines: list[IncomeLine] = []
    found: Preview | None = None
    for one in in_force(known, at, path, level, kind):
        paid = preview_version(one.id, facts, at, number=one.number)
        if paid.lines:
            lines += paid.lines
            found = found or paid
    if found is None:
        return NOTHING
    return replace(found, lines=tuple(lines), total=sum((line.amount for line in lines), Decimal("0.00")))


def preview_version(
    version_id: int, facts: Mapping[str, Any], at: datetime, *, number: int | None = None
) -> Preview:
    """What one version pays for these facts, whatever its window."""
    prepared = prepared_version(version_id)
    values = {name: value_of(freeze(value)) for name, value in facts.items()}
    lines = [
        IncomeLine(part.kind, text_of(part.text), text_of(part.formula), part.amount)
        for component in prepared.document.components
        if isinstance(component, WorkOrderFee)
        and (value := fee_of(prepared, component, values, at)) is not None
        for part in value.parts
    ]
    total = sum((line.amount for line in lines), Decimal("0.00"))
    document = prepared.document
    return Preview(tuple(lines), total, document.currency, version_id, text_of(document.name), number)
