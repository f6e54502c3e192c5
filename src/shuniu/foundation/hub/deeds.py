"""What people decide about events, as the audit log says it."""

from shuniu.foundation.audit.words import Deeds
from shuniu.foundation.text import Text

DEEDS = Deeds(
    actions={
        "hub.retry_event": Text("重试失败的事件", "Failed event retried"),
        "hub.skip_event": Text("跳过失败的事件", "Failed event skipped"),
    },
    things={
        "event_parked": Text("失败的事件", "Failed event"),
    },
    fields={
        "subscriber": Text("接收方", "Subscriber"),
        "event": Text("事件", "Event"),
        "event_id": Text("事件编号", "Event no."),
        "reason": Text("原因", "Reason"),
        "subject": Text("对象", "Subject"),
    },
)
