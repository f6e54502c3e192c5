"""What people decide about jobs, as the audit log says it."""

from shuniu.foundation.audit.words import Deeds
from shuniu.foundation.text import Text

DEEDS = Deeds(
    actions={
        "jobs.retry": Text("重试后台任务", "Job retried"),
        "jobs.cancel": Text("取消后台任务", "Job cancelled"),
    },
    things={
        "job": Text("后台任务", "Job"),
    },
    fields={
        "task": Text("任务", "Task"),
    },
)
