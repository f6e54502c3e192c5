"""A live server in a thread, and browsers that read its streams."""

import asyncio
import json
from collections.abc import Callable
from threading import Condition, Event, Thread
from typing import Any
from urllib.parse import urlencode

from shuniu.foundation.live.server import Live, build


class Browser:
    """One open stream, collecting what it is told."""

    def __init__(self, *, reads: bool = True) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.text = ""
        self.ended = False
        self._came = Condition()
        self._may_read = asyncio.Event()
        self._gone = asyncio.Event()
        if reads:
            self._may_read.set()

    async def receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        with self._came:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            else:
                self.text += message.get("body", b"").decode()
                self.ended = not message.get("more_body", False)
            self._came.notify_all()
        if message["type"] == "http.response.body":
            await self._may_read.wait()

    @property
    def news(self) -> list[dict[str, Any]]:
        """What the stream told, without positions."""
        lines = [line.removeprefix("data: ") for line in self.text.splitlines() if line.startswith("data: ")]
        told = [json.loads(line) for line in lines]
        return [{key: value for key, value in news.items() if key != "position"} for news in told if news]

    @property
    def last_event_id(self) -> str:
        return [line.removeprefix("id: ") for line in self.text.splitlines() if line.startswith("id: ")][-1]

    def until(self, true: Callable[["Browser"], object]) -> None:
        """Waits for it; fails when it does not come."""
        with self._came:
            assert self._came.wait_for(lambda: true(self), 20), f"{self.status} {self.text!r}"


class Server:
    """The ASGI application on an event loop of its own."""

    def __init__(self) -> None:
        self.app = build()
        self.live: Live = self.app.state.live
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._up = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()
        assert self._up.wait(20)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)
        assert not self._thread.is_alive()

    def open(self, *, reads: bool = True, headers: dict[str, str] | None = None, **query: str) -> Browser:
        """Open a stream; returns once it answers."""
        browser = self.call(self._browser(reads=reads))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": "/stream",
            "raw_path": b"/stream",
            "root_path": "",
            "query_string": urlencode(query).encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
        }
        asyncio.run_coroutine_threadsafe(self._serve(scope, browser), self._loop)
        browser.until(lambda it: it.status)
        if browser.status == 200:
            browser.until(lambda it: "retry:" in it.text)
        return browser

    def close(self, browser: Browser) -> None:
        """The browser goes away."""
        self._loop.call_soon_threadsafe(browser._gone.set)

    def let_read(self, browser: Browser) -> None:
        """A slow browser reads on."""
        self._loop.call_soon_threadsafe(browser._may_read.set)

    def call(self, work: Any) -> Any:
        """The result of a coroutine on the server's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def until(self, true: Callable[[Live], object]) -> None:
        """Waits for a state of the server; fails when it does not come."""
        self.call(self._until(true))

    async def _until(self, true: Callable[[Live], object]) -> None:
        async with asyncio.timeout(20):
            while not true(self.live):  # noqa: ASYNC110 - a test looks from outside
                await asyncio.sleep(0.01)

    async def _browser(self, *, reads: bool) -> Browser:
        return Browser(reads=reads)

    async def _serve(self, scope: dict[str, Any], browser: Browser) -> None:
        await self.app(scope, browser.receive, browser.send)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._live())
        self._loop.close()

    async def _live(self) -> None:
        async with self.app.router.lifespan_context(self.app):
            while not self.live.follower.connected:  # noqa: ASYNC110 - a test looks from outside
                await asyncio.sleep(0.01)
            self._up.set()
            await self._stop.wait()
