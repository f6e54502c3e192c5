"""Events this process read lately. They never change, and the next subscriber wants the same ones in a moment."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from threading import Lock
from typing import TypeAlias

from shuniu.foundation.hub.contracts import Event

# position, event id, moment, customer
Place: TypeAlias = tuple[int, int, datetime, int]
Fetch: TypeAlias = Callable[[Sequence[Place]], Iterable[Event]]

ROOM = 4_000


class Shelf:
    """Keeps at most ``room`` events; who came first leaves first. Safe between threads."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._events: dict[Place, Event] = {}
        self._lock = Lock()

    def take(self, places: Sequence[Place], fetch: Fetch) -> list[Event]:
        """The events of those places, in their order; ``fetch`` brings those that are not here."""
        with self._lock:
            here = {place: self._events[place] for place in places if place in self._events}
        missing = [place for place in places if place not in here]
        if missing:
            by_position = {place[0]: place for place in missing}
            fetched = {by_position[event.position]: event for event in fetch(missing)}
            self._keep({place: fetched[place] for place in missing if place in fetched})
            here |= fetched
        return [here[place] for place in places if place in here]

    def _keep(self, events: dict[Place, Event]) -> None:
        with self._lock:
            self._events |= events
            for place in list(self._events)[: max(len(self._events) - self._room, 0)]:
                del self._events[place]
