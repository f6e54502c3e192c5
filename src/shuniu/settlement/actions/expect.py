"""Remembering what orders will pay, for texts and cards that show it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from shuniu.settlement.measures import WORK_ORDER
from shuniu.settlement.queries.preview import preview_orders

KEEP = """
INSERT INTO settlement_expectation (source_kind, source_id, amount, plan_version_id, at)
SELECT %s, e.id, e.amount, e.version, %s FROM unnest(%s::bigint[], %s::numeric[], %s::bigint[]) AS e (id, amount, version)
 ORDER BY e.id
ON CONFLICT (source_kind, source_id) DO UPDATE
   SET amount = excluded.amount, plan_version_id = excluded.plan_version_id, at = excluded.at
"""


def expect(*, order_ids: Iterable[int], now: datetime) -> None:
    """Compute and keep what each work order would pay now. A projection: neither money nor audit depends on it."""
    found = preview_orders(sorted(set(order_ids)), now)
    if not found:
        return
    columns: list[Any] = [
        list(found),
        [one.total for one in found.values()],
        [one.plan_version_id for one in found.values()],
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(KEEP, [WORK_ORDER, now, *columns])
