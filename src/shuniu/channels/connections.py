"""From a stored connection to a client that can speak, and to the keys its callbacks are opened with."""

import time
from functools import cache

import httpx

from shuniu.channels.adapters.wecom.client import TIMEOUT, Credentials, WeComClient
from shuniu.channels.adapters.wecom.crypt import CallbackKeys
from shuniu.channels.contracts import AccountDisabled, AccountNotFound, NoAccount
from shuniu.channels.models import ChannelAccount
from shuniu.channels.tokens import DatabaseTokens
from shuniu.foundation import privacy

WAIT = time.sleep


@cache
def shared_http() -> httpx.Client:
    """One pool of connections a process."""
    return httpx.Client(timeout=TIMEOUT, follow_redirects=False)


def enabled_account(address: str) -> ChannelAccount:
    """The connection behind the last part of a callback address; AccountNotFound or AccountDisabled."""
    corp_id, _, agent_id = address.rpartition("-")
    account = ChannelAccount.objects.filter(corp_id=corp_id, agent_id=agent_id).first()
    if account is None:
        raise AccountNotFound
    if not account.enabled:
        raise AccountDisabled
    return account


def main_account() -> ChannelAccount:
    """The connection that signs people in and sends notices: the oldest in use. NoAccount when there is none."""
    account = ChannelAccount.objects.filter(enabled=True).order_by("id").first()
    if account is None:
        raise NoAccount
    return account


def client_of(account: ChannelAccount) -> WeComClient:
    """A client that speaks for the account."""
    secrets = [
        privacy.decrypt(cipher)
        for cipher in (account.secret_cipher, account.next_secret_cipher)
        if cipher is not None
    ]
    return WeComClient(
        http=shared_http(),
        api_base=account.api_base,
        credentials=Credentials(corp_id=account.corp_id, agent_id=account.agent_id, secrets=secrets),
        tokens=DatabaseTokens(account.pk),
        sleep=WAIT,
    )


def callback_keys(account: ChannelAccount) -> list[CallbackKeys]:
    """The keys callbacks may be sealed with: the current ones and, while they are being changed, the next."""
    pairs = (
        (account.token_cipher, account.aes_key_cipher),
        (account.next_token_cipher, account.next_aes_key_cipher),
    )
    return [
        CallbackKeys(token=privacy.decrypt(token), aes_key=privacy.decrypt(aes_key), receiver=account.corp_id)
        for token, aes_key in pairs
        if token is not None and aes_key is not None
    ]
