"""Who may look at the boards."""

from shuniu.foundation.access import Permission
from shuniu.foundation.text import Text

READ = Permission("insights.read", Text("查看看板", "See the boards"))

PERMISSIONS = (READ,)
