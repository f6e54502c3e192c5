"""Events a subscriber fails on: set aside with what follows them, tried again, and at last given to a person."""

import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from shuniu.foundation.hub.contracts import Event, Ref
from shuniu.foundation.hub.reading import events_at

ATTEMPTS_MAX = 5
# before the second, third, fourth and fifth attempt
BACK_OFF = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
CHAIN_MAX = 100
ERROR_CHARS_MAX = 4_000

PARK = """
insert into event_parked (subscriber, subject_kind, subject_id, event_id, event_at, event_name, customer_id, position,
                          attempts, error, parked_at, next_try_at)
select %(subscriber)s, e.*, %(now)s, case when e.attempts > 0 then %(due)s::timestamptz end from unnest(
    %(kinds)s::text[], %(subjects)s::bigint[], %(ids)s::bigint[], %(ats)s::timestamptz[], %(names)s::text[],
    %(customers)s::bigint[], %(positions)s::bigint[], %(attempts)s::smallint[], %(errors)s::text[]
) as e (kind, subject, id, at, name, customer, position, attempts, error)
on conflict (subscriber, event_id) do nothing
"""
HELD = """
select distinct subject_kind, subject_id from event_parked
where subscriber = %s and resolved_at is null
    and (subject_kind, subject_id) in (select * from unnest(%s::text[], %s::bigint[]))
"""
# The first open event of each subject, where its next try has come.
HEADS = """
select subject_kind, subject_id from (
    select distinct on (subject_kind, subject_id) subject_kind, subject_id, attempts, next_try_at
    from event_parked where subscriber = %s and resolved_at is null
    order by subject_kind, subject_id, position
) head where attempts < 5 and (next_try_at is null or next_try_at <= %s) limit %s
"""
CHAIN = """
select id, attempts, position, event_id, event_at, customer_id from event_parked
where subscriber = %s and subject_kind = %s and subject_id = %s and resolved_at is null
order by position limit %s
"""
FAILED = "update event_parked set attempts = %s, error = %s, next_try_at = %s where id = %s"
CAME_THROUGH = "delete from event_parked where id = %s and decided_by = ''"
RETRIED = "update event_parked set resolved_at = %s, resolution = 'retry', next_try_at = null where id = %s"


@dataclass(frozen=True, slots=True)
class Failure:
    """An event with what its subscriber said; no error = it waits behind another of its subject."""

    event: Event
    error: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A parked event about to be tried again."""

    parked_id: int
    event: Event
    attempts: int


def describe(error: BaseException) -> str:
    """The error for the person who decides: its own words and where it came from."""
    return "".join(traceback.format_exception(error))[-ERROR_CHARS_MAX:]


def park(subscriber: str, failures: Sequence[Failure], now: datetime) -> None:
    """Set events aside for this subscriber."""
    if not failures:
        return
    events = [failure.event for failure in failures]
    row: dict[str, Any] = {
        "subscriber": subscriber,
        "kinds": [event.subject.kind for event in events],
        "subjects": [event.subject.id for event in events],
        "ids": [event.id for event in events],
        "ats": [event.at for event in events],
        "names": [event.name for event in events],
        "customers": [event.customer_id or 0 for event in events],
        "positions": [event.position for event in events],
        "attempts": [1 if failure.error else 0 for failure in failures],
        "errors": [failure.error for failure in failures],
        "now": now,
        "due": now + BACK_OFF[0],
    }
    with connection.cursor() as cursor:
        cursor.execute(PARK, row)


def held_subjects(subscriber: str, subjects: Iterable[Ref]) -> set[Ref]:
    """Those of the subjects that have a parked event, behind which later ones must wait."""
    refs = sorted(set(subjects))
    with connection.cursor() as cursor:
        cursor.execute(HELD, (subscriber, [ref.kind for ref in refs], [ref.id for ref in refs]))
        return {Ref(kind, subject_id) for kind, subject_id in cursor.fetchall()}


def due_subjects(subscriber: str, now: datetime, limit: int) -> list[Ref]:
    """Subjects whose first parked event may be tried now."""
    with connection.cursor() as cursor:
        cursor.execute(HEADS, (subscriber, now, limit))
        return [Ref(kind, subject_id) for kind, subject_id in cursor.fetchall()]


def chain(subscriber: str, subject: Ref) -> list[Held]:
    """The parked events of one subject in their order."""
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, (subscriber, subject.kind, subject.id, CHAIN_MAX))
        rows = cursor.fetchall()
    events = events_at([row[2:] for row in rows])
    return [Held(row[0], event, row[1]) for row, event in zip(rows, events, strict=True)]


def failed_again(held: Held, error: str, now: datetime) -> None:
    """One more failure; after the last the event waits for a person."""
    attempts = held.attempts + 1
    due = now + BACK_OFF[attempts - 1] if attempts < ATTEMPTS_MAX else None
    with connection.cursor() as cursor:
        cursor.execute(FAILED, (attempts, error, due, held.parked_id))


def came_through(held: Held, now: datetime) -> None:
    """Handled after all. What a person sent on its way stays as a record; the rest leaves no trace."""
    with connection.cursor() as cursor:
        cursor.execute(CAME_THROUGH, (held.parked_id,))
        if cursor.rowcount == 0:
            cursor.execute(RETRIED, (now, held.parked_id))
