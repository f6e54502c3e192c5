"""Channels over HTTP, as the shipped roles may."""

import importlib
from typing import Any

import pytest
from tests.factories import channels as factory
from tests.factories.channels import NOON, WANG
from tests.factories.org import House

from shuniu.channels.models import ChannelAccount, ChannelContact, ChannelMessage
from shuniu.org.models import Unit


@pytest.fixture
def house(db: None) -> Any:
    return importlib.import_module("tests.factories.org").house()


@pytest.fixture
def account(house: House) -> ChannelAccount:
    return factory.account(Unit.objects.get(pk=house.units["HQ"]))


def test_only_who_sets_up_channels_sees_and_changes_connections(
    house: House, account: ChannelAccount
) -> None:
    body = {"name": "改名", "unit_id": house.units["HQ"], "corp_id": "ww9", "agent_id": "1"}
    for login in ("xiaoli", "chen", "qian", "zhang"):
        client: Any = house.client(login)
        seen = client.get("/api/channels/accounts")
        assert seen.status_code == 403 or seen.json() == []
        assert client.send("PUT", f"/api/channels/accounts/{account.pk}", body).status_code == 403

    admin: Any = house.client("admin")
    [row] = admin.get("/api/channels/accounts").json()
    assert row["callback_path"] == f"/api/channels/wecom/callback/{factory.ADDRESS}"
    assert "app-secret" not in str(row)
    assert admin.send("PUT", f"/api/channels/accounts/{account.pk}", body).json()["corp_id"] == "ww9"


def test_chats_are_read_by_whose_contact_it_is(house: House, account: ChannelAccount) -> None:
    contact = ChannelContact.objects.create(
        account=account,
        external_userid=WANG,
        name="王女士",
        origin="added",
        unit_id=house.units["WHGG"],
        staff_id=house.staff["xiaoli"],
        first_seen_at=NOON,
    )
    ChannelMessage.objects.create(
        account=account,
        contact=contact,
        msgid="1",
        direction="from_contact",
        kind="text",
        text="装在 6 楼",
        sent_at=NOON,
    )

    def said(login: str) -> list[str]:
        answer = house.client(login).get("/api/channels/messages", query_params={"external_userid": [WANG]})
        return [line["text"] for line in answer.json()]

    assert [said(login) for login in ("xiaoli", "chen", "zhao")] == [["装在 6 楼"], ["装在 6 楼"], []]


def test_only_our_own_pages_are_signed(house: House, account: ChannelAccount) -> None:
    answer = house.client("xiaoli").get(
        "/api/channels/wecom/jssdk", query_params={"url": "https://evil.example.com/sidebar"}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "channel.page_foreign")


def test_the_side_bar_alone_may_be_framed_and_only_by_those_named(house: House, settings: Any) -> None:
    client = house.client("xiaoli")
    assert "frame-ancestors 'none'" in client.get("/console")["Content-Security-Policy"]
    framed = client.get("/sidebar")["Content-Security-Policy"]
    named = " ".join(settings.SHUNIU.frame_origins) or "'none'"
    assert f"frame-ancestors {named}" in framed
