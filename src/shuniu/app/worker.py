"""The worker process: gives events their order, hands them to subscribers, runs the loops and the jobs.

Any number of these may run, on any number of machines.
"""

import os
import signal
import sys
from collections.abc import Callable
from threading import Event, Thread
from types import FrameType

import structlog

from shuniu.app import wiring
from shuniu.foundation import clock
from shuniu.foundation.hub import registry
from shuniu.foundation.hub.delivery import Delivery
from shuniu.foundation.hub.listening import listen
from shuniu.foundation.hub.sequencer import run_sequencer
from shuniu.foundation.jobs.loops import Loops
from shuniu.foundation.jobs.working import run_jobs

log = structlog.get_logger("worker")

LOOK_ROUND_SECONDS = 2.0
STOP_SECONDS = 30.0
DELIVERY_THREADS = 2
LOOP_THREADS = 3
JOBS_AT_ONCE = 2


def main(*, delivery_threads: int = DELIVERY_THREADS, loop_threads: int = LOOP_THREADS) -> int:
    """Work until SIGTERM or SIGINT; returns the exit code. A part that falls takes the process with it, so that
    whoever supervises starts a whole one.
    """
    wiring.wire()
    problems = registry.problems()
    if problems:
        sys.stderr.write("\n".join([*problems, ""]))
        return 1
    stop = Event()
    _stop_on_signals(stop)
    worker = Worker(stop)
    worker.start(delivery_threads=delivery_threads, loop_threads=loop_threads)
    log.info(
        "worker started", pid=os.getpid(), subscribers=len(registry.subscribers), loops=len(registry.loops)
    )
    stop.wait()
    return worker.join()


class Worker:
    """The threads of one worker process."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self._threads: list[Thread] = []
        self._fallen: list[str] = []
        self._delivery = Delivery(registry.subscribers, clock.now)
        self._loops = Loops(registry.loops.values(), clock.now)

    def start(self, *, delivery_threads: int, loop_threads: int) -> None:
        """Start all parts."""
        self._begin("sequencer", lambda: run_sequencer(self._stop))
        self._begin("listener", self._listen)
        self._begin("jobs", lambda: run_jobs(self._stop, concurrency=JOBS_AT_ONCE))
        for number in range(delivery_threads):
            self._begin(f"delivery-{number}", lambda: self._delivery.work(self._stop))
        for number in range(loop_threads):
            self._begin(f"loops-{number}", lambda: self._loops.work(self._stop))

    def join(self) -> int:
        """Let every part finish what it is doing; returns 1 when one of them fell."""
        self._delivery.stop()
        self._loops.stop()
        for thread in self._threads:
            thread.join(STOP_SECONDS)
        log.info("worker stopped", fallen=self._fallen)
        return 1 if self._fallen else 0

    def _listen(self) -> None:
        def heard(event_names: frozenset[str]) -> None:
            self._delivery.wake(event_names)
            self._loops.wake()

        listen(stop=self._stop, heard=heard, tick=self._delivery.look_round, every_seconds=LOOK_ROUND_SECONDS)

    def _begin(self, name: str, work: Callable[[], None]) -> None:
        def run() -> None:
            try:
                work()
            except Exception as error:
                log.critical("part of the worker fell", part=name, exc_info=error)
                self._fallen.append(name)
                self._stop.set()

        self._threads.append(Thread(target=run, name=name, daemon=True))
        self._threads[-1].start()


def _stop_on_signals(stop: Event) -> None:
    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
