"""The demo company's connection to the sandbox: what an administrator of a real enterprise enters under 渠道."""

from datetime import datetime

from django.conf import settings

from shuniu.channels import actions, queries
from shuniu.foundation.access import system
from shuniu.org import queries as org

BY = system("demo")
# the sandbox's own, known to everybody like the demo's passwords; it never runs beside a real company
CORP_ID = "wwsandbox0yueju0001"
AGENT_ID = "1000002"
_SECRET = "sandbox-app-secret-for-the-demo-only"  # noqa: S105
_TOKEN = "sandboxCallbackToken"  # noqa: S105
_AES_KEY = "c2FuZGJveEFlc0tleUZvclRoZURlbW9Db21wYW55MDE"


def connect(*, now: datetime) -> None:
    """Point the connection at where the sandbox is today; its port may differ from the last start's."""
    sandbox_url = settings.SHUNIU.sandbox_url
    headquarters = org.unit_by_code("HQ")
    if headquarters is None or not sandbox_url:
        return
    known = next(
        (one for one in queries.accounts(actor=BY) if (one.corp_id, one.agent_id) == (CORP_ID, AGENT_ID)),
        None,
    )
    if known is not None and known.api_base == sandbox_url:
        return
    actions.save_account(
        form=actions.AccountForm(
            name="企业微信（沙箱）",
            unit_id=headquarters.id,
            corp_id=CORP_ID,
            agent_id=AGENT_ID,
            api_base=sandbox_url,
            authorize_base=sandbox_url,
            jssdk_url=f"{sandbox_url}/jssdk.js",
            secret=_SECRET,
            token=_TOKEN,
            aes_key=_AES_KEY,
        ),
        account_id=known.id if known is not None else None,
        plain_http=True,
        by=BY,
        now=now,
    )
