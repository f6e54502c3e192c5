"""The sandbox answers as WeCom would, also to those who do wrong."""

import base64
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from wechatpy.enterprise.crypto import WeChatCrypto

from shuniu_sandbox import cast, crypt

PRODUCT = "http://localhost:9999"


@pytest.fixture(scope="module")
def sandbox(start_sandbox: Callable[[str], str]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=start_sandbox(PRODUCT)) as client:
        yield client


def call(sandbox: httpx.Client, path: str, **params: str) -> dict[str, Any]:
    answer: dict[str, Any] = sandbox.get(f"/cgi-bin/{path}", params=params).json()
    return answer


def token(sandbox: httpx.Client) -> str:
    return str(call(sandbox, "gettoken", corpid=cast.CORP_ID, corpsecret=cast.SECRET)["access_token"])


def test_its_key_is_one_of_32_bytes() -> None:
    assert (len(cast.AES_KEY), len(base64.b64decode(cast.AES_KEY + "="))) == (43, 32)


def test_its_seal_opens_with_an_independent_implementation() -> None:
    sealed = crypt.seal("<xml>装在 6 楼</xml>", aes_key=cast.AES_KEY, receiver=cast.CORP_ID)
    signature = crypt.signature(cast.TOKEN, "1", "n", sealed)
    other = WeChatCrypto(cast.TOKEN, cast.AES_KEY, cast.CORP_ID)

    envelope = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    assert other.decrypt_message(envelope, signature, "1", "n") == "<xml>装在 6 楼</xml>"
    assert crypt.unseal(sealed, aes_key=cast.AES_KEY) == "<xml>装在 6 楼</xml>"


def test_wrong_credentials_tokens_codes_and_people_are_refused(sandbox: httpx.Client) -> None:
    good = token(sandbox)
    assert call(sandbox, "gettoken", corpid="x", corpsecret=cast.SECRET)["errcode"] == 40013
    assert call(sandbox, "gettoken", corpid=cast.CORP_ID, corpsecret="x")["errcode"] == 40001
    assert call(sandbox, "get_jsapi_ticket")["errcode"] == 41001
    assert call(sandbox, "get_jsapi_ticket", access_token="x")["errcode"] == 40014
    assert call(sandbox, "auth/getuserinfo", access_token=good, code="x")["errcode"] == 40029
    assert call(sandbox, "externalcontact/get", access_token=good, external_userid="x")["errcode"] == 40096
    assert call(sandbox, "ticket/get", access_token=good)["errcode"] == 40058
    everybody_unknown = {"touser": "x", "msgtype": "text", "agentid": cast.AGENT_ID, "text": {"content": "a"}}
    sent = sandbox.post("/cgi-bin/message/send", params={"access_token": good}, json=everybody_unknown).json()
    assert sent["errcode"] == 81013


def test_a_sign_in_code_works_once_and_only_goes_to_the_product(sandbox: httpx.Client) -> None:
    asked = {
        "appid": cast.CORP_ID,
        "agentid": str(cast.AGENT_ID),
        "response_type": "code",
        "scope": "snsapi_base",
        "state": "s1",
        "redirect_uri": f"{PRODUCT}/finish",
    }
    stolen = asked | {"redirect_uri": "http://evil.example.com/finish"}
    assert sandbox.get("/connect/oauth2/authorize", params=stolen).status_code == 400

    framed = sandbox.get("/connect/oauth2/authorize", params=asked, headers={"Sec-Fetch-Dest": "iframe"})
    location = framed.headers["location"]
    assert location.startswith(f"{PRODUCT}/finish?code=")
    assert location.endswith("&state=s1")
    code = location.split("code=")[1].split("&")[0]
    good = token(sandbox)
    assert call(sandbox, "auth/getuserinfo", access_token=good, code=code)["userid"] == "xiaoli"
    assert call(sandbox, "auth/getuserinfo", access_token=good, code=code)["errcode"] == 40029


def test_messages_are_read_from_where_the_reader_stopped(sandbox: httpx.Client) -> None:
    for text in ("一", "二"):
        sandbox.post("/sandbox/say", json={"text": text, "external_userid": cast.WANG.external_userid})
    params = {"access_token": token(sandbox)}

    def read(cursor: str) -> dict[str, Any]:
        answer: dict[str, Any] = sandbox.post(
            "/cgi-bin/kf/sync_msg", params=params, json={"cursor": cursor, "limit": 1}
        ).json()
        return answer

    first = read("")
    second = read(first["next_cursor"])
    assert [page["msg_list"][0]["text"]["content"] for page in (first, second)] == ["一", "二"]
    assert (first["has_more"], second["has_more"], read(second["next_cursor"])["msg_list"]) == (1, 0, [])
    # a restarted platform numbers on, so that a reader's place stays behind what comes
    assert int(second["next_cursor"]) <= time.time_ns() // 1_000_000 + 10


def test_a_page_is_signed_with_the_right_ticket_only(sandbox: httpx.Client) -> None:
    query = {"kind": "agent", "url": "u", "noncestr": "n", "timestamp": "1", "signature": "0" * 40}
    assert sandbox.get("/jssdk/check", params=query).json()["errcode"] == 40093
