"""Following the feed: one connection that listens and reads, for all streams of this process."""

import asyncio
from typing import Any

import psycopg
import structlog
from django.db import connection

from shuniu.foundation.hub.sequencing import CHANNEL
from shuniu.foundation.live.contracts import Change
from shuniu.foundation.live.fanout import KEPT_CHANGES, Fanout

log = structlog.get_logger("live")

FEED = """
select position, event_id, at, customer_id from event_feed where position > %s order by position limit %s
"""
# one probe of the primary key for each event, as in `hub.reading`
EVENTS = """
select k.position, e.subject_kind, e.subject_id, e.unit_id, e.customer_id, e.data -> 'staff_ids'
from unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::bigint[]) as k (position, id, at, customer_id)
cross join lateral (
    select * from event where customer_id = k.customer_id and at = k.at and id = k.id and at between %s and %s limit 1
) e
order by k.position
"""
END = "select coalesce(max(position), 0) from event_feed"
BATCH = 1_000
# A notice that was lost is made good for after so long.
LOOK_EVERY_SECONDS = 1.0
RECONNECT_SECONDS = 1.0


class Follower:
    """Keeps a fan-out at the end of the feed, through losses of the database."""

    def __init__(self, fanout: Fanout) -> None:
        self._fanout = fanout
        self._started = False
        self.connected = False

    async def run(self) -> None:
        """Follow until cancelled."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as wire:
                    await wire.execute(f"listen {CHANNEL}")
                    await self._follow(wire)
            except psycopg.OperationalError as error:
                self.connected = False
                log.warning("live lost the database", error=str(error).strip())
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _follow(self, wire: psycopg.AsyncConnection[Any]) -> None:
        if not self._started:
            await self._start(wire)
        self.connected = True
        log.info("live follows the feed", position=self._fanout.position)
        while True:
            while await self._read(wire) == BATCH:
                pass
            async for _ in wire.notifies(timeout=LOOK_EVERY_SECONDS, stop_after=1):
                pass

    async def _start(self, wire: psycopg.AsyncConnection[Any]) -> None:
        (end,) = await _one(wire, END)
        kept = await _changes(wire, max(end - KEPT_CHANGES, 0), KEPT_CHANGES)
        self._fanout.start_at(max(end, kept[-1].position if kept else 0), kept)
        self._started = True

    async def _read(self, wire: psycopg.AsyncConnection[Any]) -> int:
        changes = await _changes(wire, self._fanout.position, BATCH)
        self._fanout.take(changes)
        return len(changes)


def _parameters() -> dict[str, Any]:
    """Where the database is; Django's own kinds of cursors do not fit an asynchronous connection."""
    own = {"cursor_factory", "context"}
    return {name: value for name, value in connection.get_connection_params().items() if name not in own}


async def _one(wire: psycopg.AsyncConnection[Any], query: str) -> Any:
    return await (await wire.execute(query)).fetchone()


async def _changes(wire: psycopg.AsyncConnection[Any], after: int, limit: int) -> list[Change]:
    places = await (await wire.execute(FEED, (after, limit))).fetchall()
    if not places:
        return []
    columns = [list(column) for column in zip(*places, strict=True)]
    bounds = (min(columns[2]), max(columns[2]))
    rows = await (await wire.execute(EVENTS, (*columns, *bounds), prepare=False)).fetchall()
    return [_change(*row) for row in rows]


def _change(
    position: int,
    kind: str,
    subject_id: int,
    unit_id: int | None,
    customer_id: int,
    staff_ids: list[int] | None,
) -> Change:
    keys = [f"{kind}:{subject_id}", f"{kind}@*"]
    if unit_id is not None:
        keys.append(f"{kind}@{unit_id}")
    if customer_id and kind != "customer":
        keys.append(f"customer:{customer_id}")
    keys += [f"staff:{staff_id}" for staff_id in staff_ids or ()]
    return Change(position=position, id=subject_id, keys=tuple(dict.fromkeys(keys)))
