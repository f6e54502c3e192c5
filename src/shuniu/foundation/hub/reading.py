"""Reading events in feed order."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from shuniu.foundation.hub.contracts import Event, Ref

# How far a reader of rare events looks at once; bounds the time of one turn over a long backlog.
WINDOW = 5_000

# The whole key is given, so each event is one probe into one partition.
READ = """
select e.id, e.at, e.name, e.subject_kind, e.subject_id, e.unit_id, e.customer_id, e.by, e.data, f.position
from (
    select position, event_id, at, customer_id from event_feed
    where position > %s and position <= %s and name = any(%s) order by position limit %s
) f join event e on e.customer_id = f.customer_id and e.at = f.at and e.id = f.event_id
order by f.position
"""
END = "select coalesce(max(position), 0) from event_feed"


def feed_end() -> int:
    """The last position given out; 0 while the feed is empty."""
    with connection.cursor() as cursor:
        cursor.execute(END)
        (position,) = cursor.fetchone()
    return int(position)


def read(*, after: int, names: Sequence[str], limit: int) -> tuple[list[Event], int]:
    """Up to ``limit`` events of those names, and the position up to which there are no others of them."""
    with connection.cursor() as cursor:
        cursor.execute(END)
        (end,) = cursor.fetchone()
        until = min(int(end), after + WINDOW)
        if until <= after:
            return [], after
        cursor.execute(READ, (after, until, list(names), limit))
        events = [event(row) for row in cursor.fetchall()]
    return events, events[-1].position if len(events) == limit else until


def event(row: Sequence[Any]) -> Event:
    """The contract of a row: the columns of ``event`` in their order, and its position if that follows."""
    return Event(
        id=row[0],
        at=row[1],
        name=row[2],
        subject=Ref(row[3], row[4]),
        unit_id=row[5],
        customer_id=row[6] or None,
        by=row[7],
        # Django leaves jsonb as text in raw cursors
        data=json.loads(row[8]),
        position=row[9] if len(row) > 9 else 0,
    )
