"""Confirming a source, and releasing holds that are over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.audit.actions import Entry, record_many
from shuniu.foundation.hub import Ref
from shuniu.settlement.maturities import mature

BATCH = 500

CONFIRM = """
INSERT INTO settlement_confirmation (source_kind, source_id, at, by)
SELECT s.kind, s.id, %s, %s FROM unnest(%s::text[], %s::bigint[]) AS s (kind, id) ORDER BY 1, 2
ON CONFLICT DO NOTHING RETURNING source_kind, source_id
"""
OF_SOURCES = """
SELECT m.id FROM settlement_maturity m JOIN unnest(%s::text[], %s::bigint[]) AS s (kind, id)
    ON m.matter_kind = s.kind AND m.matter_id = s.id
 WHERE m.confirmed_at IS NULL
"""
# A yes and the record of its work may have been written at the same moment, neither seeing the other.
TO_CONFIRM = """
SELECT m.id FROM settlement_maturity m
 WHERE m.confirmed_at IS NULL
   AND (m.confirm_due_at <= %s OR EXISTS (
         SELECT FROM settlement_confirmation c WHERE c.source_kind = m.matter_kind AND c.source_id = m.matter_id))
 ORDER BY m.id LIMIT %s FOR NO KEY UPDATE OF m SKIP LOCKED
"""
TO_RELEASE = """
SELECT id FROM settlement_maturity WHERE confirmed_at IS NOT NULL AND released_at IS NULL AND release_due_at <= %s
 ORDER BY release_due_at LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
"""


def confirm(*, source: Ref, by: Actor, now: datetime) -> int:
    """Confirm what the source earned, also what it will earn when its input arrives later; how many earnings moved."""
    return confirm_many(sources=[source], by=by, now=now)


def confirm_many(*, sources: Sequence[Ref], by: Actor, now: datetime) -> int:
    """Confirm a set of sources in one transaction. A source confirmed before stays as it is."""
    columns: list[Any] = [[source.kind for source in sources], [source.id for source in sources]]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CONFIRM, [now, by.key, *columns])
        fresh = [Ref(kind, id_) for kind, id_ in cursor.fetchall()]
        record_many([Entry("settlement.confirm", source) for source in fresh], by=by, now=now)
        cursor.execute(OF_SOURCES, columns)
        ids = [id_ for (id_,) in cursor.fetchall()]
        return mature(ids, by=by, now=now)


def confirm_due(*, by: Actor, now: datetime) -> int:
    """Take silence for a yes where its time is over: one batch, the number moved."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TO_CONFIRM, [now, BATCH])
        return mature([id_ for (id_,) in cursor.fetchall()], by=by, now=now)


def release_due(*, by: Actor, now: datetime) -> int:
    """Make withdrawable what was confirmed and whose hold is over: one batch, the number moved."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TO_RELEASE, [now, BATCH])
        return mature([id_ for (id_,) in cursor.fetchall()], by=by, now=now, release=True)
