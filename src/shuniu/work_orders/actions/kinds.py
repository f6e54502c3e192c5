"""Kinds of work order are kept."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from shuniu.flows import queries as flows
from shuniu.foundation.access import Actor, require
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.work_orders.contracts import KindCard, KindKeyTaken, KindUnknown
from shuniu.work_orders.models import WorkOrderKind
from shuniu.work_orders.permissions import MANAGE_KINDS
from shuniu.work_orders.queries.kinds import kind_card


@transaction.atomic
def create_kind(
    *,
    key: str,
    name: Text,
    flow_key: str,
    service_minutes: int,
    by: Actor,
    now: datetime,
    skills: Sequence[str] = (),
    difficulty: Decimal = Decimal(1),
    on_site: bool = True,
) -> KindCard:
    """Add a kind that runs a published flow. KindKeyTaken, FlowNotFound."""
    require(by, MANAGE_KINDS)
    flows.current_version(flow_key)
    row, created = WorkOrderKind.objects.get_or_create(
        key=key,
        defaults={
            "name_zh": name.zh,
            "name_en": name.en,
            "flow_key": flow_key,
            "service_minutes": service_minutes,
            "skills": list(skills),
            "difficulty": difficulty,
            "on_site": on_site,
            "created_at": now,
        },
    )
    if not created:
        raise KindKeyTaken(field="key", key=key)
    _record("work_order.kind_create", row, by, now)
    return kind_card(row)


@transaction.atomic
def update_kind(
    *,
    kind_id: int,
    name: Text,
    flow_key: str,
    service_minutes: int,
    skills: Sequence[str],
    difficulty: Decimal,
    archived: bool,
    by: Actor,
    now: datetime,
) -> KindCard:
    """Change a kind. Orders that exist keep what they were made with."""
    require(by, MANAGE_KINDS)
    row = WorkOrderKind.objects.select_for_update().filter(pk=kind_id).first()
    if row is None:
        raise KindUnknown(field="kind_id")
    flows.current_version(flow_key)
    row.name_zh, row.name_en, row.flow_key = name.zh, name.en, flow_key
    row.service_minutes, row.skills, row.difficulty = service_minutes, list(skills), difficulty
    row.archived_at = (row.archived_at or now) if archived else None
    row.save()
    _record("work_order.kind_update", row, by, now)
    return kind_card(row)


def _record(action: str, row: WorkOrderKind, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        action=action,
        subject=Ref("work_order_kind", row.pk),
        after={"key": row.key, "flow": row.flow_key, "minutes": row.service_minutes},
    )
