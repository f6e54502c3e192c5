"""Cursors: who reads the feed, and how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from shuniu.foundation.database.prepared import prepared_cursor

# A subscriber that a later release brings starts at the end of the feed; on a fresh installation, where nobody has
# read anything, all start at its beginning, so that nothing is lost between the first write and the first worker.
ENSURE = """
insert into event_subscription (subscriber, position, moved_at)
select name, case when exists (select from event_subscription) then coalesce((select max(position) from event_feed), 0)
             else 0 end, %s
from unnest(%s::text[]) as name
on conflict (subscriber) do nothing
"""
LOCK = """
select position, exists (
    select from event_parked p where p.subscriber = s.subscriber and p.resolved_at is null
) from event_subscription s where subscriber = %s for update of s skip locked
"""
MOVE = "update event_subscription set position = %s, moved_at = %s where subscriber = %s"
LAGGING = """
select subscriber from event_subscription
where subscriber = any(%s) and position < (select coalesce(max(position), 0) from event_feed)
"""
DUE = """
select distinct subscriber from event_parked
where resolved_at is null and subscriber = any(%s) and attempts < 5 and (next_try_at is null or next_try_at <= %s)
"""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A locked cursor. ``holds`` tells that events of this subscriber are parked."""

    position: int
    holds: bool


def ensure(names: Iterable[str], now: datetime) -> None:
    """Make the cursors that are missing."""
    with connection.cursor() as cursor:
        cursor.execute(ENSURE, (now, sorted(names)))


def lock(name: str) -> Cursor | None:
    """Lock the cursor until the transaction ends; None while another worker has it."""
    with prepared_cursor() as cursor:
        cursor.execute(LOCK, (name,))
        row = cursor.fetchone()
    return None if row is None else Cursor(position=row[0], holds=row[1])


def move(name: str, position: int, now: datetime) -> None:
    """Record that everything up to ``position`` is handled or parked."""
    with prepared_cursor() as cursor:
        cursor.execute(MOVE, (position, now, name))


def lagging(names: Iterable[str]) -> list[str]:
    """Those that have not come to the end of the feed."""
    with connection.cursor() as cursor:
        cursor.execute(LAGGING, (sorted(names),))
        return [name for (name,) in cursor.fetchall()]


def due(names: Iterable[str], now: datetime) -> list[str]:
    """Those with parked events whose next try has come."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, (sorted(names), now))
        return [name for (name,) in cursor.fetchall()]
