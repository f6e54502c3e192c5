"""The sandbox and the product talk over real HTTP, by WeCom's protocols and nothing else."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer
from tests.factories import channels as factory

from shuniu.app import wiring
from shuniu.channels import actions, connections, queries
from shuniu.channels.models import ChannelContact, ChannelInbox
from shuniu.foundation import privacy
from shuniu.foundation.access import system
from shuniu.foundation.clock import now
from shuniu.foundation.identity import actions as identity
from shuniu.foundation.identity.models import Session
from shuniu.org.contracts import UnitKind
from shuniu_sandbox import cast

SENTENCE = "新空调要装在 6 楼，外墙没有平台，能安排师傅吗？"
DEADLINE_SECONDS = 30.0


def wait_for_deliveries(sandbox: str, count: int) -> list[dict[str, Any]]:
    """Until that many callbacks were answered; the platform wakes us when something changes."""
    state = httpx.get(f"{sandbox}/sandbox/state").json()
    while len(state["deliveries"]) < count:
        changed = httpx.get(
            f"{sandbox}/sandbox/state", params={"version": state["version"]}, timeout=DEADLINE_SECONDS
        ).json()
        assert changed["version"] != state["version"], "nothing came in time"
        state = changed
    deliveries: list[dict[str, Any]] = state["deliveries"]
    return deliveries


@pytest.fixture
def http() -> Iterator[None]:
    """The product's pool of connections ends with the test."""
    yield
    connections.shared_http().close()
    connections.shared_http.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_a_message_in_the_sandbox_is_read_and_answered_by_the_product(
    transactional_db: None, http: None, live_server: LiveServer, start_sandbox: Callable[[str], str]
) -> None:
    wiring.wire()
    sandbox = start_sandbox(live_server.url)
    hq = factory.unit("悦居家电服务", UnitKind.HQ)
    store = factory.unit("武汉光谷店", parent=hq)
    xiaoli = factory.staff("小李", store, wecom_userid="xiaoli")
    account = factory.account(
        hq,
        corp_id=cast.CORP_ID,
        agent_id=str(cast.AGENT_ID),
        api_base=sandbox,
        authorize_base=sandbox,
        secret_cipher=privacy.encrypt(cast.SECRET),
        token_cipher=privacy.encrypt(cast.TOKEN),
        aes_key_cipher=privacy.encrypt(cast.AES_KEY),
    )

    httpx.post(
        f"{sandbox}/sandbox/say", json={"text": SENTENCE, "external_userid": cast.WANG.external_userid}
    ).raise_for_status()
    assert {(one["event"], one["answer"]) for one in wait_for_deliveries(sandbox, 2)} == {
        ("change_external_contact.add_external_contact", "200"),
        ("kf_msg_or_event", "200"),
    }
    assert actions.understand_some(now=now()) == 2
    assert set(ChannelInbox.objects.values_list("status", flat=True)) == {"done"}

    contact = ChannelContact.objects.get()
    assert (contact.name, contact.staff_id, contact.unit_id) == ("王女士", xiaoli.pk, store.pk)
    lines = queries.last_messages(actor=system("test"), external_userids=[cast.WANG.external_userid], limit=5)
    assert [line.text for line in lines] == [SENTENCE]

    assert all(
        line.passed for line in actions.check_account(account_id=account.pk, by=system("test"), now=now())
    )
    _a_card_reaches_its_reader(sandbox, xiaoli.pk)
    _a_member_signs_in_silently(sandbox, live_server.url)


def _a_card_reaches_its_reader(sandbox: str, staff_id: int) -> None:
    content = {
        "title": "新工单",
        "description": "高空空调安装",
        "url": "http://localhost/m",
        "btntxt": "查看",
    }
    actions.queue_app_message(
        key="k1", staff_ids=[staff_id], msgtype="textcard", title="新工单", content=content, now=now()
    )
    assert actions.send_some(now=now()) == 1
    [card] = httpx.get(f"{sandbox}/sandbox/state").json()["cards"]
    assert (card["userid"], card["content"]) == ("xiaoli", content)


def _a_member_signs_in_silently(sandbox: str, product: str) -> None:
    """As the frame of the side bar does it: there and back without a word."""
    user = identity.create_user(username="xiaoli", by=system("test"), now=now())
    identity.link_external(user_id=user.id, provider="wecom", subject="xiaoli", by=system("test"), now=now())
    with httpx.Client(headers={"Sec-Fetch-Dest": "iframe"}) as browser:
        there = browser.get(f"{product}/api/channels/wecom/oauth/start", params={"next": "/sidebar"})
        assert there.headers["location"].startswith(f"{sandbox}/connect/oauth2/authorize?")
        back = browser.get(there.headers["location"])
        assert urlsplit(back.headers["location"]).path == "/api/channels/wecom/oauth/finish"
        home = browser.get(back.headers["location"])
        assert home.headers["location"] == "/sidebar"
        key = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert Session.objects.get(session_key=key).user_id == user.id
