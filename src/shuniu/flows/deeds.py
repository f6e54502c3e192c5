"""What flows record in the audit log."""

from shuniu.foundation.audit.words import Deeds
from shuniu.foundation.text import Text

DEEDS = Deeds(
    actions={
        "flow.create": Text("新建流程", "Flow created"),
        "flow.draft": Text("修改流程草稿", "Draft of a flow changed"),
        "flow.restore": Text("取回流程旧版本", "Older version of a flow brought back"),
        "flow.discard_draft": Text("放弃流程草稿", "Draft of a flow discarded"),
        "flow.publish": Text("发布流程", "Flow published"),
        "flow.assign": Text("指定处理人", "People put on a step"),
        "flow.effect_retry": Text("重试流程动作", "Effect of a flow retried"),
        "flow.effect_skip": Text("跳过流程动作", "Effect of a flow skipped"),
    },
    fields={
        "node": Text("节点", "Node"),
        "staff_ids": Text("员工编号", "Staff no."),
        "version": Text("版本", "Version"),
        "version_id": Text("版本编号", "Version no."),
        "rev": Text("修订", "Revision"),
        "saved_by": Text("保存人", "Saved by"),
        "effect": Text("动作", "Effect"),
        "effect_id": Text("动作编号", "Effect no."),
        "flow": Text("流程", "Flow"),
        "parties": Text("参与方", "Parties"),
    },
)
