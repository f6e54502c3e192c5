from collections.abc import Sequence

import pytest
from django.db import connection
from tests.factories.hub import NOON, Recorder, changed, only_registered

from shuniu.foundation.access import system
from shuniu.foundation.hub import Event, Ref, Subscriber, publish, registry
from shuniu.foundation.hub.delivering import turn
from shuniu.foundation.hub.draining import drain
from shuniu.foundation.hub.models import FeedRow, SubscriptionRow
from shuniu.foundation.hub.sequencing import move_pending
from shuniu.foundation.hub.subscriptions import ensure

pytestmark = pytest.mark.django_db


def position(name: str = "recorder") -> int:
    return SubscriptionRow.objects.get(subscriber=name).position


def test_every_subscriber_gets_its_events_in_order_and_in_batches() -> None:
    first, second = Recorder("first", batch=2), Recorder("second", events=("thing.changed", "thing.moved"))
    with only_registered(subscribers=(first.subscriber, second.subscriber)):
        for number in range(5):
            changed(number, number=number)
        publish(name="thing.moved", subject=Ref("thing", 1), unit_id=None, by=system("test"), now=NOON)
        drain(NOON)
    assert first.numbers == [0, 1, 2, 3, 4]
    assert first.batches == [2, 2, 1]
    assert [event.name for event in second.seen] == ["thing.changed"] * 5 + ["thing.moved"]
    assert position("first") == position("second") == FeedRow.objects.latest("position").position


def test_an_event_arrives_as_it_was_published() -> None:
    recorder = Recorder()
    with only_registered(subscribers=(recorder.subscriber,)):
        event_id = changed(7, number=42, unit_id=3)
        drain(NOON)
    (event,) = recorder.seen
    assert event == Event(
        id=event_id,
        at=NOON,
        name="thing.changed",
        subject=Ref("thing", 7),
        unit_id=3,
        customer_id=None,
        by="system:test",
        data={"number": 42},
        position=FeedRow.objects.get().position,
    )


def test_what_handlers_publish_is_delivered_too() -> None:
    def forward(events: Sequence[Event]) -> None:
        for event in events:
            publish(name="thing.moved", subject=event.subject, unit_id=None, by=system("test"), now=NOON)

    recorder = Recorder(events=("thing.moved",))
    forwarder = Subscriber(name="forwarder", events=("thing.changed",), handle=forward)
    with only_registered(subscribers=(forwarder, recorder.subscriber)):
        changed(1)
        drain(NOON)
    assert [event.subject for event in recorder.seen] == [Ref("thing", 1)]


def test_the_cursor_moves_with_the_handlers_transaction() -> None:
    def write_and_fail(events: Sequence[Event]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("insert into seen select unnest(%s::bigint[])", ([event.id for event in events],))
        if broken:
            raise KeyboardInterrupt

    writer = Subscriber(name="recorder", events=("thing.changed",), handle=write_and_fail)
    with connection.cursor() as cursor:
        cursor.execute("create temporary table seen (id bigint)")
    broken = True
    with only_registered(subscribers=(writer,)):
        event_id = changed(1)
        ensure(registry.subscribers, NOON)
        move_pending()
        before = position()
        with pytest.raises(KeyboardInterrupt):
            turn(writer, NOON)
        assert position() == before
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from seen")
            assert cursor.fetchone() == (0,), "a worker that dies in the handler leaves nothing behind"
        broken = False
        assert turn(writer, NOON) > 0
    with connection.cursor() as cursor:
        cursor.execute("select id from seen")
        assert cursor.fetchall() == [(event_id,)]


def test_a_fresh_installation_is_read_from_the_start_a_later_subscriber_from_its_coming() -> None:
    early, late = Recorder("early"), Recorder("late")
    changed_before = []
    with only_registered(subscribers=(early.subscriber,)):
        changed_before.append(changed(1, number=1))
        drain(NOON)
        registry.register(subscribers=(late.subscriber,))
        drain(NOON)
        changed(1, number=2)
        drain(NOON)
    assert early.numbers == [1, 2]
    assert late.numbers == [2]


def test_a_reader_of_rare_events_comes_to_the_end_of_a_long_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.foundation.hub.reading.WINDOW", 10)
    rare = Recorder("rare", events=("thing.moved",))
    with only_registered(subscribers=(rare.subscriber,)):
        for number in range(35):
            changed(number)
        publish(name="thing.moved", subject=Ref("thing", 1), unit_id=None, by=system("test"), now=NOON)
        drain(NOON)
    assert len(rare.seen) == 1
    assert position("rare") == FeedRow.objects.latest("position").position
