"""Background work of settlement: silence that means yes, and holds that are over."""

from datetime import datetime

from django.utils.timezone import get_default_timezone

from shuniu.foundation.access import system
from shuniu.foundation.hub import Loop
from shuniu.foundation.text import Text
from shuniu.settlement import actions

BY = system("settlement")
QUIET_HOUR = 2  # local; before the working day, after the day's last sends


def confirm_due(now: datetime) -> int:
    return actions.confirm_due(by=BY, now=now)


def release_due(now: datetime) -> int:
    return actions.release_due(by=BY, now=now)


def start_runs(now: datetime) -> int:
    """What was collected is settled without anybody asking for it."""
    return actions.start_waiting(by=BY, now=now)


def work_runs(now: datetime) -> int:
    return actions.work_run(by=BY, now=now)


def check_tonight(now: datetime) -> int:
    """Check once a night that lines, buckets and accounts say the same; never asks to be called again at once."""
    local = now.astimezone(get_default_timezone())
    if local.hour >= QUIET_HOUR:
        actions.check_day(day=local.date(), by=BY, now=now)
    return 0


LOOPS = (
    Loop(
        name="settlement.start_runs",
        text=Text("自动开始结算运行", "Start settlement runs"),
        every_seconds=60,
        run=start_runs,
    ),
    Loop(
        name="settlement.work_runs",
        text=Text("处理结算运行", "Work settlement runs off"),
        every_seconds=2,
        run=work_runs,
    ),
    Loop(
        name="settlement.check_tonight",
        text=Text("每晚核对收益", "Check the earnings at night"),
        every_seconds=600,
        run=check_tonight,
    ),
    Loop(
        name="settlement.confirm_due",
        text=Text("到期自动确认收益", "Confirm earnings that are due"),
        every_seconds=30,
        run=confirm_due,
    ),
    # a hold of no days is over at once: what a customer confirmed is withdrawable within a second
    Loop(
        name="settlement.release_due",
        text=Text("释放到期的可提现金额", "Release money whose hold is over"),
        every_seconds=1,
        run=release_due,
        wake_on_feed=True,
    ),
)
