"""What the worker does for the hub now and then."""

from datetime import datetime

from shuniu.foundation.hub.actions import prepare, trim_feed
from shuniu.foundation.hub.contracts import Loop


def _prepare(now: datetime) -> int:
    prepare(now=now)
    return 0


LOOPS = (
    Loop(name="hub.prepare", every_seconds=6 * 3600, run=_prepare),
    Loop(name="hub.trim_feed", every_seconds=3600, run=lambda now: trim_feed(now=now)),
)
