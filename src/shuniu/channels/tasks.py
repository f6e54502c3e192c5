"""What the worker does for channels: callbacks are understood, messages leave."""

from datetime import datetime

from shuniu.channels import actions
from shuniu.foundation.hub import Loop
from shuniu.foundation.text import Text


def _understand(now: datetime) -> int:
    return actions.understand_some(now=now)


def _send(now: datetime) -> int:
    return actions.send_some(now=now)


LOOPS = (
    Loop(
        name="channels.inbox",
        text=Text("处理渠道回调", "Understand callbacks"),
        every_seconds=1.0,
        run=_understand,
    ),
    Loop(
        name="channels.outbox",
        text=Text("发送渠道消息", "Send messages"),
        every_seconds=2.0,
        run=_send,
        wake_on_feed=True,
    ),
)
