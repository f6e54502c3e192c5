"""Publishes as told: one event per transaction at a rate, by several threads as in a web process, or a backlog."""

import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from bench_events import NAME, TYPE
from django.db import connection, transaction
from harness import paced, percentile, tell

from shuniu.foundation.access import system
from shuniu.foundation.clock import now
from shuniu.foundation.hub import NewEvent, Ref, publish, publish_many, registry

CUSTOMERS = 5_000
THINGS = 20_000
SET = 2_000
BY = system("bench")
dice = random.Random(int(sys.argv[1]))


def one() -> None:
    with transaction.atomic():
        publish(
            name=NAME,
            subject=Ref("thing", dice.randrange(THINGS)),
            unit_id=dice.randrange(1, 16),
            customer_id=dice.randrange(1, CUSTOMERS),
            by=BY,
            now=now(),
            data={"sent": time.monotonic_ns()},
        )


def backlog(count: int) -> None:
    for first in range(0, count, SET):
        with transaction.atomic():
            publish_many(
                [
                    NewEvent(NAME, Ref("thing", first + at), 1, BY, now(), {"sent": 0}, 1 + at % CUSTOMERS)
                    for at in range(SET)
                ]
            )


def connect(_: int) -> None:
    connection.ensure_connection()


threads = int(sys.argv[2])
registry.register(events=(TYPE,))
pool = ThreadPoolExecutor(threads)
list(pool.map(connect, range(threads)))
tell(ready=1)
for line in sys.stdin:
    wish = json.loads(line)
    if "backlog" in wish:
        backlog(wish["backlog"])
        tell(done=1)
    else:
        started = time.perf_counter()
        works = [pool.submit(paced, one, wish["rate"] / threads, wish["seconds"]) for _ in range(threads)]
        took = [milliseconds for work in works for milliseconds in work.result()]
        spent = max(time.perf_counter() - started, wish["seconds"])
        tell(rate=len(took) / spent, p50=percentile(took, 0.5), p95=percentile(took, 0.95), count=len(took))
