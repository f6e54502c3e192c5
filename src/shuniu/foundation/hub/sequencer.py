"""The sequencer's life in a worker process. Every worker runs one; the lock lets a single one work."""

from threading import Event

import structlog
from django.db import DatabaseError, connection

from shuniu.foundation.hub.sequencing import move_pending, sweep, take_lock

log = structlog.get_logger("hub")

# While events come, one batch each such pause: fewer, larger batches spare everyone who reads them.
BUSY_SECONDS = 0.05
IDLE_SECONDS_MAX = 0.1
STAND_BY_SECONDS = 1.0
SWEEP_EVERY_EVENTS = 20_000


def run_sequencer(stop: Event) -> None:
    """Give events their places until told to stop; takes over when another worker's sequencer is gone."""
    while not stop.is_set():
        try:
            if take_lock():
                log.info("sequencer at work")
                _work(stop)
        except DatabaseError as error:
            log.warning("sequencer lost the database", error=str(error).strip())
        finally:
            # closing also gives the lock back
            connection.close()
        stop.wait(STAND_BY_SECONDS)


def _work(stop: Event) -> None:
    pause, since_sweep = BUSY_SECONDS, 0
    while not stop.wait(pause):
        moved = move_pending()
        pause = BUSY_SECONDS if moved else min(pause * 1.2, IDLE_SECONDS_MAX)
        since_sweep += moved
        if since_sweep >= SWEEP_EVERY_EVENTS:
            sweep()
            since_sweep = 0
