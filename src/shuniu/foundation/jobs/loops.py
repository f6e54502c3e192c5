"""Running the domains' loops: a few threads, each loop by one of them at a time."""

import heapq
import itertools
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Condition, Event

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.db.models import F

from shuniu.foundation.hub import Loop
from shuniu.foundation.jobs.models import LoopState, told

log = structlog.get_logger("jobs")

TELL_EVERY_SECONDS = 30.0
PAUSE_SECONDS_MAX = 60.0
VOID_MAX = 100


@dataclass(slots=True)
class _State:
    loop: Loop
    failures: int = 0
    running: bool = False
    woken: bool = False
    rows: int = 0
    # the one entry of the queue that counts; earlier ones are void
    entry: int = -1
    told_at: float = field(default=float("-inf"))


class Loops:
    """The loops and when each is due. ``work`` is a thread, ``wake`` is called when the feed has grown."""

    def __init__(self, loops: Iterable[Loop], clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._changed = Condition()
        self._order = itertools.count()
        self._states = [_State(loop) for loop in loops]
        self._due: list[tuple[float, int, _State]] = []
        for state in self._states:
            self._queue(state, 0.0)

    def wake(self) -> None:
        """Something new stands in the feed: the loops that read what it led to are due now."""
        with self._changed:
            for state in self._states:
                if state.loop.wake_on_feed and not state.woken:
                    state.woken = True
                    if not state.running:
                        self._queue(state, 0.0)
            self._changed.notify_all()

    def stop(self) -> None:
        """Wake the threads so that they see the end."""
        with self._changed:
            self._changed.notify_all()

    def work(self, stop: Event) -> None:
        """Run what is due until told to stop."""
        while (state := self._next(stop)) is not None:
            self._done(state, self._run(state))
        connection.close()

    def _next(self, stop: Event) -> _State | None:
        with self._changed:
            while not stop.is_set():
                moment = time.monotonic()
                while self._due and self._due[0][0] <= moment:
                    _, entry, state = heapq.heappop(self._due)
                    if entry == state.entry:
                        state.running, state.woken = True, False
                        return state
                self._changed.wait(self._due[0][0] - moment if self._due else None)
        return None

    def _run(self, state: _State) -> float:
        """Run once; returns the pause until the next time in seconds."""
        try:
            rows = state.loop.run(self._clock())
            self._tell(state, rows)
        except (OperationalError, InterfaceError) as error:
            log.warning("loop lost the database", loop=state.loop.name, error=str(error).strip())
            connection.close()
        except Exception as error:
            log.error("loop failed", loop=state.loop.name, exc_info=error)
            self._tell_failure(state, error)
        else:
            state.failures = 0
            return 0.0 if rows > 0 else state.loop.every_seconds
        state.failures += 1
        return min(max(state.loop.every_seconds, 1.0) * 2.0 ** min(state.failures - 1, 10), PAUSE_SECONDS_MAX)

    def _done(self, state: _State, pause: float) -> None:
        with self._changed:
            state.running = False
            if state.woken and state.failures == 0:
                pause = 0.0
            self._queue(state, time.monotonic() + pause)
            self._changed.notify_all()

    def _queue(self, state: _State, moment: float) -> None:
        state.entry = next(self._order)
        heapq.heappush(self._due, (moment, state.entry, state))
        if len(self._due) > VOID_MAX + len(self._states):
            self._due = [due for due in self._due if due[1] == due[2].entry]
            heapq.heapify(self._due)

    def _tell(self, state: _State, rows: int) -> None:
        state.rows += rows
        moment = time.monotonic()
        if state.failures == 0 and moment - state.told_at < TELL_EVERY_SECONDS:
            return
        self._write(state, {"error": "", "failed_at": None})
        state.told_at, state.rows = moment, 0

    def _tell_failure(self, state: _State, error: Exception) -> None:
        try:
            self._write(state, {"error": told(error), "failed_at": self._clock()})
        except (OperationalError, InterfaceError):
            connection.close()

    def _write(self, state: _State, fares: dict[str, object]) -> None:
        moment = self._clock()
        values = {"every_seconds": state.loop.every_seconds, "run_at": moment, **fares}
        if not LoopState.objects.filter(name=state.loop.name).update(**values, rows=F("rows") + state.rows):
            LoopState.objects.bulk_create(
                [LoopState(name=state.loop.name, rows=state.rows, **values)], ignore_conflicts=True
            )
