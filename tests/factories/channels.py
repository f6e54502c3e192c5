"""A small enterprise with one connection to WeCom, and the platform's side of the wire."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
from wechatpy.enterprise.crypto import WeChatCrypto

from shuniu.app import wiring
from shuniu.channels import connections
from shuniu.channels.models import ChannelAccount
from shuniu.foundation import privacy
from shuniu.foundation.access import Actor, ActorKind
from shuniu.foundation.names import sort_key
from shuniu.org.contracts import UnitKind
from shuniu.org.models import Staff, Unit

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
CORP = "ww6a112864f8022910"
ADDRESS = f"{CORP}-1000002"
TOKEN = "kjr2TKI8umCBfVF3wAHk8JiPwma5VBme"
AES_KEY = "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws"
WANG = "wmWangNvShi0001"


def unit(
    name: str, kind: UnitKind = UnitKind.STORE, *, parent: Unit | None = None, city: str = "武汉"
) -> Unit:
    values = {
        "name": name,
        "name_sort": sort_key(name),
        "kind": kind.value,
        "code": name,
        "city": city,
        "created_at": NOON,
    }
    tree = Unit.objects
    row = tree.add_root(values) if parent is None else tree.add_child(parent, values)
    assert isinstance(row, Unit)
    return row


def staff(name: str, home: Unit, *, wecom_userid: str | None = None) -> Staff:
    return Staff.objects.create(
        name=name,
        name_sort=sort_key(name),
        home_unit=home,
        city=home.city,
        wecom_userid=wecom_userid,
        created_at=NOON,
    )


def actor_of(person: Staff) -> Actor:
    """The person at work, with no rights beyond being somebody."""
    return Actor(kind=ActorKind.STAFF, name=person.name, user_id=person.pk, staff_id=person.pk)


def account(home: Unit, **changed: Any) -> ChannelAccount:
    values: dict[str, Any] = {
        "name": "企业微信",
        "unit": home,
        "corp_id": CORP,
        "agent_id": "1000002",
        "api_base": "https://qyapi.example.com",
        "authorize_base": "https://open.example.com",
        "secret_cipher": privacy.encrypt("app-secret"),
        "token_cipher": privacy.encrypt(TOKEN),
        "aes_key_cipher": privacy.encrypt(AES_KEY),
        "created_at": NOON,
    }
    return ChannelAccount.objects.create(**(values | changed))


@dataclass
class Sealed:
    """A callback on the wire: its query and its body."""

    query: dict[str, str]
    body: bytes


def seal(
    message: str,
    *,
    at: datetime = NOON,
    nonce: str = "nonce1",
    corp: str = CORP,
    token: str = TOKEN,
    aes_key: str = AES_KEY,
) -> Sealed:
    """Seal a message as the platform would, with an implementation that is not ours."""
    timestamp = str(int(at.timestamp()))
    envelope = WeChatCrypto(token, aes_key, corp).encrypt_message(message, nonce, timestamp)
    signature = envelope.split("<MsgSignature><![CDATA[")[1].split("]]>")[0]
    return Sealed({"msg_signature": signature, "timestamp": timestamp, "nonce": nonce}, envelope.encode())


def contact_added(external_userid: str = WANG, *, userid: str = "xiaoli", at: int = 1) -> str:
    return (
        f"<xml><ToUserName>{CORP}</ToUserName><FromUserName>sys</FromUserName><CreateTime>{at}</CreateTime>"
        "<MsgType>event</MsgType><Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType>"
        f"<UserID>{userid}</UserID><ExternalUserID>{external_userid}</ExternalUserID></xml>"
    )


def service_news(*, at: int = 1, serial: str = "ENC1") -> str:
    return (
        f"<xml><ToUserName>{CORP}</ToUserName><FromUserName>sys</FromUserName><CreateTime>{at}</CreateTime>"
        f"<MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>{serial}</Token><OpenKfId>wk1</OpenKfId></xml>"
    )


def line(
    msgid: str, text: str, *, who: str = WANG, origin: int = 3, at: int = 1_763_600_000
) -> dict[str, Any]:
    """A line of chat as `kf/sync_msg` gives it."""
    return {
        "msgid": msgid,
        "open_kfid": "wk1",
        "external_userid": who,
        "send_time": at,
        "origin": origin,
        "servicer_userid": "xiaoli" if origin == 5 else "",
        "msgtype": "text",
        "text": {"content": text},
    }


@dataclass
class FakeWeCom:
    """The platform over httpx's mock transport: what it knows, what it was asked, and how it is told to misbehave."""

    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    page_size: int = 1000
    sent: list[dict[str, Any]] = field(default_factory=list)
    invalid: str = ""
    trouble: Callable[[str], httpx.Response | None] = lambda _: None
    paths: list[str] = field(default_factory=list)
    members: dict[str, str] = field(default_factory=dict)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/cgi-bin/")
        self.paths.append(path)
        trouble = self.trouble(path)
        if trouble is not None:
            return trouble
        body = json.loads(request.content) if request.content else {}
        answer = self._answer(path, dict(request.url.params), body)
        return httpx.Response(200, json={"errcode": 0, "errmsg": "ok"} | answer)

    def _answer(self, path: str, params: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        match path:
            case "gettoken":
                return {"access_token": "token", "expires_in": 7200}
            case "get_jsapi_ticket" | "ticket/get":
                return {"ticket": f"ticket-of-{path}", "expires_in": 7200}
            case "auth/getuserinfo":
                userid = self.members.pop(params["code"], None)
                return {"userid": userid} if userid else {"errcode": 40029}
            case "externalcontact/get":
                return self.contacts.get(params["external_userid"], {"errcode": 84061})
            case "kf/customer/batchget":
                known = [
                    self.contacts[who]["external_contact"]
                    for who in body["external_userid_list"]
                    if who in self.contacts
                ]
                return {"customer_list": [{**contact, "nickname": contact["name"]} for contact in known]}
            case "kf/sync_msg":
                start = int(body["cursor"] or 0)
                page = self.lines[start : start + self.page_size]
                end = start + len(page)
                return {"msg_list": page, "next_cursor": str(end), "has_more": int(end < len(self.lines))}
            case "message/send":
                self.sent.append(body)
                return {"msgid": f"m{len(self.sent)}", "invaliduser": self.invalid}
            case _:
                return {}

    def know(
        self, external_userid: str = WANG, *, name: str = "王女士", unionid: str = "", userid: str = "xiaoli"
    ) -> None:
        """Somebody whom `userid` has added."""
        self.contacts[external_userid] = {
            "external_contact": {
                "external_userid": external_userid,
                "name": name,
                "unionid": unionid,
                "type": 1,
            },
            "follow_user": [{"userid": userid, "remark": "", "createtime": 1_763_600_000, "add_way": 1}],
        }

    def connect(self, monkeypatch: Any) -> "FakeWeCom":
        """Let the product's clients talk to this platform."""
        http = httpx.Client(transport=httpx.MockTransport(self))
        monkeypatch.setattr(connections, "shared_http", lambda: http)
        monkeypatch.setattr(connections, "WAIT", lambda _: None)
        return self


@dataclass
class Enterprise:
    """A headquarters, a store with 小李, one connection, and the platform it leads to."""

    hq: Unit
    store: Unit
    xiaoli: Staff
    account: ChannelAccount
    wecom: FakeWeCom


def enterprise(monkeypatch: Any) -> Enterprise:
    wiring.wire()
    hq = unit("悦居家电服务", UnitKind.HQ)
    store = unit("武汉光谷店", parent=hq)
    return Enterprise(
        hq=hq,
        store=store,
        xiaoli=staff("小李", store, wecom_userid="xiaoli"),
        account=account(hq),
        wecom=FakeWeCom().connect(monkeypatch),
    )
