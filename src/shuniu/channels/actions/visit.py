"""Members of staff come in from WeCom: the silent sign-in, and what the JS-SDK is started with."""

import hmac
from datetime import datetime

from shuniu.channels.adapters.wecom import jssdk, oauth
from shuniu.channels.connections import client_of, main_account
from shuniu.channels.contracts import JsSdkConfig, SignInStale
from shuniu.foundation.identity import actions as identity
from shuniu.foundation.identity.contracts import UserCard


def begin_sign_in(*, redirect_uri: str, state: str) -> str:
    """The platform's page that sends the browser back to `redirect_uri` with a code and the `state`."""
    account = main_account()
    return oauth.authorize_url(
        base=account.authorize_base,
        corp_id=account.corp_id,
        agent_id=account.agent_id,
        redirect_uri=redirect_uri,
        state=state,
    )


def finish_sign_in(*, code: str, state: str, expected_state: str, now: datetime) -> UserCard:
    """The login behind the code. SignInStale when this browser did not begin the sign-in."""
    if not expected_state or not hmac.compare_digest(state.encode(), expected_state.encode()):
        raise SignInStale
    userid = oauth.member_of(client_of(main_account()), code)
    return identity.sign_in_external(provider="wecom", subject=userid, now=now)


def jssdk_config(*, url: str, noncestr: str, now: datetime) -> JsSdkConfig:
    """Signatures for one of our own pages; the caller has checked that `url` is one."""
    account = main_account()
    client = client_of(account)
    timestamp = int(now.timestamp())
    return JsSdkConfig(
        corp_id=account.corp_id,
        agent_id=account.agent_id,
        script_url=account.jssdk_url,
        config=jssdk.sign(ticket=client.jsapi_ticket(), noncestr=noncestr, timestamp=timestamp, url=url),
        agent_config=jssdk.sign(
            ticket=client.agent_ticket(), noncestr=noncestr, timestamp=timestamp, url=url
        ),
    )
