"""Who stands in for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from shuniu.flows.models import FlowDeputy
from shuniu.org import queries as org


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyRow:
    """From a moment until a moment, now or later."""

    id: int
    staff_id: int
    staff_name: str
    deputy_id: int
    deputy_name: str
    since: datetime
    until: datetime
    note: str
    in_force: bool


def deputies(staff_id: int, *, now: datetime) -> list[DeputyRow]:
    """Who stands in for this person, and for whom they do; the next first."""
    rows = list(
        FlowDeputy.objects.filter(
            Q(staff_id=staff_id) | Q(deputy_id=staff_id), ended_at__isnull=True, until__gt=now
        ).order_by("since", "id")
    )
    names = org.staff_card({one for row in rows for one in (row.staff_id, row.deputy_id)})
    return [
        DeputyRow(
            id=row.pk,
            staff_id=row.staff_id,
            staff_name=names[row.staff_id].name,
            deputy_id=row.deputy_id,
            deputy_name=names[row.deputy_id].name,
            since=row.since,
            until=row.until,
            note=row.note,
            in_force=row.since <= now,
        )
        for row in rows
    ]


def represented(staff_id: int, now: datetime) -> "QuerySet[FlowDeputy, int]":
    """Ids of those somebody stands in for at this moment."""
    rows = FlowDeputy.objects.filter(deputy_id=staff_id, ended_at__isnull=True, since__lte=now, until__gt=now)
    return rows.values_list("staff_id", flat=True)
