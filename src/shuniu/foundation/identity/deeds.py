"""What logins record in the audit log."""

from shuniu.foundation.audit.words import Deeds
from shuniu.foundation.text import Text

DEEDS = Deeds(
    actions={
        "identity.sign_in": Text("登录", "Signed in"),
        "identity.sign_in_failed": Text("登录失败", "Sign-in failed"),
        "identity.create_user": Text("开通登录", "Login created"),
        "identity.change_password": Text("修改密码", "Password changed"),
        "identity.give_one_time_password": Text("发放一次性密码", "One-time password given"),
        "identity.set_active": Text("启用或停用登录", "Login enabled or blocked"),
        "identity.link_external": Text("绑定外部账号", "External account linked"),
        "identity.unlink_external": Text("解绑外部账号", "External account unlinked"),
    },
    things={
        "user": Text("登录账号", "Login"),
    },
    fields={
        "how": Text("登录方式", "Way of signing in"),
        "address": Text("网络地址", "Network address"),
        "username": Text("登录名", "Login name"),
        "active": Text("启用", "Active"),
        "provider": Text("外部平台", "Platform"),
    },
)
