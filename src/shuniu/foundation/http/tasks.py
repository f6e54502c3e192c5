"""Housekeeping of the HTTP layer."""

from datetime import datetime

from shuniu.foundation.http.idempotency import forget_old
from shuniu.foundation.hub.contracts import Loop
from shuniu.foundation.text import Text

HOUR = 3600.0


def _forget(now: datetime) -> int:
    forget_old(now=now)
    return 0


LOOPS = (
    Loop(
        name="http.forget_idempotency_keys",
        text=Text("清理旧的提交标识", "Forget old submission keys"),
        every_seconds=HOUR,
        run=_forget,
    ),
)
