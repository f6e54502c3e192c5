"""Callbacks at the door: through the real address, sealed by an implementation that is not ours."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.factories import channels as factory
from tests.factories.channels import Enterprise

from shuniu.channels.models import ChannelAccount, ChannelInbox
from shuniu.foundation import privacy

OTHER_TOKEN = "QDG6eK"
OTHER_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


def now() -> datetime:
    """The door reads the real clock, so these callbacks are sealed now."""
    return datetime.now(UTC)


def post(enterprise: Enterprise, sealed: factory.Sealed, **query: str) -> "tuple[int, str]":
    response = Client().post(
        f"/api/channels/wecom/callback/{factory.ADDRESS}",
        data=sealed.body,
        content_type="text/xml",
        query_params=sealed.query | query,
    )
    code = response.json()["code"] if response["Content-Type"].startswith("application/problem") else ""
    return response.status_code, code


def test_the_address_answers_the_platforms_challenge_bare(enterprise: Enterprise) -> None:
    sealed = factory.seal("94966531020182955848408", at=now())
    echo = sealed.body.decode().split("<Encrypt><![CDATA[")[1].split("]]>")[0]

    response = Client().get(
        f"/api/channels/wecom/callback/{factory.ADDRESS}", query_params=sealed.query | {"echostr": echo}
    )

    assert (response.status_code, response.content) == (200, b"94966531020182955848408")


def test_a_callback_is_kept_raw_and_acknowledged_without_asking_the_platform(enterprise: Enterprise) -> None:
    sealed = factory.seal(factory.contact_added(), at=now())

    assert post(enterprise, sealed) == (200, "")

    row = ChannelInbox.objects.get()
    assert (row.kind, row.status) == ("change_external_contact.add_external_contact", "new")
    assert row.envelope == sealed.body.decode()
    assert privacy.decrypt(row.message_cipher) == factory.contact_added()
    assert factory.WANG.encode() not in bytes(row.message_cipher)
    assert enterprise.wecom.paths == []


def test_a_second_delivery_is_acknowledged_and_not_kept(enterprise: Enterprise) -> None:
    first = factory.seal(factory.contact_added(), at=now(), nonce="first1")
    again = factory.seal(factory.contact_added(), at=now(), nonce="again1")

    assert [post(enterprise, sealed) for sealed in (first, first, again)] == [(200, "")] * 3
    assert ChannelInbox.objects.count() == 1


@pytest.mark.parametrize(
    "changed", [{"msg_signature": "0" * 40}, {"nonce": "other"}, {"msg_signature": ""}], ids=str
)
def test_a_forged_callback_is_refused(enterprise: Enterprise, changed: dict[str, str]) -> None:
    sealed = factory.seal(factory.contact_added(), at=now())

    assert post(enterprise, sealed, **changed) == (403, "channel.signature_wrong")
    assert not ChannelInbox.objects.exists()


def test_a_callback_for_another_enterprise_is_refused(enterprise: Enterprise) -> None:
    sealed = factory.seal(factory.contact_added(), at=now(), corp="ww-somebody-else")

    assert post(enterprise, sealed) == (403, "channel.receiver_wrong")
    assert not ChannelInbox.objects.exists()


@pytest.mark.parametrize("age", [timedelta(minutes=11), timedelta(days=30), -timedelta(minutes=11)], ids=str)
def test_a_replay_from_another_time_is_refused(enterprise: Enterprise, age: timedelta) -> None:
    sealed = factory.seal(factory.contact_added(), at=now() - age)

    assert post(enterprise, sealed) == (403, "channel.callback_stale")
    assert not ChannelInbox.objects.exists()


def test_an_oversized_body_is_refused(enterprise: Enterprise) -> None:
    sealed = factory.seal("<xml>" + "A" * 300_000 + "</xml>", at=now())

    assert post(enterprise, sealed) == (413, "channel.callback_too_large")
    assert not ChannelInbox.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"<xml>", b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>']
)
def test_a_body_that_is_no_envelope_is_refused(enterprise: Enterprise, body: bytes) -> None:
    sealed = factory.seal("<xml/>", at=now())

    status, code = post(enterprise, factory.Sealed(sealed.query, body))

    assert (status, code) in {(422, "channel.callback_malformed"), (403, "channel.signature_wrong")}
    assert not ChannelInbox.objects.exists()


def test_missing_parameters_are_refused(enterprise: Enterprise) -> None:
    sealed = factory.seal("<xml/>", at=now())

    assert post(enterprise, factory.Sealed({}, sealed.body)) == (422, "invalid")


def test_unknown_and_disabled_connections_are_refused(enterprise: Enterprise) -> None:
    sealed = factory.seal(factory.contact_added(), at=now())
    ChannelAccount.objects.update(enabled=False)
    assert post(enterprise, sealed) == (409, "channel.account_disabled")

    ChannelAccount.objects.update(agent_id="1000003")
    assert post(enterprise, sealed) == (404, "channel.account_not_found")


def test_while_keys_are_changed_both_pairs_open_callbacks(enterprise: Enterprise) -> None:
    ChannelAccount.objects.update(
        next_token_cipher=privacy.encrypt(OTHER_TOKEN), next_aes_key_cipher=privacy.encrypt(OTHER_KEY)
    )
    old = factory.seal(factory.contact_added("wm1"), at=now())
    new = factory.seal(factory.contact_added("wm2"), at=now(), token=OTHER_TOKEN, aes_key=OTHER_KEY)

    assert [post(enterprise, sealed) for sealed in (old, new)] == [(200, "")] * 2
    assert ChannelInbox.objects.count() == 2
