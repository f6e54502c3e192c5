"""What a person decides about parked events, and what the installation needs to be kept in order."""

from datetime import date, datetime

from django.db import connection, transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub import subscriptions
from shuniu.foundation.hub.contracts import Ref
from shuniu.foundation.hub.errors import NotParked, ReasonNeeded
from shuniu.foundation.hub.models import ParkedRow
from shuniu.foundation.hub.parking import ATTEMPTS_MAX
from shuniu.foundation.hub.registries import registry

MONTHS_AHEAD = 3
TRIM_ROWS = 20_000
TRIM = """
with old as (
    select position from event_feed
    where position <= (
        select coalesce(min(position), 0) from event_subscription where subscriber = any(%s)
    ) and at < %s - interval '14 days'
    order by position limit %s
)
delete from event_feed using old where event_feed.position = old.position
"""
MAKE_PARTITIONS = """
select count(*) from generate_series(date_trunc('month', %s::timestamp), %s::timestamp, '1 month') as month
where event_make_partition(month::date)
"""


@transaction.atomic
def retry(*, parked_id: int, by: Actor, now: datetime) -> None:
    """Let the worker try the event once more, at once; what waits behind it follows. Raises NotParked."""
    row = _open(parked_id)
    row.attempts, row.next_try_at, row.decided_by = min(row.attempts, ATTEMPTS_MAX - 1), now, by.key
    row.save(update_fields=["attempts", "next_try_at", "decided_by"])
    audit.record(
        by=by, now=now, action="hub.retry_event", subject=Ref("event_parked", row.id), after=_told(row)
    )


@transaction.atomic
def skip(*, parked_id: int, reason: str, by: Actor, now: datetime) -> None:
    """Give the event up for this subscriber; what waits behind it follows. Raises NotParked, ReasonNeeded."""
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    row = _open(parked_id)
    row.resolved_at, row.resolution, row.reason, row.decided_by = now, "skip", reason.strip(), by.key
    row.next_try_at = None
    row.save(update_fields=["resolved_at", "resolution", "reason", "decided_by", "next_try_at"])
    audit.record(
        by=by,
        now=now,
        action="hub.skip_event",
        subject=Ref("event_parked", row.id),
        after={**_told(row), "reason": row.reason},
    )


def prepare(*, now: datetime) -> None:
    """Make the partitions of the coming months and the cursors of new subscribers. After migrating, and at the
    start of every worker; safe to repeat.
    """
    make_partitions(since=now.date(), until=_months_later(now.date(), MONTHS_AHEAD))
    subscriptions.ensure(registry.subscribers, now)


def make_partitions(*, since: date, until: date) -> int:
    """Make the missing partitions of ``event`` for those months; returns how many. Loaders of old data call it."""
    with transaction.atomic(), connection.cursor() as cursor:
        # a partition is made under a lock on the whole table: rather later than everyone waiting
        cursor.execute("set local lock_timeout = '5s'")
        cursor.execute(MAKE_PARTITIONS, (since, until))
        (made,) = cursor.fetchone()
    return int(made)


def trim_feed(*, now: datetime) -> int:
    """Forget the places of events that every subscriber has read two weeks ago; the events stay."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TRIM, (sorted(registry.subscribers), now, TRIM_ROWS))
        return int(cursor.rowcount)


def _open(parked_id: int) -> ParkedRow:
    row = ParkedRow.objects.select_for_update().filter(id=parked_id).first()
    if row is None:
        raise NotFound()
    # one that was never tried waits behind another, and nothing can be decided but about that one
    if row.resolved_at is not None or row.attempts == 0:
        raise NotParked()
    return row


def _told(row: ParkedRow) -> dict[str, object]:
    return {"subscriber": row.subscriber, "event_id": row.event_id, "event_name": row.event_name}


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, 1)
