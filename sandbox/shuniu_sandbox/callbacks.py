"""Callbacks to the product: sealed, signed, and repeated when it does not answer in time."""

import asyncio
import secrets
import time

import httpx

from shuniu_sandbox import cast, crypt
from shuniu_sandbox.state import Platform

# the platform waits five seconds and then tries again, three times at most
SECONDS = 5.0
REPEATS = 3


class Callbacks:
    """Sends to one address; what came back stands on the page."""

    def __init__(self, platform: Platform, address: str) -> None:
        self._platform = platform
        self.address = address
        self._http = httpx.AsyncClient(timeout=SECONDS)
        self._sending: set[asyncio.Task[None]] = set()

    def contact_added(self, external_userid: str, userid: str) -> None:
        self._soon(
            "change_external_contact.add_external_contact",
            "<Event><![CDATA[change_external_contact]]></Event>"
            "<ChangeType><![CDATA[add_external_contact]]></ChangeType>"
            f"<UserID><![CDATA[{userid}]]></UserID>"
            f"<ExternalUserID><![CDATA[{external_userid}]]></ExternalUserID>"
            "<State><![CDATA[]]></State>"
            f"<WelcomeCode><![CDATA[{secrets.token_hex(8)}]]></WelcomeCode>",
        )

    def service_news(self) -> None:
        self._soon(
            "kf_msg_or_event",
            "<Event><![CDATA[kf_msg_or_event]]></Event>"
            f"<Token><![CDATA[ENC{secrets.token_hex(12)}]]></Token>"
            f"<OpenKfId><![CDATA[{cast.SERVICE_ID}]]></OpenKfId>",
        )

    async def close(self) -> None:
        await self._http.aclose()

    def _soon(self, event: str, elements: str) -> None:
        task = asyncio.create_task(self._send(event, elements))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, event: str, elements: str) -> None:
        message = (
            f"<xml><ToUserName><![CDATA[{cast.CORP_ID}]]></ToUserName>"
            "<FromUserName><![CDATA[sys]]></FromUserName>"
            f"<CreateTime>{int(time.time())}</CreateTime><MsgType><![CDATA[event]]></MsgType>{elements}</xml>"
        )
        for attempt in range(1 + REPEATS):
            answer = await self._post(message)
            self._platform.note(event=event, answer=answer)
            if answer == "200":
                return
            await asyncio.sleep(1 + attempt)

    async def _post(self, message: str) -> str:
        """The status of one delivery, or what kept it from arriving."""
        encrypted = crypt.seal(message, aes_key=cast.AES_KEY, receiver=cast.CORP_ID)
        timestamp, nonce = str(int(time.time())), secrets.token_hex(8)
        signature = crypt.signature(cast.TOKEN, timestamp, nonce, encrypted)
        envelope = (
            f"<xml><ToUserName><![CDATA[{cast.CORP_ID}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt>"
            f"<AgentID><![CDATA[{cast.AGENT_ID}]]></AgentID></xml>"
        )
        try:
            response = await self._http.post(
                self.address,
                params={"msg_signature": signature, "timestamp": timestamp, "nonce": nonce},
                content=envelope,
                headers={"Content-Type": "text/xml"},
            )
        except httpx.HTTPError as problem:
            return type(problem).__name__
        return str(response.status_code)
