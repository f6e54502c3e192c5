"""Hearing of new events: one connection that listens, and comes back when the database was away."""

from collections.abc import Callable
from threading import Event

import psycopg
import structlog
from django.db import connection

from shuniu.foundation.hub.sequencing import CHANNEL, read_notice

log = structlog.get_logger("hub")

RECONNECT_SECONDS = 1.0


def listen(
    *, stop: Event, heard: Callable[[frozenset[str]], None], tick: Callable[[], None], every_seconds: float
) -> None:
    """Call ``heard`` with the kinds of events of each new batch (none named: any), and ``tick`` when it was quiet
    for ``every_seconds`` and after each (re)connection, when something may have been missed.
    """
    while not stop.is_set():
        try:
            with psycopg.connect(**connection.get_connection_params(), autocommit=True) as wire:
                wire.execute(f"listen {CHANNEL}")
                log.info("listening to the feed")
                _hear(wire, stop, heard, tick, every_seconds)
        except psycopg.OperationalError as error:
            log.warning("listener lost the database", error=str(error).strip())
            stop.wait(RECONNECT_SECONDS)


def _hear(
    wire: psycopg.Connection,
    stop: Event,
    heard: Callable[[frozenset[str]], None],
    tick: Callable[[], None],
    every_seconds: float,
) -> None:
    while not stop.is_set():
        tick()
        for notice in wire.notifies(timeout=every_seconds):
            if stop.is_set():
                return
            _, _, names = read_notice(notice.payload)
            heard(names)
