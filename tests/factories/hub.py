"""Declarations and events for tests of the hub and of those who use it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from threading import Condition

from django.db import transaction

from shuniu.foundation.access import system
from shuniu.foundation.hub import Event, EventType, Ref, Subscriber, publish, registry
from shuniu.foundation.hub.models import EventRow
from shuniu.foundation.text import Text

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
CHANGED = EventType("thing.changed", "thing", Text("物品变了", "A thing changed"), {"number": "number"})
MOVED = EventType("thing.moved", "thing", Text("物品移动了", "A thing moved"))


@contextmanager
def only_registered(**declared: object) -> Iterator[None]:
    """The registries hold just this (and the two events of things) for a while."""
    before = {field.name: getattr(registry, field.name) for field in fields(registry)}
    for name in before:
        setattr(registry, name, {})
    registry.register(events=(CHANGED, MOVED))
    registry.register(**declared)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, table in before.items():
            setattr(registry, name, table)


def changed(
    thing: int = 1, *, number: int = 0, unit_id: int | None = None, customer_id: int | None = None
) -> int:
    """Publish one ``thing.changed`` in a transaction of its own."""
    with transaction.atomic():
        return publish(
            name="thing.changed",
            subject=Ref("thing", thing),
            unit_id=unit_id,
            customer_id=customer_id,
            by=system("test"),
            now=NOON,
            data={"number": number},
        )


def hear(name: str) -> None:
    """Hand everything published so far to the subscriber of that name, as delivery would."""
    subscriber = registry.subscribers[name]
    rows = EventRow.objects.filter(name__in=subscriber.events).order_by("id")
    subscriber.handle(
        [
            Event(
                id=row.pk,
                at=row.at,
                name=row.name,
                subject=Ref(row.subject_kind, row.subject_id),
                unit_id=row.unit_id,
                customer_id=row.customer_id or None,
                by=row.by,
                data=row.data,
            )
            for row in rows
        ]
    )


class Recorder:
    """A subscriber that remembers what it was given; ``fails`` decides which events it chokes on."""

    def __init__(
        self,
        name: str = "recorder",
        *,
        events: Sequence[str] = ("thing.changed",),
        batch: int = 200,
        fails: Callable[[Event], bool] = lambda _event: False,
    ) -> None:
        self.seen: list[Event] = []
        self.batches: list[int] = []
        self.fails = fails
        self._came = Condition()
        self.subscriber = Subscriber(name=name, events=events, handle=self.handle, batch=batch)

    def handle(self, events: Sequence[Event]) -> None:
        for event in events:
            if self.fails(event):
                raise ValueError(f"cannot digest {event.id}")
        with self._came:
            self.seen += events
            self.batches.append(len(events))
            self._came.notify_all()

    def wait_for(self, count: int, seconds: float = 30) -> None:
        """Until that many events have come; fails when they do not."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.seen) >= count, seconds), (
                f"{len(self.seen)} of {count}"
            )

    def wait_for_number(self, number: int, seconds: float = 30) -> None:
        """Until the event that carries it has come."""
        with self._came:
            assert self._came.wait_for(lambda: number in self.numbers, seconds), (
                f"{number} not in {self.numbers}"
            )

    @property
    def numbers(self) -> list[int]:
        """The numbers the events carried, in the order of their coming."""
        return [event.data["number"] for event in self.seen]
