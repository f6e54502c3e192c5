"""Signing in with WeCom (developer.work.weixin.qq.com/document/path/91022)."""

from urllib.parse import urlencode

from shuniu.channels.adapters.wecom.client import WeComClient
from shuniu.channels.contracts import OutsideMember

DEFAULT_BASE = "https://open.weixin.qq.com"


def authorize_url(*, base: str, corp_id: str, agent_id: str, redirect_uri: str, state: str) -> str:
    """Where the browser goes to be sent back with a code; silent inside WeCom."""
    query = urlencode(
        {
            "appid": corp_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
            "agentid": agent_id,
        }
    )
    return f"{base.rstrip('/')}/connect/oauth2/authorize?{query}#wechat_redirect"


def member_of(client: WeComClient, code: str) -> str:
    """The userid behind a code. OutsideMember for customers and members of other enterprises."""
    answer = client.get("/cgi-bin/auth/getuserinfo", {"code": code})
    # the older endpoint, and some answers of this one, write UserId
    userid = str(answer.get("userid") or answer.get("UserId") or "")
    if not userid:
        raise OutsideMember
    return userid
