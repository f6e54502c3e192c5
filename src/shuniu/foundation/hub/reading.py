"""Reading events in feed order."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from shuniu.foundation.hub.contracts import Event, Ref

# How far a reader of rare events looks at once; bounds the time of one turn over a long backlog.
WINDOW = 5_000

# The end of the feed and the places of what is to be read, in one snapshot; the end comes even when nothing is.
FEED = """
select feed.last, f.position, f.event_id, f.at
from (select coalesce(max(position), 0) as last from event_feed) feed
left join lateral (
    select position, event_id, at from event_feed
    where position > %s and position <= %s and name = any(%s) order by position limit %s
) f on true
order by f.position
"""
END = "select coalesce(max(position), 0) from event_feed"
# Asked apart from the feed, by values: then the months concerned are known when it is planned, and no estimate of
# how the tables grow can turn it into anything but index probes.
EVENTS = """
select id, at, name, subject_kind, subject_id, unit_id, customer_id, by, data
from event where id = any(%s) and at between %s and %s
"""


def feed_end() -> int:
    """The last position given out; 0 while the feed is empty."""
    with connection.cursor() as cursor:
        cursor.execute(END)
        (position,) = cursor.fetchone()
    return int(position)


def read(*, after: int, names: Sequence[str], limit: int) -> tuple[list[Event], int]:
    """Up to ``limit`` events of those names, and the position up to which there are no others of them."""
    with connection.cursor() as cursor:
        cursor.execute(FEED, (after, after + WINDOW, list(names), limit))
        rows = cursor.fetchall()
    places = [(position, event_id, at) for _, position, event_id, at in rows if position is not None]
    until = places[-1][0] if len(places) == limit else max(min(rows[0][0], after + WINDOW), after)
    return events_at(places), until


def events_at(places: Sequence[tuple[int, int, datetime]]) -> list[Event]:
    """The events of those places (position, id, moment), in their order."""
    if not places:
        return []
    moments = [at for _, _, at in places]
    with connection.cursor() as cursor:
        cursor.execute(EVENTS, ([event_id for _, event_id, _ in places], min(moments), max(moments)))
        found = {row[0]: row for row in cursor.fetchall()}
    return [_event(found[event_id], position) for position, event_id, _ in places]


def _event(row: Sequence[Any], position: int) -> Event:
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
        position=position,
    )
