"""Who may do what with channels."""

from shuniu.foundation.access import Permission
from shuniu.foundation.text import Text

READ_CHATS = Permission("channel.read_chats", Text(zh="查看聊天记录", en="Read chats"), sensitive=True)
READ = Permission("channel.read", Text(zh="查看渠道与收发记录", en="See channels and their traffic"))
CONFIGURE = Permission("channel.configure", Text(zh="配置渠道", en="Set up channels"), sensitive=True)

PERMISSIONS = (READ_CHATS, READ, CONFIGURE)
