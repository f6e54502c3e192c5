"""Counting batches of the feed as they come."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import connection

from shuniu.foundation.hub import Event
from shuniu.insights.contracts import METRICS

_BY_EVENT = {metric.event: metric for metric in METRICS}
COUNTED = tuple(_BY_EVENT)

_ADD_DAILY = """
INSERT INTO insights_daily (unit_id, day, metric, count, total)
SELECT * FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::bigint[], %s::numeric[])
ON CONFLICT (unit_id, day, metric) DO UPDATE
SET count = insights_daily.count + excluded.count, total = insights_daily.total + excluded.total
"""


def count(*, events: Sequence[Event], zone: ZoneInfo) -> None:
    """Add a batch of the feed to the days of ``zone``, in the transaction that moves the cursor: each counts once."""
    daily: dict[tuple[int, date, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for event in events:
        if event.unit_id is None:
            continue
        day = event.at.astimezone(zone).date()
        metric = _BY_EVENT[event.name]
        cell = daily[event.unit_id, day, metric.key]
        cell[0] += 1
        cell[1] += Decimal(str(event.data.get(metric.value, 0))) if metric.value else 0
    if not daily:
        return
    with connection.cursor() as cursor:
        # one order everywhere, so that two workers never wait for each other in a ring
        cursor.execute(_ADD_DAILY, _columns(sorted(daily.items())))


def _columns(items: Sequence[tuple[tuple[int, date, str], Sequence[Decimal]]]) -> list[list[object]]:
    return [list(column) for column in zip(*((*key, *values) for key, values in items), strict=True)]
