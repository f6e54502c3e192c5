"""Background work of settlement: silence that means yes, and holds that are over."""

from datetime import datetime

from shuniu.foundation.access import system
from shuniu.foundation.hub import Loop
from shuniu.foundation.text import Text
from shuniu.settlement import actions

BY = system("settlement")


def confirm_due(now: datetime) -> int:
    return actions.confirm_due(by=BY, now=now)


def release_due(now: datetime) -> int:
    return actions.release_due(by=BY, now=now)


LOOPS = (
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
