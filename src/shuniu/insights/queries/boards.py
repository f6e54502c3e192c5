"""Reading the counters, within the units the asker may see."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from shuniu.flows import queries as flows
from shuniu.foundation.access import Actor
from shuniu.insights.contracts import METRICS, DayPoint, Figure, NodeStay, UnitFigure
from shuniu.insights.permissions import READ
from shuniu.org.queries import subtree_ids, visible_sql

BASE_DAYS = 7

_FIGURES = """
SELECT d.metric,
       coalesce(sum(d.count) FILTER (WHERE d.day = %s), 0), coalesce(sum(d.total) FILTER (WHERE d.day = %s), 0),
       coalesce(sum(d.count) FILTER (WHERE d.day < %s), 0), coalesce(sum(d.total) FILTER (WHERE d.day < %s), 0)
FROM insights_daily d WHERE d.day > %s AND d.day <= %s AND {visible} GROUP BY d.metric
"""


def figures(*, actor: Actor, day: date, locale: str, unit_id: int | None = None) -> list[Figure]:
    """Every metric of a day, each beside the mean of the seven days before it."""
    condition, scope = _where(actor, unit_id)
    first = day - timedelta(days=BASE_DAYS + 1)
    rows = _all(_FIGURES.format(visible=condition), [day, day, day, day, first, day, *scope])
    found = {row[0]: row[1:] for row in rows}
    return [
        Figure(
            key=metric.key,
            name=metric.text.pick(locale),
            day=day,
            count=int(values[0]),
            total=Decimal(values[1]),
            base_count=(Decimal(values[2]) / BASE_DAYS).quantize(Decimal("0.1")),
            base_total=(Decimal(values[3]) / BASE_DAYS).quantize(Decimal("0.01")),
            link=metric.link.format(first=day, last=day),
            base_link=metric.link.format(first=day - timedelta(days=BASE_DAYS), last=day - timedelta(days=1)),
        )
        for metric in METRICS
        for values in [found.get(metric.key, (0, 0, 0, 0))]
    ]


_SERIES = """
SELECT d.day, d.metric, sum(d.count), sum(d.total) FROM insights_daily d
WHERE d.day BETWEEN %s AND %s AND {visible} GROUP BY d.day, d.metric ORDER BY d.day, d.metric
"""


def series(*, actor: Actor, first: date, last: date, unit_id: int | None = None) -> list[DayPoint]:
    """Each metric by day, both ends included."""
    condition, scope = _where(actor, unit_id)
    rows = _all(_SERIES.format(visible=condition), [first, last, *scope])
    return [DayPoint(day=r[0], key=r[1], count=int(r[2]), total=Decimal(r[3])) for r in rows]


_UNITS = """
SELECT u.id, u.name, d.metric, sum(d.count), sum(d.total)
FROM insights_daily d JOIN org_unit u ON u.id = d.unit_id
WHERE d.day BETWEEN %s AND %s AND {visible} GROUP BY u.id, u.name, d.metric ORDER BY u.id, d.metric
"""


def by_unit(*, actor: Actor, first: date, last: date, unit_id: int | None = None) -> list[UnitFigure]:
    """Each metric by unit over a span of days: what a figure of a region is made of."""
    condition, scope = _where(actor, unit_id)
    rows = _all(_UNITS.format(visible=condition), [first, last, *scope])
    return [
        UnitFigure(unit_id=r[0], unit_name=r[1], key=r[2], count=int(r[3]), total=Decimal(r[4])) for r in rows
    ]


def node_stays(
    *, actor: Actor, first: date, last: date, zone: ZoneInfo, locale: str, unit_id: int | None = None
) -> list[NodeStay]:
    """Where orders spend their time, the slowest node first; days of ``zone``, both ends included."""
    since = datetime.combine(first, time.min, zone)
    until = datetime.combine(last + timedelta(days=1), time.min, zone)
    return [
        NodeStay(
            flow=node.flow,
            flow_name=node.flow_name.pick(locale),
            node=node.node,
            name=node.node_name.pick(locale),
            count=node.count,
            working_seconds=node.working_seconds,
            wall_seconds=node.wall_seconds,
        )
        for node in flows.node_times(actor=actor, since=since, until=until, unit_id=unit_id)
    ]


def _where(actor: Actor, unit_id: int | None) -> tuple[str, list[Any]]:
    """Scope, and below one unit if asked: the unit itself and its sub-tree."""
    condition, params = visible_sql(actor=actor, permission=READ, unit="d.unit_id")
    if unit_id is None:
        return condition, list(params)
    return f"({condition}) AND d.unit_id = ANY(%s)", [*params, subtree_ids(unit_id)]


def _all(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
