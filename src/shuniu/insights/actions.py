"""Counting: from batches of the feed as they come, or all over again from the event table."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from shuniu.foundation.hub import Event
from shuniu.insights.contracts import METRICS

_BY_EVENT = {metric.event: metric for metric in METRICS}
STEP_CLOSED = "flow.step_closed"
COUNTED = (*_BY_EVENT, STEP_CLOSED)

_ADD_DAILY = """
INSERT INTO insights_daily (unit_id, day, metric, count, total)
SELECT * FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::bigint[], %s::numeric[])
ON CONFLICT (unit_id, day, metric) DO UPDATE
SET count = insights_daily.count + excluded.count, total = insights_daily.total + excluded.total
"""
_ADD_NODES = """
INSERT INTO insights_node_daily (unit_id, day, node, count, working_seconds, wall_seconds)
SELECT * FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[])
ON CONFLICT (unit_id, day, node) DO UPDATE
SET count = insights_node_daily.count + excluded.count,
    working_seconds = insights_node_daily.working_seconds + excluded.working_seconds,
    wall_seconds = insights_node_daily.wall_seconds + excluded.wall_seconds
"""


def count(events: Sequence[Event]) -> None:
    """Add a batch of the feed. Runs in the transaction that moves the cursor, so each event counts once."""
    zone = ZoneInfo(settings.SHUNIU.time_zone)
    daily: dict[tuple[int, date, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    nodes: dict[tuple[int, date, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for event in events:
        if event.unit_id is None:
            continue
        day = event.at.astimezone(zone).date()
        if event.name == STEP_CLOSED:
            _add_node(nodes[event.unit_id, day, str(event.data["node"])], event)
        else:
            metric = _BY_EVENT[event.name]
            cell = daily[event.unit_id, day, metric.key]
            cell[0] += 1
            cell[1] += Decimal(str(event.data.get(metric.value, 0))) if metric.value else 0
    with connection.cursor() as cursor:
        # one order everywhere, so that two workers never wait for each other in a ring
        if daily:
            cursor.execute(_ADD_DAILY, _columns(sorted(daily.items())))
        if nodes:
            cursor.execute(_ADD_NODES, _columns(sorted(nodes.items())))


def _add_node(cell: list[int], event: Event) -> None:
    cell[0] += 1
    cell[1] += int(event.data.get("working_seconds", 0))
    cell[2] += int(event.data.get("wall_seconds", 0))


def _columns(items: Sequence[tuple[tuple[int, date, str], Sequence[int | Decimal]]]) -> list[list[object]]:
    return [list(column) for column in zip(*((*key, *values) for key, values in items), strict=True)]


_REBUILD_DAILY = """
INSERT INTO insights_daily (unit_id, day, metric, count, total)
SELECT e.unit_id, (e.at AT TIME ZONE %s)::date, m.metric, count(*),
       coalesce(sum((e.data ->> m.value)::numeric), 0)
FROM event e JOIN unnest(%s::text[], %s::text[], %s::text[]) AS m(name, metric, value) ON m.name = e.name
WHERE e.unit_id IS NOT NULL
GROUP BY 1, 2, 3
"""
_REBUILD_NODES = """
INSERT INTO insights_node_daily (unit_id, day, node, count, working_seconds, wall_seconds)
SELECT e.unit_id, (e.at AT TIME ZONE %s)::date, e.data ->> 'node', count(*),
       coalesce(sum((e.data ->> 'working_seconds')::bigint), 0), coalesce(sum((e.data ->> 'wall_seconds')::bigint), 0)
FROM event e WHERE e.name = %s AND e.unit_id IS NOT NULL
GROUP BY 1, 2, 3
"""


@transaction.atomic
def rebuild() -> None:
    """Count everything again, in two statements. The subscriber must stand still meanwhile (it is locked out)."""
    zone = settings.SHUNIU.time_zone
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE insights_daily, insights_node_daily IN EXCLUSIVE MODE")
        cursor.execute("DELETE FROM insights_daily")
        cursor.execute("DELETE FROM insights_node_daily")
        names = [metric.event for metric in METRICS]
        keys = [metric.key for metric in METRICS]
        values = [metric.value for metric in METRICS]
        cursor.execute(_REBUILD_DAILY, [zone, names, keys, values])
        cursor.execute(_REBUILD_NODES, [zone, STEP_CLOSED])
