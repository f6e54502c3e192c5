"""Handing events to subscribers: the cursor and the handler's work commit together."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError, transaction

from shuniu.foundation.hub import parking, subscriptions
from shuniu.foundation.hub.contracts import Event, Ref, Subscriber
from shuniu.foundation.hub.parking import Failure
from shuniu.foundation.hub.reading import read

log = structlog.get_logger("hub")

DUE_SUBJECTS_MAX = 50


def turn(subscriber: Subscriber, now: datetime) -> int:
    """Handle the next batch; returns how many positions the cursor moved, 0 at the end of the feed or while another
    worker has the cursor. An error of the database is raised; any other is the handler's, and parks its events.
    """
    moved = 0

    def straight() -> None:
        nonlocal moved
        moved = _turn(subscriber, now, careful=False)

    if _failure(subscriber, straight) is None:
        return moved
    with transaction.atomic():
        return _turn(subscriber, now, careful=True)


def retry_parked(subscriber: Subscriber, now: datetime) -> int:
    """Try what is due among the parked events; returns how many came through."""
    with transaction.atomic():
        if subscriptions.lock(subscriber.name) is None:
            return 0
        return sum(
            _retry_subject(subscriber, subject, now)
            for subject in parking.due_subjects(subscriber.name, now, DUE_SUBJECTS_MAX)
        )


def _turn(subscriber: Subscriber, now: datetime, *, careful: bool) -> int:
    cursor = subscriptions.lock(subscriber.name)
    if cursor is None:
        return 0
    events, until = read(after=cursor.position, names=subscriber.events, limit=subscriber.batch)
    if until == cursor.position:
        return 0
    fresh, failures = _split(subscriber, events) if cursor.holds else (events, [])
    if careful:
        failures += _bisect(subscriber, fresh)
    elif fresh:
        subscriber.handle(fresh)
    parking.park(subscriber.name, failures, now)
    subscriptions.move(subscriber.name, until, now)
    return until - cursor.position


def _split(subscriber: Subscriber, events: Sequence[Event]) -> tuple[list[Event], list[Failure]]:
    held = parking.held_subjects(subscriber.name, (event.subject for event in events))
    fresh = [event for event in events if event.subject not in held]
    return fresh, [Failure(event) for event in events if event.subject in held]


def _bisect(subscriber: Subscriber, events: Sequence[Event]) -> list[Failure]:
    """Handle all that can be handled, in halves, each in a savepoint; returns what cannot, in order."""
    if not events:
        return []
    error = _attempt(subscriber, events)
    if error is None:
        return []
    if len(events) == 1:
        return [Failure(events[0], error)]
    middle = len(events) // 2
    failures = _bisect(subscriber, events[:middle])
    held: set[Ref] = {failure.event.subject for failure in failures}
    waiting = [Failure(event) for event in events[middle:] if event.subject in held]
    rest = [event for event in events[middle:] if event.subject not in held]
    return failures + waiting + _bisect(subscriber, rest)


def _attempt(subscriber: Subscriber, events: Sequence[Event]) -> str | None:
    return _failure(subscriber, lambda: subscriber.handle(events))


def _failure(subscriber: Subscriber, work: Callable[[], None]) -> str | None:
    """Do the work in a transaction or savepoint of its own; returns what went wrong, None when nothing did."""
    try:
        with transaction.atomic():
            work()
    except (OperationalError, InterfaceError):
        # the database's trouble (gone away, deadlock), not the event's
        raise
    except Exception as error:
        log.warning("subscriber failed", subscriber=subscriber.name, exc_info=error)
        return parking.describe(error)
    return None


def _retry_subject(subscriber: Subscriber, subject: Ref, now: datetime) -> int:
    came_through = 0
    for held in parking.chain(subscriber.name, subject):
        error = _attempt(subscriber, [held.event])
        if error is not None:
            parking.failed_again(held, error, now)
            break
        parking.came_through(held, now)
        came_through += 1
    return came_through
