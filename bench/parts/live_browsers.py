"""A thousand open pages and a steady stream of API requests, in one process of plain sockets."""

import asyncio
import json
import sys
import time

from harness import percentile, tell

PAGES_AT_ONCE = 50
LIMIT = 2**20


class Page:
    """One stream: when it heard of which position."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, int]] = []
        self.open = asyncio.Event()

    async def follow(self, port: int, ticket: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=LIMIT)
        request = (
            f"GET /stream?ticket={ticket} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
        )
        writer.write(request.encode())
        status = await reader.readline()
        if b" 200 " not in status:
            raise RuntimeError(status.decode())
        async for line in reader:
            if line.startswith(b"retry:"):
                self.open.set()
            elif line.startswith(b"id: "):
                self.heard.append((int(line[4:]), time.monotonic_ns()))


class Callers:
    """API requests at a rate over connections that stay open."""

    def __init__(self, port: int, path: str, cookie: str, connections: int) -> None:
        self.took: list[float] = []
        self.failed = 0
        self._port = port
        self._request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode()
        self._connections = connections

    async def call(self, rate: float, seconds: float) -> None:
        await asyncio.gather(
            *(self._one(rate / self._connections, seconds) for _ in range(self._connections))
        )

    async def _one(self, rate: float, seconds: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=LIMIT)
        started = time.perf_counter()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, started + number / rate - time.perf_counter()))
            begun = time.perf_counter()
            writer.write(self._request)
            ok = await self._answer(reader)
            self.took.append((time.perf_counter() - begun) * 1000)
            self.failed += not ok
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length")
        )
        await reader.readexactly(length)
        return b" 200 " in head.split(b"\r\n", 1)[0]


async def main() -> None:
    wish = json.loads(sys.stdin.readline())
    pages = [Page() for _ in wish["tickets"]]
    following = []
    for first in range(0, len(pages), PAGES_AT_ONCE):
        group = range(first, min(first + PAGES_AT_ONCE, len(pages)))
        following += [
            asyncio.create_task(pages[at].follow(wish["live"], wish["tickets"][at])) for at in group
        ]
        async with asyncio.timeout(60):
            await asyncio.gather(*(pages[at].open.wait() for at in group))
    tell(open=len(pages))
    callers = Callers(wish["web"], wish["path"], wish["cookie"], connections=32)
    wish = json.loads(await asyncio.to_thread(sys.stdin.readline))
    started = time.perf_counter()
    await callers.call(wish["rate"], wish["seconds"])
    spent = max(time.perf_counter() - started, wish["seconds"])
    tell(
        rate=len(callers.took) / spent,
        p50=percentile(callers.took, 0.5),
        p95=percentile(callers.took, 0.95),
        failed=callers.failed,
    )
    await asyncio.to_thread(sys.stdin.readline)
    tell(heard=[page.heard for page in pages], gone=sum(task.done() for task in following))
    for task in following:
        task.cancel()


asyncio.run(main())
