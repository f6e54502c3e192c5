"""Delivery's life in a worker process: a few threads take turns for the subscribers that have something to read."""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Condition, Event

import structlog
from django.db import DatabaseError, InterfaceError, connection

from shuniu.foundation.hub import delivering, subscriptions
from shuniu.foundation.hub.contracts import Subscriber

log = structlog.get_logger("hub")

AFTER_ERROR_SECONDS = 0.5


class Delivery:
    """Who is to read next. ``wake`` is called by the listener, ``look_round`` now and then; ``work`` is a thread."""

    def __init__(self, subscribers: Mapping[str, Subscriber], clock: Callable[[], datetime]) -> None:
        self._subscribers = dict(subscribers)
        self._clock = clock
        self._readers: dict[str, frozenset[str]] = {}
        for subscriber in subscribers.values():
            for event_name in subscriber.events:
                self._readers[event_name] = self._readers.get(event_name, frozenset()) | {subscriber.name}
        self._changed = Condition()
        self._queue: deque[str] = deque()
        self._queued: set[str] = set()
        self._running: set[str] = set()
        self._due: set[str] = set()

    def wake(self, event_names: frozenset[str]) -> None:
        """New events of these names stand in the feed; none named = of any."""
        if event_names:
            self._enqueue(frozenset().union(*(self._readers.get(name, frozenset()) for name in event_names)))
        else:
            self._enqueue(frozenset(self._subscribers))

    def look_round(self) -> None:
        """Queue whoever lags or has a parked event due: what a notice did not reach, and other workers left behind."""
        try:
            behind = subscriptions.lagging(self._subscribers)
            due = subscriptions.due(self._subscribers, self._clock())
        except (DatabaseError, InterfaceError) as error:
            log.warning("delivery lost the database", error=str(error).strip())
            connection.close()
            return
        with self._changed:
            self._due.update(due)
        self._enqueue(frozenset(behind) | frozenset(due))

    def work(self, stop: Event) -> None:
        """Take turns until told to stop."""
        while not stop.is_set():
            name = self._next(stop)
            if name is None:
                break
            again = False
            try:
                again = self._turn(self._subscribers[name])
            except (DatabaseError, InterfaceError) as error:
                log.warning("delivery interrupted", subscriber=name, error=str(error).strip())
                connection.close()
                again = not stop.wait(AFTER_ERROR_SECONDS)
            finally:
                self._done(name, again=again)
        connection.close()

    def stop(self) -> None:
        """Wake the threads so that they see the end."""
        with self._changed:
            self._changed.notify_all()

    def _turn(self, subscriber: Subscriber) -> bool:
        """True when there may be more to read at once."""
        with self._changed:
            due = subscriber.name in self._due
            self._due.discard(subscriber.name)
        retried = delivering.retry_parked(subscriber, self._clock()) if due else 0
        return delivering.turn(subscriber, self._clock()) + retried > 0

    def _enqueue(self, names: frozenset[str]) -> None:
        with self._changed:
            for name in sorted(names - self._queued):
                self._queue.append(name)
                self._queued.add(name)
            self._changed.notify_all()

    def _next(self, stop: Event) -> str | None:
        with self._changed:
            while not stop.is_set():
                for _ in range(len(self._queue)):
                    name = self._queue.popleft()
                    if name not in self._running:
                        self._queued.discard(name)
                        self._running.add(name)
                        return name
                    self._queue.append(name)
                self._changed.wait()
        return None

    def _done(self, name: str, *, again: bool) -> None:
        with self._changed:
            self._running.discard(name)
        self._enqueue(frozenset({name}) if again else frozenset())
