"""What customers record in the audit log."""

from shuniu.foundation.audit.words import Deeds
from shuniu.foundation.text import Text

DEEDS = Deeds(
    actions={
        "customer.create": Text("新建客户", "Customer created"),
        "customer.update": Text("修改客户", "Customer changed"),
        "customer.tag": Text("修改客户标签", "Tags of a customer changed"),
        "customer.link_identity": Text("关联客户身份", "Identity linked"),
        "customer.unlink_identity": Text("解除客户身份", "Identity unlinked"),
        "customer.phone_unmasked": Text("查看客户手机号", "Phone number of a customer seen"),
    },
    fields={
        "district": Text("区县", "District"),
        "stage": Text("阶段", "Stage"),
        "source": Text("来源", "Source"),
        "tags": Text("标签", "Tags"),
        "owner_id": Text("负责人编号", "Owner no."),
        "added": Text("增加", "Added"),
        "removed": Text("去掉", "Removed"),
    },
)
