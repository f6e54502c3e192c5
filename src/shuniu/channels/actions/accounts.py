"""Connections are set up and their keys changed."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from shuniu.channels.adapters.wecom.crypt import decode_aes_key
from shuniu.channels.contracts import (
    AccountNotFound,
    AccountTaken,
    AccountView,
    BadAddress,
    BadAgentId,
    KeysTogether,
    NothingToPromote,
)
from shuniu.channels.models import ChannelAccount, ChannelToken
from shuniu.channels.permissions import CONFIGURE
from shuniu.channels.queries.accounts import view_of
from shuniu.foundation import privacy
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref
from shuniu.org import queries as org

_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountForm:
    """A connection as it is entered. Empty secrets leave what is stored; `next_*` are the keys to change to."""

    name: str
    unit_id: int
    corp_id: str
    agent_id: str
    api_base: str
    authorize_base: str
    jssdk_url: str = ""
    enabled: bool = True
    secret: str = ""
    next_secret: str = ""
    token: str = ""
    aes_key: str = ""
    next_token: str = ""
    next_aes_key: str = ""


@transaction.atomic
def save_account(
    *,
    form: AccountForm,
    by: Actor,
    now: datetime,
    account_id: int | None = None,
    plain_http: bool = False,
) -> AccountView:
    """Create the connection, or change the one with `account_id`. `plain_http` is for sandboxes beside a demo."""
    _check(form, plain_http=plain_http)
    if account_id is None:
        account = ChannelAccount(created_at=now)
    else:
        account = configurable(account_id=account_id, by=by)
    org.require_unit(actor=by, permission=CONFIGURE, unit_id=form.unit_id)
    account.name, account.unit_id, account.enabled = form.name.strip(), form.unit_id, form.enabled
    account.corp_id, account.agent_id = form.corp_id.strip(), form.agent_id.strip()
    account.api_base, account.authorize_base = form.api_base.rstrip("/"), form.authorize_base.rstrip("/")
    account.jssdk_url = form.jssdk_url.strip()
    changed = _keep_secrets(account, form)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as problem:
        raise AccountTaken(field="agent_id") from problem
    # tokens were lent to whom the account was before
    ChannelToken.objects.filter(account=account).delete()
    audit.record(
        by=by,
        now=now,
        action="channel.create_account" if account_id is None else "channel.update_account",
        subject=Ref("channel_account", account.pk),
        unit_id=account.unit_id,
        after={"corp_id": account.corp_id, "agent_id": account.agent_id, "secrets_changed": changed},
        sensitive=bool(changed),
    )
    return view_of(account)


@transaction.atomic
def promote_keys(*, account_id: int, by: Actor, now: datetime) -> AccountView:
    """The next keys become the current ones; the old ones are forgotten."""
    account = configurable(account_id=account_id, by=by)
    if account.next_secret_cipher is None and account.next_token_cipher is None:
        raise NothingToPromote
    if account.next_secret_cipher is not None:
        account.secret_cipher, account.next_secret_cipher = account.next_secret_cipher, None
    if account.next_token_cipher is not None:
        account.token_cipher, account.next_token_cipher = account.next_token_cipher, None
        account.aes_key_cipher, account.next_aes_key_cipher = account.next_aes_key_cipher, None
    account.save()
    audit.record(
        by=by,
        now=now,
        action="channel.promote_keys",
        subject=Ref("channel_account", account.pk),
        unit_id=account.unit_id,
        sensitive=True,
    )
    return view_of(account)


def configurable(*, account_id: int, by: Actor) -> ChannelAccount:
    """The connection, locked, for somebody who may set it up; AccountNotFound for others."""
    mine = org.visible(actor=by, permission=CONFIGURE, unit="unit_id")
    account = ChannelAccount.objects.select_for_update(of=("self",)).filter(mine, pk=account_id).first()
    if account is None:
        raise AccountNotFound
    return account


def _check(form: AccountForm, *, plain_http: bool) -> None:
    if not form.agent_id.strip().isdigit():
        raise BadAgentId(field="agent_id")
    for field, address in (("api_base", form.api_base), ("authorize_base", form.authorize_base)):
        _check_address(field, address, plain_http=plain_http)
    if form.jssdk_url.strip():
        _check_address("jssdk_url", form.jssdk_url, plain_http=plain_http)
    for token, aes_key, field in (
        (form.token, form.aes_key, "aes_key"),
        (form.next_token, form.next_aes_key, "next_aes_key"),
    ):
        if bool(token) != bool(aes_key):
            raise KeysTogether(field=field)
        if aes_key:
            decode_aes_key(aes_key)


def _check_address(field: str, address: str, *, plain_http: bool) -> None:
    """Secrets travel in these addresses: TLS, except to this machine."""
    parts = urlsplit(address.strip())
    plain_allowed = plain_http or parts.hostname in _LOCAL
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and plain_allowed)):
        raise BadAddress(field=field)


def _keep_secrets(account: ChannelAccount, form: AccountForm) -> list[str]:
    """Encrypt the secrets that were entered; their names."""
    given = {
        "secret": form.secret,
        "next_secret": form.next_secret,
        "token": form.token,
        "aes_key": form.aes_key,
        "next_token": form.next_token,
        "next_aes_key": form.next_aes_key,
    }
    entered = {name: value.strip() for name, value in given.items() if value.strip()}
    for name, value in entered.items():
        setattr(account, f"{name}_cipher", privacy.encrypt(value))
    return sorted(entered)
