"""The one kind of event of the benchmarks, and subscribers of it that write down what they were given."""

import time
from collections.abc import Callable, Sequence

from django.db import connection

from shuniu.foundation.clock import now
from shuniu.foundation.hub import Event, EventType, Subscriber, registry
from shuniu.foundation.hub import tasks as hub_tasks
from shuniu.foundation.hub.subscriptions import ensure
from shuniu.foundation.text import Text

NAME = "bench.happened"
TYPE = EventType(NAME, "thing", Text("压测", "Bench"))


class Readings:
    """What the subscribers of one process saw: how long each event was under way (ms), how large the batches were."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self.batches: list[int] = []

    def handler(self, name: str) -> Callable[[Sequence[Event]], None]:
        def handle(events: Sequence[Event]) -> None:
            came = time.monotonic_ns()
            with connection.cursor() as cursor:
                ids = [event.id for event in events]
                cursor.execute("insert into bench_seen select %s, unnest(%s::bigint[])", (name, ids))
            self.waited.extend((came - event.data["sent"]) / 1e6 for event in events)
            self.batches.append(len(events))

        return handle


def declare(names: Sequence[str], readings: Readings) -> None:
    registry.register(
        events=(TYPE,),
        subscribers=tuple(Subscriber(name, (NAME,), readings.handler(name)) for name in names),
        loops=hub_tasks.LOOPS,
    )
    ensure(registry.subscribers, now())
