"""Who may do what with flows. Answering one's own work needs no permission but being asked."""

from shuniu.foundation.access import Permission
from shuniu.foundation.text import Text

READ = Permission("flow.read", Text(zh="查看流程", en="See flows"))
DESIGN = Permission("flow.design", Text(zh="设计流程", en="Design flows"))
PUBLISH = Permission("flow.publish", Text(zh="发布流程", en="Publish flows"))
ASSIGN = Permission("flow.assign", Text(zh="改派处理人", en="Assign steps to others"))
STEER = Permission(
    "flow.steer", Text(zh="挂起、恢复、终止、跳过流程", en="Suspend, resume, stop and skip in flows")
)
MIGRATE = Permission("flow.migrate", Text(zh="迁移运行中的流程", en="Move running flows to another version"))
MEND = Permission("flow.mend", Text(zh="处理执行异常", en="Retry and skip failed effects"))

PERMISSIONS = (READ, DESIGN, PUBLISH, ASSIGN, STEER, MIGRATE, MEND)
