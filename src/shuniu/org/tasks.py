"""Housekeeping of the organisation."""

from datetime import datetime, timedelta

from shuniu.foundation.hub import Loop
from shuniu.foundation.text import Text
from shuniu.org.actions import forget_notices

NOTICES_KEPT_FOR = timedelta(days=180)


def forget_old_notices(now: datetime) -> int:
    """Notices older than half a year go, a batch at a time."""
    return forget_notices(before=now - NOTICES_KEPT_FOR)


LOOPS = (
    Loop(
        name="org.forget_notices",
        text=Text("清理旧通知", "Forget old notices"),
        every_seconds=3600,
        run=forget_old_notices,
    ),
)
