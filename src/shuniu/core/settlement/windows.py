"""Whether a window holds at an instant, in the plan's time zone. Windows begin at local midnight and are half-open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from shuniu.core.settlement.plan import Window

Held = TypeVar("Held")
YEARLY_LENGTH = len("07-01")
UNRECORDED = datetime.min.replace(tzinfo=ZoneInfo("UTC"))


def best_window(
    rows: Sequence[Held],
    window_of: Callable[[Held], Window],
    *,
    at: datetime,
    as_of: datetime | None,
    timezone: str,
    holds: Callable[[str | None], bool],
) -> Held | None:
    """The row whose window counts at `at`, as far as was known at `as_of`; None when there is none."""
    best: Held | None = None
    best_rank = (0, UNRECORDED)
    for row in rows:
        window = window_of(row)
        if not (is_known(window, as_of, timezone) and in_window(window, at, timezone) and holds(window.when)):
            continue
        rank = (window.priority, recorded_at(window, timezone))
        if best is None or rank >= best_rank:
            best, best_rank = row, rank
    return best


def in_window(window: Window, at: datetime, timezone: str) -> bool:
    """Whether the instant lies in the window, its condition aside."""
    local = at.astimezone(ZoneInfo(timezone))
    since, until = window.since, window.until
    if since and until and is_yearly(since) and is_yearly(until):
        day = f"{local:%m-%d}"
        return since <= day < until if since <= until else day >= since or day < until
    return (since is None or instant(since, timezone, local.year) <= at) and (
        until is None or at < instant(until, timezone, local.year)
    )


def is_known(window: Window, as_of: datetime | None, timezone: str) -> bool:
    return as_of is None or recorded_at(window, timezone) <= as_of


def recorded_at(window: Window, timezone: str) -> datetime:
    return UNRECORDED if window.recorded_at is None else instant(window.recorded_at, timezone)


def is_yearly(text: str) -> bool:
    return len(text) == YEARLY_LENGTH


@lru_cache(maxsize=4096)
def instant(text: str, timezone: str, year: int = 1) -> datetime:
    """A day is its local midnight; a time without an offset is local; month and day are those of `year`."""
    moment = datetime.fromisoformat(f"{year:04d}-{text}" if is_yearly(text) else text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))
