"""A small client of WeCom's HTTP API.

It renews a token once when the platform says it is stale, tries again a few times when the platform is busy or away,
and never repeats a call that was refused for its frequency.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from shuniu.channels.adapters.wecom.hints import BUSY, TOKEN_EXPIRED, hint
from shuniu.channels.contracts import KeyMissing, PlatformAway, PlatformRefused

ATTEMPTS = 3
BACKOFF_SECONDS = (0.2, 1.0)
TIMEOUT = httpx.Timeout(10.0, connect=3.0)
BAD_SECRET = 40001


@dataclass(frozen=True, slots=True)
class Lent:
    """A token or ticket with its life in seconds."""

    value: str
    seconds: int


class TokenStore(Protocol):
    """Where tokens are kept between calls and processes; one caller at a time fetches a missing one."""

    def get(self, *, kind: str, secret: str, fetch: Callable[[], Lent]) -> str: ...

    def forget(self, *, kind: str, secret: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Credentials:
    """An application of an enterprise. The second secret, if any, is tried when the first is refused."""

    corp_id: str
    agent_id: str
    secrets: Sequence[str]


class WeComClient:
    """Calls of one application. `sleep` waits between attempts."""

    def __init__(
        self,
        *,
        http: httpx.Client,
        api_base: str,
        credentials: Credentials,
        tokens: TokenStore,
        sleep: Callable[[float], None],
    ) -> None:
        self._http = http
        self._base = api_base.rstrip("/")
        self._credentials = credentials
        self._tokens = tokens
        self._sleep = sleep

    def get(self, path: str, params: Mapping[str, str | int]) -> dict[str, Any]:
        """GET with the application's token."""
        return self._authorised("GET", path, params=params, body=None)

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """POST JSON with the application's token."""
        return self._authorised("POST", path, params={}, body=body)

    def fresh_token(self) -> str:
        """A token fetched just now: proves corp id, secret and trusted IP."""
        return self._fetch_token(self._secrets()[0]).value

    def jsapi_ticket(self) -> str:
        """The enterprise's ticket, for `wx.config`."""
        return self._ticket("jsapi_ticket", "/cgi-bin/get_jsapi_ticket", {})

    def agent_ticket(self) -> str:
        """The application's ticket, for `wx.agentConfig`."""
        return self._ticket("agent_ticket", "/cgi-bin/ticket/get", {"type": "agent_config"})

    def _ticket(self, kind: str, path: str, params: Mapping[str, str | int]) -> str:
        def fetch() -> Lent:
            answer = self.get(path, params)
            return Lent(str(answer["ticket"]), int(answer["expires_in"]))

        return self._tokens.get(kind=kind, secret=self._secrets()[0], fetch=fetch)

    def _authorised(
        self, method: str, path: str, *, params: Mapping[str, str | int], body: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        secret, token = self._token()
        answer = self._ask(method, path, params={**params, "access_token": token}, body=body)
        if answer["errcode"] in TOKEN_EXPIRED:
            self._tokens.forget(kind="access_token", secret=secret, value=token)
            _, token = self._token()
            answer = self._ask(method, path, params={**params, "access_token": token}, body=body)
        return _accepted(answer)

    def _token(self) -> tuple[str, str]:
        """(secret, token) of the first secret the platform takes."""
        secrets = self._secrets()
        for secret in secrets[:-1]:
            try:
                return secret, self._token_of(secret)
            except PlatformRefused as refused:
                if refused.data["errcode"] != BAD_SECRET:
                    raise
        return secrets[-1], self._token_of(secrets[-1])

    def _token_of(self, secret: str) -> str:
        return self._tokens.get(kind="access_token", secret=secret, fetch=lambda: self._fetch_token(secret))

    def _fetch_token(self, secret: str) -> Lent:
        params = {"corpid": self._credentials.corp_id, "corpsecret": secret}
        answer = _accepted(self._ask("GET", "/cgi-bin/gettoken", params=params, body=None))
        return Lent(str(answer["access_token"]), int(answer["expires_in"]))

    def _secrets(self) -> Sequence[str]:
        if not self._credentials.secrets:
            raise KeyMissing
        return self._credentials.secrets

    def _ask(
        self, method: str, path: str, *, params: Mapping[str, str | int], body: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """One call, tried again while the platform is busy or away. An answer always has its `errcode`."""
        for attempt in range(ATTEMPTS):
            if attempt:
                self._sleep(BACKOFF_SECONDS[attempt - 1])
            answer = self._once(method, path, params=params, body=body)
            if answer is not None and answer["errcode"] not in BUSY:
                return answer
        if answer is None:
            raise PlatformAway
        return answer

    def _once(
        self, method: str, path: str, *, params: Mapping[str, str | int], body: Mapping[str, Any] | None
    ) -> dict[str, Any] | None:
        """The answer, or None when the platform did not give one."""
        try:
            response = self._http.request(method, self._base + path, params=dict(params), json=body)
        except httpx.TransportError:
            return None
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            return None
        try:
            answer = response.json()
        except ValueError:
            return None
        return {"errcode": 0, **answer} if isinstance(answer, dict) else None


def _accepted(answer: dict[str, Any]) -> dict[str, Any]:
    errcode = int(answer["errcode"])
    if errcode != 0:
        text = hint(errcode)
        raise PlatformRefused(errcode=errcode, hint_zh=text.zh, hint_en=text.en)
    return answer
