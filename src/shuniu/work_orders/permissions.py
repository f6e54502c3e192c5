"""Who may do what with work orders. Whoever takes part in an order sees that order."""

from shuniu.foundation.access import Permission
from shuniu.foundation.text import Text

READ = Permission("work_order.read", Text(zh="查看工单", en="See work orders"))
CREATE = Permission("work_order.create", Text(zh="新建工单", en="Create work orders"))
DISPATCH = Permission("work_order.dispatch", Text(zh="人工派单", en="Dispatch by hand"))
CANCEL = Permission("work_order.cancel", Text(zh="取消工单", en="Cancel work orders"))
SEE_PHONE = Permission(
    "work_order.see_phone",
    Text(zh="查看工单联系电话", en="See contact numbers of work orders"),
    sensitive=True,
)
EXPORT = Permission("work_order.export", Text(zh="导出工单", en="Export work orders"), sensitive=True)
MANAGE_KINDS = Permission("work_order.manage_kinds", Text(zh="管理工单类型", en="Manage kinds of work order"))

PERMISSIONS = (READ, CREATE, DISPATCH, CANCEL, SEE_PHONE, EXPORT, MANAGE_KINDS)
