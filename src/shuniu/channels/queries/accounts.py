"""Connections as people see them."""

from shuniu.channels.contracts import AccountNotFound, AccountView
from shuniu.channels.models import ChannelAccount


def accounts() -> list[AccountView]:
    """All connections, oldest first."""
    return [view_of(row) for row in ChannelAccount.objects.select_related("unit").order_by("id")]


def account(account_id: int) -> AccountView:
    """One connection; AccountNotFound."""
    row = ChannelAccount.objects.select_related("unit").filter(pk=account_id).first()
    if row is None:
        raise AccountNotFound
    return view_of(row)


def view_of(account: ChannelAccount) -> AccountView:
    """The view of a row already read."""
    return AccountView(
        id=account.pk,
        name=account.name,
        unit_id=account.unit_id,
        unit_name=account.unit.name,
        corp_id=account.corp_id,
        agent_id=account.agent_id,
        api_base=account.api_base,
        authorize_base=account.authorize_base,
        jssdk_url=account.jssdk_url,
        has_secret=account.secret_cipher is not None,
        has_next_secret=account.next_secret_cipher is not None,
        has_callback_keys=account.token_cipher is not None,
        has_next_callback_keys=account.next_token_cipher is not None,
        enabled=account.enabled,
        callback_path=f"/api/channels/wecom/callback/{account.corp_id}-{account.agent_id}",
        last_callback_at=account.last_callback_at,
    )
