"""配置自检: a connection is tried step by step, and what is wrong is said in words."""

from collections.abc import Callable
from datetime import datetime

from shuniu.channels.connections import client_of
from shuniu.channels.contracts import AccountNotFound, CheckLine
from shuniu.channels.models import ChannelAccount
from shuniu.channels.permissions import CONFIGURE
from shuniu.foundation.access import Actor
from shuniu.foundation.errors import DomainError
from shuniu.foundation.text import Text
from shuniu.org import queries as org

_NO_CALLBACK_KEYS = Text(
    zh="还没有填写回调 Token 与 EncodingAESKey，收不到客户消息",
    en="The callback token and EncodingAESKey are missing; customers' messages will not arrive.",
)
_NEVER_CALLED = Text(
    zh="还没有收到过回调。请在企业微信后台「接收消息」里填写上方的回调地址并保存",
    en="No callback has arrived yet. Enter the callback address above in WeCom's admin console and save it there.",
)


def check_account(*, account_id: int, by: Actor, now: datetime) -> list[CheckLine]:
    """Try the connection. The first step that everything needs stops the rest when it fails."""
    mine = org.visible(actor=by, permission=CONFIGURE, unit="unit_id")
    account = ChannelAccount.objects.filter(mine, pk=account_id).first()
    if account is None:
        raise AccountNotFound
    client = client_of(account)
    first = _try(
        Text(zh="企业 ID、Secret 与可信 IP", en="Corp id, secret and trusted IP"), client.fresh_token
    )
    lines = [first]
    if first.passed:
        lines += [
            _try(Text(zh="侧边栏：企业票据", en="Side bar: the enterprise's ticket"), client.jsapi_ticket),
            _try(Text(zh="侧边栏：应用票据", en="Side bar: the application's ticket"), client.agent_ticket),
            _try(
                Text(zh="应用与 AgentId", en="Application and agent id"),
                lambda: client.get("/cgi-bin/agent/get", {"agentid": account.agent_id}),
            ),
            _try(
                Text(zh="客户联系权限", en="Permission for customer contact"),
                lambda: client.get("/cgi-bin/externalcontact/get_follow_user_list", {}),
            ),
            _try(
                Text(zh="微信客服权限", en="Permission for WeChat customer service"),
                lambda: client.get("/cgi-bin/kf/account/list", {}),
            ),
        ]
    return [*lines, *_callback_lines(account, now=now)]


def _try(name: Text, call: Callable[[], object]) -> CheckLine:
    try:
        call()
    except DomainError as problem:
        errcode = problem.data.get("errcode")
        hint = (
            Text(zh=str(problem.data["hint_zh"]), en=str(problem.data["hint_en"]))
            if errcode is not None
            else problem.text()
        )
        return CheckLine(name=name, passed=False, hint=hint, errcode=errcode)
    return CheckLine(name=name, passed=True, hint=None)


def _callback_lines(account: ChannelAccount, *, now: datetime) -> list[CheckLine]:
    keys = Text(zh="回调密钥", en="Callback keys")
    arrived = Text(zh="收到过回调", en="Callbacks have arrived")
    if account.token_cipher is None:
        return [CheckLine(name=keys, passed=False, hint=_NO_CALLBACK_KEYS)]
    heard = account.last_callback_at is not None and account.last_callback_at <= now
    return [
        CheckLine(name=keys, passed=True, hint=None),
        CheckLine(name=arrived, passed=heard, hint=None if heard else _NEVER_CALLED),
    ]
