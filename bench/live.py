"""Pages that move by themselves.

1,000 open pages, ten of them on each of 100 subjects; 20 changes a second, each touching ten pages; the API answers
200 requests a second beside it. Measured: the time from before the commit of a change until each of its pages has
heard of it, and the memory of the live process with all streams open.
"""

import json
import random
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.db import connection, transaction
from harness import (
    ROOT,
    Target,
    answer,
    ask,
    memory_mib,
    paced,
    percentile,
    product,
    report,
    say,
    start,
)

PAGES = 1_000
SUBJECTS = 100
CHANGES = 20
REQUESTS = 200
SECONDS = 20.0
# what a page asks for when it hears of something: who it is for, and one figure
PATH = "/api/notices/unread"
STAFF = "bench"

TARGETS: dict[str, Target] = {
    "commit to page p95, ms": ("≤", 500),
    "pages that missed a change": ("≤", 0),
    "memory of live, MiB": ("≤", 300),
    "API answers, 1/s": ("≥", 0.98 * REQUESTS),
    "API answers other than 200": ("≤", 0),
    "streams that broke": ("≤", 0),
}


def main() -> int:
    with product():
        figures = measure()
        connection.close()
    return report("live", figures, TARGETS)


def measure() -> dict[str, float]:
    """Start the processes, open the pages, change things."""
    cookie = sign_in()
    worker = start("hub_worker.py")
    live_port, web_port = free_port(), free_port()
    serving = [serve("live", live_port), serve("web", web_port)]
    try:
        answer(worker)
        for port in (live_port, web_port):
            wait_for(f"http://127.0.0.1:{port}/healthz")
        bare = memory_mib(serving[0].pid)
        browsers = start("live_browsers.py")
        say(f"opening {PAGES:,} pages")
        wish = {"live": live_port, "web": web_port, "path": PATH, "cookie": cookie, "tickets": tickets()}
        ask(browsers, json.dumps(wish))
        answer(browsers)
        say(f"{CHANGES} changes and {REQUESTS} requests a second for {SECONDS:.0f} s")
        ask(browsers, json.dumps({"rate": REQUESTS, "seconds": SECONDS}))
        changes = change_things()
        called = answer(browsers)
        wait_until_placed(len(changes))
        ask(browsers, "tell")
        told = answer(browsers)
        figures = under_way(changes, told["heard"])
        full = memory_mib(serving[0].pid)
    finally:
        for process in [*serving, worker]:
            process.terminate()
        for process in [*serving, worker]:
            process.wait(30)
    return figures | {
        "memory of live, MiB": full,
        "memory of live without pages, MiB": bare,
        "API answers, 1/s": called["rate"],
        "API p50, ms": called["p50"],
        "API p95, ms": called["p95"],
        "API answers other than 200": called["failed"],
        "streams that broke": told["gone"],
    }


def sign_in() -> str:
    """The cookie of somebody who is signed in."""
    from tests.factories.org import house  # noqa: PLC0415 - models can only be imported once Django is set up

    session = house().client("chen").cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}"


def tickets() -> list[str]:
    """One for each page."""
    from shuniu.foundation.clock import now  # noqa: PLC0415
    from shuniu.foundation.live.tickets import LIFETIME, sign  # noqa: PLC0415

    until = now() + LIFETIME
    return [
        sign({f"thing:{subject}": (f"thing:{subject}",)}, position=0, expires_at=until)
        for subject in (1 + page % SUBJECTS for page in range(PAGES))
    ]


def change_things() -> list[tuple[int, int, int]]:
    """Publish at the rate; returns (event id, subject, moment before the commit in ns) of each change."""
    from bench_events import NAME, TYPE  # noqa: PLC0415

    from shuniu.foundation.access import system  # noqa: PLC0415
    from shuniu.foundation.clock import now  # noqa: PLC0415
    from shuniu.foundation.hub import Ref, publish, registry  # noqa: PLC0415

    registry.register(events=(TYPE,))
    dice, by = random.Random(1), system("bench")
    changes: list[tuple[int, int, int]] = []

    def one() -> None:
        subject, sent = dice.randrange(1, SUBJECTS + 1), time.monotonic_ns()
        with transaction.atomic():
            event_id = publish(name=NAME, subject=Ref("thing", subject), unit_id=1, by=by, now=now())
        changes.append((event_id, subject, sent))

    paced(one, CHANGES, SECONDS)
    return changes


def wait_until_placed(count: int) -> None:
    """Until the feed holds all changes, and a moment longer for the slowest page."""
    deadline = time.monotonic() + 60
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("select count(*) from event_feed where name = 'bench.happened'")
            if cursor.fetchone()[0] >= count:
                break
            time.sleep(0.05)
    time.sleep(1.5)


def under_way(changes: list[tuple[int, int, int]], heard: list[list[tuple[int, int]]]) -> dict[str, float]:
    """How long each change was under way to each of its pages. A later change of the same subject tells it too."""
    with connection.cursor() as cursor:
        cursor.execute("select event_id, position from event_feed")
        positions = dict(cursor.fetchall())
    waited: list[float] = []
    missed = 0
    for event_id, subject, sent in changes:
        for page in range(subject - 1, PAGES, SUBJECTS):
            came = [moment for position, moment in heard[page] if position >= positions[event_id]]
            if came:
                waited.append((min(came) - sent) / 1e6)
            else:
                missed += 1
    return {
        "changes": len(changes),
        "commit to page p50, ms": percentile(waited, 0.5),
        "commit to page p95, ms": percentile(waited, 0.95),
        "commit to page p99, ms": percentile(waited, 0.99),
        "pages that missed a change": missed,
    }


def serve(verb: str, port: int, *options: str) -> subprocess.Popen[bytes]:
    """A process of the product."""
    command = [sys.executable, "-m", "shuniu.app.cli", verb, "--port", str(port), *options]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for(url: str) -> None:
    """Until it answers."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5) as reply:  # noqa: S310 - our own process
                if reply.status == 200:
                    return
        except (URLError, OSError):
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "bench" / "parts")]
    sys.exit(main())
