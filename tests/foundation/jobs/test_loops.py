import time
from collections.abc import Callable, Iterator
from datetime import datetime
from threading import Condition, Event, Thread

import pytest
from tests.factories.hub import NOON

from shuniu.foundation.hub import Loop
from shuniu.foundation.jobs.loops import Loops
from shuniu.foundation.jobs.models import LoopState

pytestmark = pytest.mark.django_db(transaction=True)


class Counter:
    """A loop that has ``rows`` to do, and counts its runs."""

    def __init__(self, *, rows: int = 0, every_seconds: float = 3600, wake_on_feed: bool = False) -> None:
        self.rows = rows
        self.runs: list[datetime] = []
        self.fails = False
        self._ran = Condition()
        self.loop = Loop(name="counter", every_seconds=every_seconds, run=self.run, wake_on_feed=wake_on_feed)

    def run(self, now: datetime) -> int:
        with self._ran:
            self.runs.append(now)
            self._ran.notify_all()
            if self.fails:
                raise ValueError("out of step")
            self.rows = max(self.rows - 1, 0)
            return self.rows

    def wait_for(self, runs: int) -> None:
        with self._ran:
            assert self._ran.wait_for(lambda: len(self.runs) >= runs, 20), f"{len(self.runs)} of {runs}"


@pytest.fixture
def begin() -> Iterator[Callable[[Loop], Loops]]:
    stop = Event()
    running: list[tuple[Loops, Thread]] = []

    def start(loop: Loop) -> Loops:
        loops = Loops([loop], lambda: NOON)
        thread = Thread(target=loops.work, args=(stop,))
        thread.start()
        running.append((loops, thread))
        return loops

    yield start
    stop.set()
    for loops, thread in running:
        loops.stop()
        thread.join(20)
        assert not thread.is_alive()


def test_a_loop_goes_on_while_there_is_something_to_do(begin: Callable[[Loop], Loops]) -> None:
    counter = Counter(rows=5)
    begin(counter.loop)
    counter.wait_for(5)
    assert counter.runs == [NOON] * 5


def test_the_feed_wakes_a_loop_before_its_time(begin: Callable[[Loop], Loops]) -> None:
    counter = Counter(wake_on_feed=True)
    loops = begin(counter.loop)
    counter.wait_for(1)
    loops.wake()
    counter.wait_for(2)
    loops.wake()
    counter.wait_for(3)


def test_being_woken_often_does_not_make_a_loop_run_more_often_afterwards(
    begin: Callable[[Loop], Loops],
) -> None:
    counter = Counter(wake_on_feed=True, every_seconds=0.2)
    loops = begin(counter.loop)
    for runs in range(1, 20):
        counter.wait_for(runs)
        loops.wake()
    ran = len(counter.runs)
    started = time.monotonic()
    counter.wait_for(ran + 5)
    assert time.monotonic() - started > 0.6


def test_a_failing_loop_is_told_of_and_tried_again(begin: Callable[[Loop], Loops]) -> None:
    counter = Counter(every_seconds=0.01)
    counter.fails = True
    begin(counter.loop)
    counter.wait_for(1)
    counter.fails = False
    counter.wait_for(3)
    state = LoopState.objects.get(name="counter")
    assert (state.error, state.failed_at, state.run_at) == ("", None, NOON)


def test_the_error_of_a_loop_stands_where_people_look(begin: Callable[[Loop], Loops]) -> None:
    counter = Counter(every_seconds=0.01)
    counter.fails = True
    begin(counter.loop)
    counter.wait_for(2)
    state = LoopState.objects.get(name="counter")
    assert "out of step" in state.error
    assert state.failed_at == NOON
