"""Who may look after background jobs."""

from shuniu.foundation.access import Permission
from shuniu.foundation.text import Text

READ = Permission("jobs.read", Text("查看后台任务", "See background jobs"), sensitive=True)
OPERATE = Permission(
    "jobs.operate", Text("重试与取消后台任务", "Retry and cancel background jobs"), sensitive=True
)

PERMISSIONS = (READ, OPERATE)
