"""When something that failed is tried again, and when it is left to a person."""

from datetime import datetime, timedelta

ATTEMPTS_MAX = 8
# a row taken and never finished (its worker died) comes back after this
LEASE = timedelta(minutes=2)
_WAITS = (5, 15, 60, 300, 900, 3600, 3 * 3600)
_FREQUENCY_WAIT = timedelta(seconds=61)


def next_moment(*, attempts: int, now: datetime) -> datetime:
    """When to try again after the `attempts`-th failure."""
    return now + timedelta(seconds=_WAITS[min(attempts, len(_WAITS)) - 1])


def after_frequency(*, now: datetime) -> datetime:
    """Frequency limits count by the natural minute; the next one is free."""
    return now + _FREQUENCY_WAIT
