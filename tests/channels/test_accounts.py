"""Connections: their secrets, their check, their pages for people."""

import httpx
import pytest
from django.db import connection
from tests.factories.channels import AES_KEY, NOON, TOKEN, Enterprise

from shuniu.channels import actions
from shuniu.channels.contracts import (
    AccountTaken,
    AccountView,
    BadAddress,
    BadAesKey,
    BadAgentId,
    KeysTogether,
    NothingToPromote,
)
from shuniu.channels.models import ChannelAccount, ChannelToken
from shuniu.foundation import privacy
from shuniu.foundation.access import system
from shuniu.foundation.errors import Invalid

NEW_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


def form(enterprise: Enterprise, **changed: str) -> actions.AccountForm:
    values = {
        "name": "企业微信",
        "unit_id": enterprise.hq.pk,
        "corp_id": "ww2",
        "agent_id": "1000009",
        "api_base": "https://qyapi.weixin.qq.com",
        "authorize_base": "https://open.weixin.qq.com",
    }
    return actions.AccountForm(**(values | changed))


def save(enterprise: Enterprise, account_id: int | None = None, **changed: str) -> AccountView:
    return actions.save_account(
        form=form(enterprise, **changed), account_id=account_id, by=system("test"), now=NOON
    )


def test_secrets_are_kept_encrypted_and_never_shown(enterprise: Enterprise) -> None:
    view = save(enterprise, secret="very-secret-value", token=TOKEN, aes_key=AES_KEY)

    assert (view.has_secret, view.has_next_secret, view.has_callback_keys) == (True, False, True)
    assert "very-secret-value" not in repr(view)
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(a)::text from channel_account a")
        stored = "".join(row[0] for row in cursor.fetchall())
        cursor.execute("select coalesce(string_agg(after::text, ''), '') from audit_entry")
        stored += cursor.fetchone()[0]
    for secret in ("very-secret-value", TOKEN, AES_KEY):
        assert secret not in stored
        assert secret.encode().hex() not in stored


def test_secrets_left_empty_stay_as_they_are(enterprise: Enterprise) -> None:
    view = save(enterprise, secret="first")
    save(enterprise, view.id, name="新名字")

    row = ChannelAccount.objects.get(pk=view.id)
    assert (row.name, privacy.decrypt(row.secret_cipher)) == ("新名字", "first")


def test_next_keys_take_over_when_they_are_promoted(enterprise: Enterprise) -> None:
    view = save(enterprise, secret="old", token=TOKEN, aes_key=AES_KEY)
    save(enterprise, view.id, next_secret="new", next_token="T2", next_aes_key=NEW_KEY)
    view = actions.promote_keys(account_id=view.id, by=system("test"), now=NOON)

    row = ChannelAccount.objects.get(pk=view.id)
    assert privacy.decrypt(row.secret_cipher) == "new"
    assert privacy.decrypt(row.aes_key_cipher) == NEW_KEY
    assert (view.has_next_secret, view.has_next_callback_keys) == (False, False)
    with pytest.raises(NothingToPromote):
        actions.promote_keys(account_id=view.id, by=system("test"), now=NOON)


@pytest.mark.parametrize(
    ("changed", "error", "field"),
    [
        ({"agent_id": "abc"}, BadAgentId, "agent_id"),
        ({"api_base": "http://qyapi.example.com"}, BadAddress, "api_base"),
        ({"api_base": "javascript:alert(1)"}, BadAddress, "api_base"),
        ({"token": "only"}, KeysTogether, "aes_key"),
        ({"token": "T", "aes_key": "short"}, BadAesKey, "aes_key"),
    ],
)
def test_what_cannot_work_is_refused_beside_its_field(
    enterprise: Enterprise, changed: dict[str, str], error: type[Invalid], field: str
) -> None:
    with pytest.raises(error) as refused:
        save(enterprise, **changed)
    assert refused.value.field == field


def test_one_application_has_one_connection(enterprise: Enterprise) -> None:
    save(enterprise)

    with pytest.raises(AccountTaken):
        save(enterprise)


def test_a_token_is_fetched_once_and_kept_encrypted(enterprise: Enterprise) -> None:
    for _ in range(3):
        actions.jssdk_config(url="http://localhost:8000/sidebar", noncestr="n", now=NOON)

    assert enterprise.wecom.paths == ["gettoken", "get_jsapi_ticket", "ticket/get"]
    assert {row.kind for row in ChannelToken.objects.all()} == {
        "access_token",
        "jsapi_ticket",
        "agent_ticket",
    }
    assert all(b"tok" not in bytes(row.value_cipher) for row in ChannelToken.objects.all())


def test_the_check_says_in_words_what_is_wrong(enterprise: Enterprise) -> None:
    def trouble(path: str) -> httpx.Response | None:
        codes = {"externalcontact/get_follow_user_list": 48002}
        return httpx.Response(200, json={"errcode": codes[path]}) if path in codes else None

    enterprise.wecom.trouble = trouble
    lines = actions.check_account(account_id=enterprise.account.pk, by=system("test"), now=NOON)

    assert {line.name.zh: line.passed for line in lines} == {
        "企业 ID、Secret 与可信 IP": True,
        "侧边栏：企业票据": True,
        "侧边栏：应用票据": True,
        "应用与 AgentId": True,
        "客户联系权限": False,
        "微信客服权限": True,
        "回调密钥": True,
        "收到过回调": False,
    }
    [refused] = [line for line in lines if line.name.zh == "客户联系权限"]
    assert refused.hint is not None
    assert (refused.errcode, "可调用接口的应用" in refused.hint.zh) == (48002, True)


def test_an_untrusted_address_stops_the_check_at_its_first_step(enterprise: Enterprise) -> None:
    enterprise.wecom.trouble = lambda _: httpx.Response(200, json={"errcode": 60020})
    lines = actions.check_account(account_id=enterprise.account.pk, by=system("test"), now=NOON)

    assert [(line.passed, line.errcode) for line in lines[:1]] == [(False, 60020)]
    assert lines[0].hint is not None
    assert "可信 IP" in lines[0].hint.zh
    assert enterprise.wecom.paths == ["gettoken"]
