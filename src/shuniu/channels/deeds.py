"""What channels record in the audit log."""

from shuniu.foundation.audit.words import Deeds
from shuniu.foundation.text import Text

DEEDS = Deeds(
    actions={
        "channel.create_account": Text("新建渠道账号", "Channel account created"),
        "channel.update_account": Text("修改渠道账号", "Channel account changed"),
        "channel.promote_keys": Text("启用新的回调密钥", "New callback keys put in force"),
        "channel.retry_inbox": Text("重试渠道回调", "Callback retried"),
        "channel.retry_outbox": Text("重试发送", "Message sent again"),
    },
    things={
        "channel_account": Text("渠道账号", "Channel account"),
        "channel_inbox": Text("渠道回调", "Callback"),
        "channel_message": Text("渠道消息", "Channel message"),
    },
    fields={
        "corp_id": Text("企业编号", "Corp id"),
        "agent_id": Text("应用编号", "Agent id"),
        "secrets_changed": Text("更换的密钥", "Secrets changed"),
    },
)
