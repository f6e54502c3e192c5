"""Who may read the audit log."""

from shuniu.foundation.access import Permission
from shuniu.foundation.text import Text

READ = Permission("audit.read", Text("查看审计日志", "Read the audit log"), sensitive=True)

PERMISSIONS = (READ,)
