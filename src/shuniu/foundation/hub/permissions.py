"""Who may look into the engine room."""

from shuniu.foundation.access import Permission
from shuniu.foundation.text import Text

READ = Permission("hub.read", Text("查看事件投递", "See event delivery"), sensitive=True)
OPERATE = Permission(
    "hub.operate",
    Text("处理停放的事件", "Decide on parked events"),
    sensitive=True,
)

PERMISSIONS = (READ, OPERATE)
