"""Background work of flows: the outbox of effects and the limits that come due."""

from datetime import datetime

from shuniu.flows import actions
from shuniu.foundation.hub.contracts import Loop
from shuniu.foundation.text import Text


def _effects(now: datetime) -> int:
    return actions.run_pending(now=now)


def _timers(now: datetime) -> int:
    return actions.fire_due(now=now)


LOOPS = (
    Loop(
        name="flows.effects",
        text=Text("执行流程动作", "Run effects of flows"),
        every_seconds=1.0,
        run=_effects,
        wake_on_feed=True,
    ),
    Loop(
        name="flows.timers",
        text=Text("流程计时与提醒", "Fire timers of flows"),
        every_seconds=1.0,
        run=_timers,
    ),
)
