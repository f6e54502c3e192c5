"""What work orders record in the audit log."""

from shuniu.foundation.audit.words import Deeds
from shuniu.foundation.text import Text

DEEDS = Deeds(
    actions={
        "work_order.create": Text("建工单", "Work order made"),
        "work_order.dispatch": Text("人工派单", "Work order dispatched by hand"),
        "work_order.cancel": Text("取消工单", "Work order called off"),
        "work_order.phone_unmasked": Text("查看工单联系电话", "Phone number of an order seen"),
        "work_order.kind_create": Text("新建工单类型", "Kind of order created"),
        "work_order.kind_update": Text("修改工单类型", "Kind of order changed"),
    },
    things={
        "work_order_kind": Text("工单类型", "Kind of order"),
    },
    fields={
        "status": Text("状态", "Status"),
        "priority": Text("优先级", "Priority"),
        "kind_id": Text("类型编号", "Kind no."),
        "staff_id": Text("员工编号", "Staff no."),
        "service_minutes": Text("上门时长（分钟）", "Minutes on site"),
        "flow_key": Text("流程", "Flow"),
        "minutes": Text("分钟", "Minutes"),
        "difficulty": Text("难度系数", "Difficulty coefficient"),
    },
)
