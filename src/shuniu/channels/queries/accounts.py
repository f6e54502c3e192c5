"""Connections as people see them."""

from django.db.models import QuerySet

from shuniu.channels.contracts import AccountView
from shuniu.channels.models import ChannelAccount
from shuniu.channels.permissions import READ
from shuniu.foundation.access import Actor
from shuniu.org import queries as org


def accounts(*, actor: Actor) -> list[AccountView]:
    """The connections `actor` may see, oldest first."""
    return [view_of(row) for row in seen_accounts(actor).select_related("unit").order_by("id")]


def seen_accounts(actor: Actor) -> QuerySet[ChannelAccount]:
    """Connections belong to the unit that owns their strangers."""
    return ChannelAccount.objects.filter(org.visible(actor=actor, permission=READ, unit="unit_id"))


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
