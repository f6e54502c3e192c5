"""Looking after jobs."""

from datetime import timedelta

from shuniu.foundation.hub import Loop
from shuniu.foundation.jobs import actions
from shuniu.foundation.jobs.working import STALLED_SECONDS
from shuniu.foundation.text import Text

SILENT_FOR = timedelta(seconds=STALLED_SECONDS)

LOOPS = (
    Loop(
        name="jobs.rescue", every_seconds=10, run=lambda now: actions.rescue(now=now, silent_for=SILENT_FOR)
    ),
    Loop(
        name="jobs.forget_old",
        text=Text("清理旧任务", "Forget old jobs"),
        every_seconds=3600,
        run=lambda now: actions.forget_old(now=now),
    ),
)
