"""Housekeeping of logins."""

from datetime import datetime

from shuniu.foundation.hub.contracts import Loop
from shuniu.foundation.identity import attempts
from shuniu.foundation.identity.models import Session
from shuniu.foundation.text import Text


def forget_expired(now: datetime) -> int:
    """Remove attempts older than a day and sessions that have ended. Never asks to be called again at once."""
    attempts.forget_old(now=now)
    Session.objects.filter(expire_date__lt=now).delete()
    return 0


LOOPS = (
    Loop(
        name="identity.forget_expired",
        text=Text("清理过期登录", "Forget expired sign-ins"),
        every_seconds=3600,
        run=forget_expired,
    ),
)
