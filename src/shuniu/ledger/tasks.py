"""Background work of the ledger."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from shuniu.foundation.access import system
from shuniu.foundation.hub import Loop
from shuniu.foundation.text import Text
from shuniu.ledger.actions import check_day

QUIET_HOUR = 2  # local; before the working day, after the day's last sends


def check_tonight(now: datetime) -> int:
    """Check the ledger once a night; never asks to be called again at once."""
    local = now.astimezone(ZoneInfo(settings.SHUNIU.time_zone))
    if local.hour >= QUIET_HOUR:
        check_day(day=local.date(), by=system("ledger"), now=now)
    return 0


LOOPS = (
    Loop(
        name="ledger.check_tonight",
        text=Text("每晚核对账目", "Check the books at night"),
        every_seconds=600,
        run=check_tonight,
    ),
)
