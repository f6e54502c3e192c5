"""Cutting a run into parts: one for each party in a role, with the inputs it has to look at."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from shuniu.settlement.cutting import FILED

# What waits becomes the run's in one statement: no input is in two runs, and none is lost between them.
TAKE_WAITING = """
WITH taken AS (DELETE FROM settlement_waiting RETURNING *)
INSERT INTO settlement_run_part
       (run_id, measure, role, party_kind, party_id, inputs, input_count, first_at, last_at, status, lines, buckets,
        transactions, amount, error_zh, error_en)
SELECT %s, t.measure, t.role, t.party_kind, t.party_id, array_agg(i.id), count(*), min(t.first_at), max(t.last_at),
       'waiting', 0, 0, 0, 0, '', ''
  FROM taken t CROSS JOIN LATERAL unnest(t.inputs) AS i (id)
 GROUP BY t.measure, t.role, t.party_kind, t.party_id
 ORDER BY t.measure, t.role, t.party_kind, t.party_id
"""
# Every input of the plan's period, whoever holds the role; under '' whoever it is filed under.
TAKE_PERIOD = """
INSERT INTO settlement_run_part
       (run_id, measure, role, party_kind, party_id, inputs, input_count, first_at, last_at, status, lines, buckets,
        transactions, amount, error_zh, error_en)
SELECT %(run)s, found.measure, found.role, found.party_kind, found.party_id, array_agg(found.id), count(*),
       min(found.at), max(found.at), 'waiting', 0, 0, 0, 0, '', ''
  FROM (SELECT i.measure, r.role, i.id, i.at,
               CASE r.role WHEN '' THEN i.party_kind ELSE split_part(i.parties->>r.role, ':', 1) END AS party_kind,
               CASE r.role WHEN '' THEN i.party_id ELSE split_part(i.parties->>r.role, ':', 2)::bigint END AS party_id
          FROM settlement_input i
          JOIN unnest(%(measures)s::text[], %(roles)s::text[]) AS r (measure, role) ON r.measure = i.measure
         WHERE (r.role = '' OR i.parties ? r.role)
           AND (%(since)s::timestamptz IS NULL OR (i.at >= %(since)s AND i.at < %(until)s))) AS found
 GROUP BY found.measure, found.role, found.party_kind, found.party_id
 ORDER BY found.measure, found.role, found.party_kind, found.party_id
"""
COUNT = """
UPDATE settlement_run SET parts = p.parts, inputs = p.inputs
  FROM (SELECT count(*) AS parts, coalesce(sum(input_count), 0) AS inputs FROM settlement_run_part WHERE run_id = %s) p
 WHERE id = %s
"""
GIVE_BACK = """
WITH given AS (
    UPDATE settlement_run_part SET status = 'cancelled' WHERE run_id = %s AND status IN ('waiting', 'failed')
    RETURNING measure, role, party_kind, party_id, inputs, first_at, last_at)
INSERT INTO settlement_waiting (measure, role, party_kind, party_id, inputs, first_at, last_at)
SELECT * FROM given WHERE %s
"""


def take_waiting(run_id: int) -> None:
    """Make parts of everything that waits."""
    _make(TAKE_WAITING, [run_id], run_id)


def take_period(
    run_id: int,
    roles: Iterable[tuple[str, str]],
    span: tuple[datetime, datetime] | None,
) -> None:
    """Make parts of every input of these (measure, role) in the span of time."""
    pairs: Sequence[tuple[str, str]] = sorted(set(roles)) or [("", FILED)]
    since, until = span or (None, None)
    asked = {
        "run": run_id,
        "measures": [measure for measure, _ in pairs],
        "roles": [role for _, role in pairs],
        "since": since,
        "until": until,
    }
    _make(TAKE_PERIOD, asked, run_id)


def give_back(run_id: int, *, waiting: bool) -> None:
    """Take the parts that are not done out of the run; with `waiting` their inputs wait for the next."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, [run_id, waiting])


def _make(sql: str, asked: Any, run_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        cursor.execute(COUNT, [run_id, run_id])
