"""Reading events in feed order."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from shuniu.foundation.database.prepared import prepared_cursor
from shuniu.foundation.hub.contracts import Event, Ref
from shuniu.foundation.hub.shelf import Place, Shelf

_shelf = Shelf()

# How far a reader of rare events looks at once; bounds the time of one turn over a long backlog.
WINDOW = 5_000

# The end of the feed and the places of what is to be read, in one snapshot; the end comes even when nothing is.
FEED = """
select feed.last, f.position, f.event_id, f.at, f.customer_id
from (select coalesce(max(position), 0) as last from event_feed) feed
left join lateral (
    select position, event_id, at, customer_id from event_feed
    where position > %s and position <= %s and name = any(%s) order by position limit %s
) f on true
order by f.position
"""
END = "select coalesce(max(position), 0) from event_feed"
# One probe of the primary key for each event: `limit 1` keeps the planner from joining the tables whole while it
# knows little about their growth, and the bounds of time tell it beforehand which months are concerned.
EVENTS = """
select k.position, e.id, e.at, e.name, e.subject_kind, e.subject_id, e.unit_id, e.customer_id, e.by, e.data
from unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::bigint[]) as k (position, id, at, customer_id)
cross join lateral (
    select * from event where customer_id = k.customer_id and at = k.at and id = k.id and at between %s and %s limit 1
) e
order by k.position
"""


def feed_end() -> int:
    """The last position given out; 0 while the feed is empty."""
    with connection.cursor() as cursor:
        cursor.execute(END)
        (position,) = cursor.fetchone()
    return int(position)


def read(*, after: int, names: Sequence[str], limit: int) -> tuple[list[Event], int]:
    """Up to ``limit`` events of those names, and the position up to which there are no others of them."""
    with prepared_cursor() as cursor:
        cursor.execute(FEED, (after, after + WINDOW, list(names), limit))
        rows = cursor.fetchall()
    places = [row[1:] for row in rows if row[1] is not None]
    until = places[-1][0] if len(places) == limit else max(min(rows[0][0], after + WINDOW), after)
    return _shelf.take(places, events_at), until


def events_at(places: Sequence[Place]) -> list[Event]:
    """The events of those places, in their order."""
    if not places:
        return []
    columns = [list(column) for column in zip(*places, strict=True)]
    with prepared_cursor() as cursor:
        cursor.execute(EVENTS, (*columns, min(columns[2]), max(columns[2])))
        return [_event(row) for row in cursor.fetchall()]


def _event(row: Sequence[Any]) -> Event:
    position, event_id, at, name, subject_kind, subject_id, unit_id, customer_id, by, data = row
    return Event(
        id=event_id,
        at=at,
        name=name,
        subject=Ref(subject_kind, subject_id),
        unit_id=unit_id,
        customer_id=customer_id or None,
        by=by,
        # Django leaves jsonb as text in raw cursors
        data=json.loads(data),
        position=position,
    )
