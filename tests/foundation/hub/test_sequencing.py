import random
from collections import defaultdict
from threading import Event

import psycopg
import pytest
from django.db import connection
from tests.factories.hub import NOON, Recorder, changed, only_registered
from tests.foundation.hub.conftest import Start

from shuniu.foundation.clock import now
from shuniu.foundation.hub import registry
from shuniu.foundation.hub.delivery import Delivery
from shuniu.foundation.hub.draining import drain
from shuniu.foundation.hub.listening import listen
from shuniu.foundation.hub.models import FeedRow, PendingRow
from shuniu.foundation.hub.publishing import PUBLISH
from shuniu.foundation.hub.sequencer import run_sequencer
from shuniu.foundation.hub.sequencing import CHANNEL, move_pending, read_notice, take_lock
from shuniu.foundation.hub.subscriptions import ensure

pytestmark = pytest.mark.django_db(transaction=True)


class Writer:
    """A connection of its own, whose transaction stays open until told otherwise."""

    def __init__(self) -> None:
        self.wire = psycopg.connect(**connection.get_connection_params())

    def publish(self, thing: int, number: int) -> None:
        data = f'{{"number": {number}}}'
        self.wire.execute(PUBLISH, (NOON, "thing.changed", "thing", thing, None, 0, "system:test", data))


def test_a_late_commit_is_not_lost() -> None:
    recorder = Recorder()
    with only_registered(subscribers=(recorder.subscriber,)):
        slow = Writer()
        slow.publish(1, number=1)
        changed(2, number=2)
        drain(NOON)
        assert recorder.numbers == [2]
        slow.wire.commit()
        slow.wire.close()
        drain(NOON)
    assert recorder.numbers == [2, 1]


def test_what_was_rolled_back_did_not_happen() -> None:
    recorder = Recorder()
    with only_registered(subscribers=(recorder.subscriber,)):
        writer = Writer()
        writer.publish(1, number=1)
        writer.wire.rollback()
        writer.wire.close()
        changed(2, number=2)
        drain(NOON)
    assert recorder.numbers == [2]


def test_a_batch_is_announced_once_with_its_kinds() -> None:
    with only_registered(), psycopg.connect(**connection.get_connection_params(), autocommit=True) as wire:
        wire.execute(f"listen {CHANNEL}")
        for thing in range(3):
            changed(thing)
        assert move_pending() == 3
        assert move_pending() == 0
        notices = [read_notice(notice.payload) for notice in wire.notifies(timeout=5, stop_after=1)]
        assert not list(wire.notifies(timeout=0))
    first = FeedRow.objects.earliest("position").position
    assert notices == [(first, first + 2, frozenset({"thing.changed"}))]


def test_only_one_sequencer_works_and_another_takes_over(start: Start) -> None:
    taken, may_go = Event(), Event()

    def hold() -> None:
        assert take_lock()
        taken.set()
        may_go.wait(20)

    start(hold, at_end=may_go.set)
    assert taken.wait(20)
    assert not take_lock()
    recorder = Recorder()
    with only_registered(subscribers=(recorder.subscriber,)):
        changed(1)
        drain(NOON)
        assert recorder.seen == [], "giving places is the other one's work"


def test_racing_writers_that_hold_transactions_open_lose_nothing(start: Start, stop: Event) -> None:
    """Twelve writers commit in random order while two workers sequence and deliver to three subscribers."""
    recorders = [Recorder("one", batch=3), Recorder("two", batch=50), Recorder("three")]
    with only_registered(subscribers=tuple(recorder.subscriber for recorder in recorders)):
        ensure(registry.subscribers, now())
        for _ in range(2):
            _start_worker(start, stop)
        numbers = _publish_in_random_order([Writer() for _ in range(12)], random.Random(20260601))
        for recorder in recorders:
            recorder.wait_for(numbers)
        stop.set()
    assert numbers > 300
    for recorder in recorders:
        assert sorted(recorder.numbers) == list(range(1, numbers + 1)), "each exactly once"
        by_thing: dict[int, list[int]] = defaultdict(list)
        for event in recorder.seen:
            by_thing[event.subject.id].append(event.data["number"])
        assert all(order == sorted(order) for order in by_thing.values()), "each subject keeps its order"
        positions = [event.position for event in recorder.seen]
        assert positions == sorted(positions)
    assert PendingRow.objects.count() == 0


def test_a_worker_comes_back_after_the_database_was_away(start: Start, stop: Event) -> None:
    recorder = Recorder()
    with only_registered(subscribers=(recorder.subscriber,)):
        ensure(registry.subscribers, now())
        _start_worker(start, stop)
        changed(1, number=1)
        recorder.wait_for(1)
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()"
            )
            assert cursor.rowcount >= 3, "the sequencer, the listener and the deliverers were connected"
        changed(1, number=2)
        recorder.wait_for_number(2)
        stop.set()
    # the first one comes again where its commit was cut off; what its handler wrote was undone then
    assert recorder.numbers in ([1, 2], [1, 1, 2])


def _publish_in_random_order(writers: list[Writer], dice: random.Random) -> int:
    """Returns how many events were published. One open transaction per thing: publishers hold its row."""
    numbers = 0
    open_things: dict[int, Writer] = {}
    for _ in range(600):
        thing = dice.randrange(30)
        writer = open_things.pop(thing, None)
        if writer is not None:
            writer.wire.commit()
            writers.append(writer)
        elif writers:
            writer = open_things[thing] = writers.pop()
            for _ in range(dice.randrange(1, 4)):
                numbers += 1
                writer.publish(thing, numbers)
    for writer in [*writers, *open_things.values()]:
        writer.wire.commit()
        writer.wire.close()
    return numbers


def _start_worker(start: Start, stop: Event) -> None:
    delivery = Delivery(registry.subscribers, now)
    start(run_sequencer, stop)
    for _ in range(2):
        start(delivery.work, stop, at_end=delivery.stop)
    start(lambda: listen(stop=stop, heard=delivery.wake, tick=delivery.look_round, every_seconds=0.2))
