"""Coming in from WeCom: there and back with a code, bound to the browser that began."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from tests.factories.channels import NOON, Enterprise

from shuniu.channels.models import ChannelAccount
from shuniu.foundation.access import system
from shuniu.foundation.identity import actions as identity
from shuniu.foundation.identity.contracts import UserCard


@pytest.fixture
def user(enterprise: Enterprise) -> UserCard:
    made = identity.create_user(username="xiaoli", by=system("test"), now=NOON)
    identity.link_external(user_id=made.id, provider="wecom", subject="xiaoli", by=system("test"), now=NOON)
    return made


def begin(client: Client, target: str = "/sidebar") -> str:
    response = client.get("/api/channels/wecom/oauth/start", query_params={"next": target})
    assert response.status_code == 302
    parts = urlsplit(response["Location"])
    query = parse_qs(parts.query)
    assert (parts.netloc, query["scope"], query["agentid"]) == (
        "open.example.com",
        ["snsapi_base"],
        ["1000002"],
    )
    assert query["redirect_uri"] == ["http://testserver/api/channels/wecom/oauth/finish"]
    return query["state"][0]


def finish(client: Client, code: str, state: str) -> str:
    response = client.get("/api/channels/wecom/oauth/finish", query_params={"code": code, "state": state})
    assert response.status_code == 302
    return str(response["Location"])


def test_a_member_comes_back_signed_in(enterprise: Enterprise, user: UserCard) -> None:
    client = Client()
    enterprise.wecom.members["code1"] = "xiaoli"

    assert finish(client, "code1", begin(client, "/sidebar?from=chat")) == "/sidebar?from=chat"
    assert client.session[SESSION_KEY] == str(user.id)


def test_a_code_is_worth_nothing_in_another_browser(enterprise: Enterprise, user: UserCard) -> None:
    enterprise.wecom.members["code1"] = "xiaoli"
    state = begin(Client())
    other = Client()

    assert "sign_in_problem" in finish(other, "code1", state)
    assert SESSION_KEY not in other.session
    assert "auth/getuserinfo" not in enterprise.wecom.paths


def test_a_used_code_and_an_unknown_member_are_told_why(enterprise: Enterprise, user: UserCard) -> None:
    client = Client()
    assert "sign_in_problem" in finish(client, "used", begin(client))

    enterprise.wecom.members["code2"] = "stranger"
    location = finish(client, "code2", begin(client))
    assert "尚未开通系统登录" in parse_qs(urlsplit(location).query)["sign_in_problem"][0]
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize(
    "target", ["https://evil.example.com", "//evil.example.com", "/\\evil", "/api/x", "/c/token"]
)
def test_the_way_back_never_leaves_our_pages(enterprise: Enterprise, user: UserCard, target: str) -> None:
    client = Client()
    enterprise.wecom.members["code1"] = "xiaoli"

    assert finish(client, "code1", begin(client, target)) == "/m"


def test_without_a_connection_the_page_is_told_so(enterprise: Enterprise) -> None:
    ChannelAccount.objects.all().delete()

    response = Client().get("/api/channels/wecom/oauth/start", query_params={"next": "/sidebar"})

    assert (response.status_code, response.json()["code"]) == (404, "channel.no_account")
