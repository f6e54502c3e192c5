"""WeCom's error numbers in words that say the mend (developer.work.weixin.qq.com/document/path/90313)."""

from shuniu.foundation.text import Text

TOKEN_EXPIRED = frozenset({40014, 42001})
BUSY = frozenset({-1, 6000})
FREQUENCY = frozenset({45009, 45033})
# no later attempt can succeed before a person changes something
HOPELESS = frozenset({40003, 40013, 40058, 48002, 60011, 60111, 81013, 84061, 84074, 301002})

_HINTS = {
    -1: Text(zh="企业微信系统繁忙，稍后会自动重试", en="WeCom is busy; this is retried by itself."),
    40001: Text(
        zh="Secret 不正确。请到企业微信管理后台「应用管理 → 自建应用」重新复制 Secret",
        en="The secret is wrong. Copy it again from the application's page in WeCom's admin console.",
    ),
    40003: Text(zh="成员账号不存在", en="There is no such member."),
    40013: Text(
        zh="企业 ID 不正确。请到企业微信管理后台「我的企业」底部复制",
        en="The corp id is wrong. Copy it from the foot of “My company” in WeCom's admin console.",
    ),
    40029: Text(
        zh="登录码已用过或已过期，请重新打开页面",
        en="The sign-in code was used or has expired; open the page again.",
    ),
    42003: Text(zh="登录码已过期，请重新打开页面", en="The sign-in code has expired; open the page again."),
    40096: Text(
        zh="该外部联系人不属于本企业，或不在应用可见范围内",
        en="This external contact is not yours, or is outside the application's visible range.",
    ),
    45009: Text(zh="调用过于频繁，请等一分钟再试", en="Called too often; wait a minute."),
    45033: Text(zh="并发过高，请稍后再试", en="Too many calls at once; try again shortly."),
    48002: Text(
        zh="应用没有调用该接口的权限。请在「客户联系 → API」与「微信客服 → API」里，把本应用加入「可调用接口的应用」",
        en="The application may not call this API. Add it to the applications allowed to call the APIs of "
        "Customer Contact and WeChat Customer Service.",
    ),
    60011: Text(
        zh="成员不在应用的可见范围内。请在应用详情里扩大「可见范围」",
        en="The member is outside the application's visible range; widen it on the application's page.",
    ),
    60020: Text(
        zh="本服务器的 IP 不在「企业可信 IP」里。请在应用详情里添加，约 1 分钟后生效",
        en="This server's IP is not among the trusted IPs. Add it on the application's page; it takes about a minute.",
    ),
    60111: Text(zh="企业微信里没有这个成员账号", en="WeCom knows no such member."),
    81013: Text(zh="全部接收人都无效", en="All receivers are invalid."),
    84061: Text(
        zh="客户与该员工已没有好友关系", en="The customer and this member of staff are no longer contacts."
    ),
    84074: Text(
        zh="没有外部联系人权限。请在「客户联系 → 权限配置」里给成员开通",
        en="No permission for external contacts; grant it under Customer Contact.",
    ),
    95007: Text(zh="微信客服的回调凭证已失效", en="The token of the customer service callback has expired."),
    301002: Text(
        zh="AgentId 与 Secret 不是同一个应用",
        en="The agent id and the secret belong to different applications.",
    ),
}
_UNKNOWN = Text(
    zh="请按错误码查阅企业微信开发者中心「全局错误码」",
    en="See “global error codes” in WeCom's developer centre.",
)


def hint(errcode: int) -> Text:
    """What to do about an error number."""
    return _HINTS.get(errcode, _UNKNOWN)
