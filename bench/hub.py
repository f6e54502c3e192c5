"""Events from publishers to subscribers.

1. Two processes of four threads, as a web server has, publish 2,000 events a second, one per transaction, through
   the real ``publish``; a worker process gives them their order and hands them to three subscribers that each write
   to the database. Measured: the time from before the publisher's commit to the handler.
2. A subscriber was down for 100,000 events. Publishers hold 500 a second; then it comes back and catches up.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from threading import Thread

from django.db import connection
from harness import Target, answer, ask, processor_seconds, product, report, say, start

SUBSCRIBERS = ("first", "second", "third")
LATE = "late"
PUBLISHERS = 2
THREADS = 4
RATE = 2_000
SECONDS = 15.0
WARM_UP_SECONDS = 4.0
BACKLOG = 100_000
HELD_RATE = 500
HELD_SECONDS = 10.0

TARGETS: dict[str, Target] = {
    "published, 1/s": ("≥", 0.98 * RATE),
    "commit to handler p95, ms": ("≤", 200),
    "lost or doubled": ("≤", 0),
    "rate during catch-up, share": ("≥", 0.9),
    "left after catch-up": ("≤", 0),
}
END = "select coalesce(max(position), 0) from event_feed"
STATE = """
select (select count(*) from event_pending), (select coalesce(max(position), 0) from event_feed), min(position)
from event_subscription where subscriber = any(%s)
"""
PAIRS = """
select (select count(*) * %s from event where name = 'bench.happened'),
    count(distinct (subscriber, event_id)), count(*)
from bench_seen where subscriber = any(%s)
"""

Process = subprocess.Popen[str]


def main() -> int:
    with product() as server:
        query("create table bench_seen (subscriber text, event_id bigint)")
        workers = [start("hub_worker.py", *SUBSCRIBERS)]
        answer(workers[0])
        publishers = [start("hub_publisher.py", number, THREADS) for number in range(PUBLISHERS)]
        for process in publishers:
            answer(process)
        assert server.process is not None
        figures = steady(publishers, workers[0], server.process.pid)
        figures |= catching_up(publishers, workers)
        for process in [*publishers, *workers]:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(60)
        connection.close()
    return report("hub", figures, TARGETS)


def steady(publishers: Sequence[Process], worker: Process, database: int) -> dict[str, float]:
    """The first part."""
    say(f"{RATE} events a second for {WARM_UP_SECONDS + SECONDS:.0f} s")
    publish(publishers, RATE, WARM_UP_SECONDS)
    ask(worker, "forget")
    answer(worker)
    used = [processor_seconds(pid) for pid in (publishers[0].pid, worker.pid, database)]
    published = publish(publishers, RATE, SECONDS)
    wait_until_read(SUBSCRIBERS)
    used = [
        processor_seconds(pid) - before
        for pid, before in zip((publishers[0].pid, worker.pid, database), used, strict=True)
    ]
    ask(worker, "tell")
    told = answer(worker)
    return {
        "published, 1/s": published["rate"],
        "publish and commit p50, ms": published["p50"],
        "publish and commit p95, ms": published["p95"],
        "commit to handler p50, ms": told["p50"],
        "commit to handler p95, ms": told["p95"],
        "commit to handler p99, ms": told["p99"],
        "events per batch": told["batch"],
        "processor per event, publisher, µs": used[0] * PUBLISHERS / published["count"] * 1e6,
        "processor per event, worker, µs": used[1] / published["count"] * 1e6,
        "processor per event, database, µs": used[2] / published["count"] * 1e6,
        "lost or doubled": lost_or_doubled(),
    }


def catching_up(publishers: Sequence[Process], workers: list[Process]) -> dict[str, float]:
    """The second part."""
    say(f"a backlog of {BACKLOG} for a subscriber that is down")
    query(
        "insert into event_subscription values (%s, (select coalesce(max(position), 0) from event_feed), now())",
        LATE,
    )
    ask(publishers[0], json.dumps({"backlog": BACKLOG}))
    answer(publishers[0])
    wait_until_read(SUBSCRIBERS)
    say(f"{HELD_RATE} events a second, first alone")
    before = publish(publishers, HELD_RATE, HELD_SECONDS)
    say("then while the subscriber catches up")
    ((end,),) = query(END)
    seconds: list[float] = []

    def catch_up() -> None:
        workers.append(start("hub_worker.py", LATE))
        answer(workers[-1])
        started = time.monotonic()
        wait_until_read((LATE,), until=end)
        seconds.append(time.monotonic() - started)
        connection.close()

    late = Thread(target=catch_up)
    late.start()
    during = publish(publishers, HELD_RATE, HELD_SECONDS)
    late.join(60)
    return {
        f"catch-up of {BACKLOG:,}, s": seconds[0] if seconds else float("nan"),
        "rate before, 1/s": before["rate"],
        "rate during catch-up, 1/s": during["rate"],
        "rate during catch-up, share": during["rate"] / before["rate"],
        "publish and commit before p50, ms": before["p50"],
        "publish and commit during catch-up p50, ms": during["p50"],
        "left after catch-up": 0.0 if seconds else 1.0,
    }


def publish(publishers: Sequence[Process], rate: int, seconds: float) -> dict[str, float]:
    """All publishers together at that rate; their figures in one."""
    for process in publishers:
        ask(process, json.dumps({"rate": rate / len(publishers), "seconds": seconds}))
    told = [answer(process) for process in publishers]
    return {
        "rate": sum(one["rate"] for one in told),
        "count": sum(one["count"] for one in told),
        "p50": max(one["p50"] for one in told),
        "p95": max(one["p95"] for one in told),
    }


def wait_until_read(names: Sequence[str], until: int | None = None) -> None:
    """Until those subscribers have read everything published, or up to a position."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        ((pending, end, read),) = query(STATE, list(names))
        if read is not None and (read >= until if until is not None else pending == 0 and read >= end):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{', '.join(names)} did not come to the end")


def lost_or_doubled() -> float:
    """How many (subscriber, event) pairs do not occur exactly once."""
    ((wanted, different, seen),) = query(PAIRS, len(SUBSCRIBERS), list(SUBSCRIBERS))
    return float(wanted - different + seen - different)


def query(text: str, *values: object) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values or None)
        return cursor.fetchall() if cursor.description else []


if __name__ == "__main__":
    sys.exit(main())
