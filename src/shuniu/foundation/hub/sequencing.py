"""Giving committed events their place: from ``event_pending`` to ``event_feed``, by one sequencer at a time."""

import json

from django.db import connection

from shuniu.foundation.database.prepared import prepared_cursor

CHANNEL = "event_feed"
LOCK = 0x5348_0001
BATCH = 5_000

# The lowest ids first: events of one subject are published under its lock, so their ids rise in commit
# order and a snapshot that holds the later one holds the earlier one too. One notice for the batch tells
# its positions and which kinds of events are in it; a notice holds at most 8,000 bytes, so a batch of very
# many kinds names none, and every reader looks.
# Rows are deleted by their place on disk: no plan for that depends on what the planner believes of a table
# that is empty one moment and full the next.
MOVE = """
with moved as (
    delete from event_pending where ctid = any(array(
        select ctid from event_pending order by event_id limit %s
    ))
    returning event_id, at, customer_id, name
), placed as (
    insert into event_feed (event_id, at, customer_id, name)
    select event_id, at, customer_id, name from moved order by event_id
    returning position, name
), batch as (
    select count(*) as moved, min(position) as first, max(position) as last, json_agg(distinct name) as names
    from placed
)
select moved, case when moved > 0 then pg_notify(%s, json_build_array(
    first, last, case when octet_length(names::text) < 7000 then names else '[]' end)::text) end
from batch
"""


def take_lock() -> bool:
    """Become the one sequencer for as long as this connection lives; false when another is.

    Its commits do not wait for the disk: a crash that forgets a batch leaves the events pending, and whatever
    was done because of the batch was committed, and so forgotten, after it.
    """
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
        cursor.execute("select pg_try_advisory_lock(%s)", (LOCK,))
        (taken,) = cursor.fetchone()
    return bool(taken)


def move_pending() -> int:
    """Move one batch and tell the listeners once; returns how many events moved. Only the sequencer calls it."""
    with prepared_cursor() as cursor:
        cursor.execute(MOVE, (BATCH, CHANNEL))
        moved, _ = cursor.fetchone()
    return int(moved)


def sweep() -> None:
    """Give the rows of moved events back, so that looking for pending ones stays cheap. Outside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("vacuum (skip_locked, truncate off, parallel 0) event_pending")


def read_notice(payload: str) -> tuple[int, int, frozenset[str]]:
    """First and last position of the batch, and the kinds of events in it (none named: look for yourself)."""
    first, last, names = json.loads(payload)
    return first, last, frozenset(names)
