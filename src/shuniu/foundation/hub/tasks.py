"""What the worker does for the hub now and then."""

from datetime import datetime

from shuniu.foundation.hub.actions import prepare, trim_feed
from shuniu.foundation.hub.contracts import Loop
from shuniu.foundation.text import Text


def _prepare(now: datetime) -> int:
    prepare(now=now)
    return 0


LOOPS = (
    Loop(
        name="hub.prepare",
        text=Text("准备事件分区", "Prepare partitions of events"),
        every_seconds=6 * 3600,
        run=_prepare,
    ),
    Loop(
        name="hub.trim_feed",
        text=Text("清理旧事件流", "Trim the feed"),
        every_seconds=3600,
        run=lambda now: trim_feed(now=now),
    ),
)
