"""Kinds of work order."""

from shuniu.foundation.text import Text
from shuniu.work_orders.contracts import KindCard
from shuniu.work_orders.models import WorkOrderKind


def kinds(*, archived: bool = False) -> list[KindCard]:
    """Kinds by key; the archived only when asked for."""
    rows = WorkOrderKind.objects.order_by("id")
    return [kind_card(row) for row in (rows if archived else rows.filter(archived_at__isnull=True))]


def kind_card(row: WorkOrderKind) -> KindCard:
    """The row as others know it."""
    return KindCard(
        id=row.pk,
        key=row.key,
        name=Text(zh=row.name_zh, en=row.name_en),
        flow_key=row.flow_key,
        service_minutes=row.service_minutes,
        skills=tuple(row.skills),
        difficulty=row.difficulty,
        archived=row.archived_at is not None,
    )
