"""How the client behaves when the platform is stale, busy, away, or says no."""

from collections.abc import Callable

import httpx
import pytest

from shuniu.channels.adapters.wecom.client import Credentials, Lent, WeComClient
from shuniu.channels.contracts import KeyMissing, PlatformAway, PlatformRefused

Answer = dict[str, object] | int | Exception


class MemoryTokens:
    """A token store that remembers what was fetched."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get(self, *, kind: str, secret: str, fetch: Callable[[], Lent]) -> str:
        if (kind, secret) not in self.kept:
            self.kept[kind, secret] = fetch().value
        return self.kept[kind, secret]

    def forget(self, *, kind: str, secret: str, value: str) -> None:
        if self.kept.get((kind, secret)) == value:
            del self.kept[kind, secret]


class Platform:
    """Answers each path with the next of its answers (the last one again and again) and notes the calls."""

    def __init__(self, **answers: list[Answer]) -> None:
        self.answers = answers
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.tokens = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.removeprefix("/cgi-bin/").replace("/", "_")
        self.calls.append((name, dict(request.url.params)))
        waiting = self.answers.get(name)
        if waiting is None:
            assert name == "gettoken"
            self.tokens += 1
            return httpx.Response(
                200, json={"errcode": 0, "access_token": f"token-{self.tokens}", "expires_in": 7200}
            )
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer) if isinstance(answer, int) else httpx.Response(200, json=answer)

    def times(self, name: str) -> int:
        return sum(1 for called, _ in self.calls if called == name)


def client_for(platform: Platform, *secrets: str) -> tuple[WeComClient, list[float]]:
    waits: list[float] = []
    client = WeComClient(
        http=httpx.Client(transport=httpx.MockTransport(platform)),
        api_base="https://qyapi.example.com/",
        credentials=Credentials(corp_id="ww1", agent_id="2", secrets=secrets or ("secret",)),
        tokens=MemoryTokens(),
        sleep=waits.append,
    )
    return client, waits


@pytest.mark.parametrize("stale", [40014, 42001])
def test_a_stale_token_is_renewed_once(stale: int) -> None:
    platform = Platform(
        get_jsapi_ticket=[{"errcode": stale}, {"errcode": 0, "ticket": "t", "expires_in": 7200}]
    )
    client, _ = client_for(platform)

    assert client.jsapi_ticket() == "t"
    assert platform.tokens == 2
    assert [params["access_token"] for name, params in platform.calls if name == "get_jsapi_ticket"] == [
        "token-1",
        "token-2",
    ]


def test_a_token_that_stays_stale_is_an_error_and_no_loop() -> None:
    platform = Platform(get_jsapi_ticket=[{"errcode": 40014}])
    client, _ = client_for(platform)

    with pytest.raises(PlatformRefused) as refused:
        client.jsapi_ticket()
    assert refused.value.data["errcode"] == 40014
    assert platform.times("get_jsapi_ticket") == 2


def test_a_frequency_limit_is_never_tried_again() -> None:
    platform = Platform(get_jsapi_ticket=[{"errcode": 45009}])
    client, waits = client_for(platform)

    with pytest.raises(PlatformRefused) as refused:
        client.jsapi_ticket()
    assert refused.value.data["errcode"] == 45009
    assert (platform.times("get_jsapi_ticket"), waits) == (1, [])


@pytest.mark.parametrize(
    "trouble", [{"errcode": -1}, 502, httpx.ConnectError("away"), httpx.ReadTimeout("slow")]
)
def test_a_busy_or_absent_platform_is_tried_again_after_a_wait(trouble: Answer) -> None:
    platform = Platform(
        get_jsapi_ticket=[trouble, trouble, {"errcode": 0, "ticket": "t", "expires_in": 7200}]
    )
    client, waits = client_for(platform)

    assert client.jsapi_ticket() == "t"
    assert waits == [0.2, 1.0]


def test_a_platform_that_stays_away_is_given_up_after_three_attempts() -> None:
    platform = Platform(get_jsapi_ticket=[httpx.ConnectError("away")])
    client, _ = client_for(platform)

    with pytest.raises(PlatformAway):
        client.jsapi_ticket()
    assert platform.times("get_jsapi_ticket") == 3


@pytest.mark.parametrize(
    ("errcode", "words"),
    [(60020, "可信 IP"), (48002, "可调用接口的应用"), (60011, "可见范围"), (40001, "Secret")],
)
def test_refusals_say_the_mend(errcode: int, words: str) -> None:
    client, _ = client_for(Platform(get_jsapi_ticket=[{"errcode": errcode}]))

    with pytest.raises(PlatformRefused) as refused:
        client.jsapi_ticket()
    assert words in refused.value.text().zh


def test_the_next_secret_is_used_when_the_old_one_is_refused() -> None:
    def platform(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/cgi-bin/gettoken":
            if request.url.params["corpsecret"] == "old":
                return httpx.Response(200, json={"errcode": 40001, "errmsg": "invalid credential"})
            return httpx.Response(200, json={"access_token": "new-token", "expires_in": 7200})
        assert request.url.params["access_token"] == "new-token"
        return httpx.Response(200, json={"errcode": 0, "ticket": "t", "expires_in": 7200})

    client = WeComClient(
        http=httpx.Client(transport=httpx.MockTransport(platform)),
        api_base="https://qyapi.example.com",
        credentials=Credentials(corp_id="ww1", agent_id="2", secrets=("old", "new")),
        tokens=MemoryTokens(),
        sleep=lambda _: None,
    )

    assert client.agent_ticket() == "t"


def test_without_a_secret_nothing_is_asked() -> None:
    client = WeComClient(
        http=httpx.Client(transport=httpx.MockTransport(Platform())),
        api_base="https://qyapi.example.com",
        credentials=Credentials(corp_id="ww1", agent_id="2", secrets=()),
        tokens=MemoryTokens(),
        sleep=lambda _: None,
    )
    with pytest.raises(KeyMissing):
        client.fresh_token()
