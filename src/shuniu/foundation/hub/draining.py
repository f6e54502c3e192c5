"""Everything at once, here and now: for tests and for loading the demo company."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from shuniu.foundation.hub import delivering, sequencing, subscriptions
from shuniu.foundation.hub.registries import registry


def drain(now: datetime) -> None:
    """Give every pending event its place and hand all of them to all subscribers, until nothing is left.

    What handlers publish is delivered too. Where a sequencer runs already, that one gives the places.
    """
    subscriptions.ensure(registry.subscribers, now)
    while _move() or _deliver(now):
        pass


def _move() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", (sequencing.LOCK,))
        (alone,) = cursor.fetchone()
        return sequencing.move_pending() if alone else 0


def _deliver(now: datetime) -> int:
    moved = 0
    for name in subscriptions.lagging(registry.subscribers):
        moved += _until_done(lambda name=name: delivering.turn(registry.subscribers[name], now))  # type: ignore[misc]
    return moved


def _until_done(step: Callable[[], int]) -> int:
    done = 0
    while count := step():
        done += count
    return done
