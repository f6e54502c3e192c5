"""Running parts of the worker in threads, with deadlines instead of sleeping."""

from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest
from django.db import connection

Start = Callable[..., None]


@pytest.fixture
def stop() -> Event:
    """Set at the end of the test; everything started ends with it."""
    return Event()


@pytest.fixture
def start(stop: Event) -> Iterator[Start]:
    """Runs a function in a thread that is joined, with its database connection closed, at the end of the test."""
    threads: list[Thread] = []
    endings: list[Callable[[], None]] = []

    def begin(
        work: Callable[..., None], *arguments: object, at_end: Callable[[], None] = lambda: None
    ) -> None:
        def run() -> None:
            try:
                work(*arguments)
            finally:
                connection.close()

        endings.append(at_end)
        threads.append(Thread(target=run, daemon=True))
        threads[-1].start()

    yield begin
    stop.set()
    for ending in endings:
        ending()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
