"""The streams: a small ASGI process beside the API (``shuniu live``)."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from shuniu.foundation import clock
from shuniu.foundation.live import tickets
from shuniu.foundation.live.contracts import BadTicket
from shuniu.foundation.live.fanout import Fanout, Stream
from shuniu.foundation.live.feed import Follower

log = structlog.get_logger("live")

# Proxies close what is silent for a minute; a reader that went away is noticed at the next word.
HEARTBEAT_SECONDS = 20.0
STREAMS_MAX = 20_000
BROWSER_RETRY_MS = 2_000


class Live:
    """One process: its streams and the follower that feeds them."""

    def __init__(self) -> None:
        self.fanout = Fanout()
        self.follower = Follower(self.fanout)

    @contextlib.asynccontextmanager
    async def life(self, _app: Starlette) -> AsyncIterator[None]:
        """Follow the feed while the server runs."""
        following = asyncio.create_task(self.follower.run())
        following.add_done_callback(_fall_with)
        yield
        self.fanout.close()
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following

    async def stream(self, request: Request) -> Response:
        """Server-sent events for the topics of a ticket."""
        origin = request.headers.get("origin")
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", **_cors(origin)}
        try:
            grant = tickets.read(request.query_params.get("ticket", ""), clock.now())
        except BadTicket as error:
            return JSONResponse({"code": error.code, "title": error.en}, status_code=403, headers=headers)
        if len(self.fanout.streams) >= STREAMS_MAX:
            return PlainTextResponse("too many streams", status_code=503, headers=headers)
        seen = request.headers.get("last-event-id") or request.query_params.get("last_event_id", "")
        stream = self.fanout.join(grant, int(seen) if seen.isdigit() else grant.position)
        return StreamingResponse(self._words(stream), media_type="text/event-stream", headers=headers)

    async def health(self, _request: Request) -> Response:
        """Whether the feed is followed; the number of streams."""
        connected = self.follower.connected
        body = {"status": "ok" if connected else "unavailable", "streams": len(self.fanout.streams)}
        return JSONResponse(body, status_code=200 if connected else 503)

    async def metrics(self, _request: Request) -> Response:
        """Prometheus' text format."""
        return PlainTextResponse(
            "# TYPE shuniu_live_streams gauge\n"
            f"shuniu_live_streams {len(self.fanout.streams)}\n"
            "# TYPE shuniu_live_position gauge\n"
            f"shuniu_live_position {self.fanout.position}\n"
            "# TYPE shuniu_live_connected gauge\n"
            f"shuniu_live_connected {int(self.follower.connected)}\n"
        )

    async def _words(self, stream: Stream) -> AsyncIterator[str]:
        try:
            yield f"retry: {BROWSER_RETRY_MS}\n\n"
            while not stream.overrun:
                left = (stream.expires_at - clock.now()).total_seconds()
                if left <= 0:
                    yield "event: expired\ndata: {}\n\n"
                    break
                yield await stream.news(min(HEARTBEAT_SECONDS, left)) or ":\n\n"
        finally:
            self.fanout.leave(stream)


def build() -> Starlette:
    """The application with streams of its own."""
    live = Live()
    app = Starlette(
        routes=[
            Route("/stream", live.stream),
            # behind a proxy that keeps its prefix
            Route("/live/stream", live.stream),
            Route("/healthz", live.health),
            Route("/metrics", live.metrics),
        ],
        lifespan=live.life,
    )
    app.state.live = live
    return app


def _fall_with(following: "asyncio.Task[None]") -> None:
    """A process that no longer follows the feed is of no use: it ends, and a whole one is started."""
    if not following.cancelled() and following.exception() is not None:
        log.critical("live cannot follow the feed", exc_info=following.exception())
        os.kill(os.getpid(), signal.SIGTERM)


def _cors(origin: str | None) -> dict[str, str]:
    """Pages of the product stand on another port than the stream; pages of others get no answer they can read."""
    if not origin or not _is_ours(origin):
        return {"Vary": "Origin"}
    return {"Vary": "Origin", "Access-Control-Allow-Origin": origin}


def _is_ours(origin: str) -> bool:
    host = urlsplit(origin).hostname or ""
    named = f"[{host}]" if ":" in host else host
    return origin == settings.SHUNIU.public_url or named in settings.SHUNIU.allowed_hosts


app = build()
