"""Orders paid, one event each at a rate, and the worker that settles them: from the commit to the visible earning.

The publisher writes orders as a shop's adapter would. The worker is the product's own; when asked it reads, for each
earning, how long after its order was written it could be seen.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from itertools import count
from threading import Event, Thread

from bench_settlement import BY, LONG_AGO, document
from django.db import connection, transaction
from harness import paced, percentile, tell

from shuniu.app.wiring import wire
from shuniu.app.worker import DELIVERY_THREADS, LOOP_THREADS, Worker
from shuniu.commerce import actions as commerce
from shuniu.commerce.contracts import ShopOrderStatus
from shuniu.customers import actions as customers
from shuniu.org import queries as org
from shuniu.settlement import actions

PLAN = "bench_sales"
THREADS = 4
SETTLE_SECONDS = 20.0
# when the earning could first be read, against when its order was written: one clock, the machine's
SEEN: dict[int, float] = {}
NEW = "SELECT source_id FROM settlement_earning WHERE source_kind = 'shop_order' AND source_id > %s ORDER BY source_id"


def publisher() -> None:
    """Writes paid orders; each carries the moment it was written in its number."""
    unit = org.root_unit()
    assert unit is not None
    plan = document(PLAN, "shop_order.paid", confirmation={"by": "customer", "after_hours": 72})
    plan["components"][0]["beneficiary"] = "unit"
    actions.publish_plan(document=plan, effective_from=LONG_AGO, by=BY, now=datetime.now(UTC))
    customer = customers.create(name="王女士", unit_id=unit.id, by=BY, now=datetime.now(UTC))
    numbers = count(1)

    def one() -> None:
        moment = datetime.now(UTC)
        line = commerce.NewLine(name="x", quantity=Decimal(1), price=Decimal(9), amount=Decimal(9))
        order = commerce.NewOrder(
            no=f"{time.time_ns()}-{next(numbers)}", customer_id=customer.id, unit_id=unit.id, placed_at=moment,
            paid_at=moment, status=ShopOrderStatus.PAID, lines=(line,),
        )  # fmt: skip
        with transaction.atomic():
            commerce.load_orders(rows=[order], by=BY, now=moment)

    def at_rate(seconds: float, rate: float) -> int:
        try:
            return len(paced(one, rate, seconds))
        finally:
            connection.close()

    tell(ready=1)
    for line in sys.stdin:
        asked = json.loads(line)
        started = time.perf_counter()
        with ThreadPoolExecutor(THREADS) as pool:
            each = [asked["rate"] / THREADS] * THREADS
            took = list(pool.map(partial(at_rate, asked["seconds"]), each))
        tell(count=sum(took), rate=sum(took) / (time.perf_counter() - started))


def watch(stop: Event) -> None:
    """Notes when each earning can be seen, from a connection of its own."""
    last = 0
    while not stop.is_set():
        with connection.cursor() as cursor:
            cursor.execute(NEW, [last])
            found = [id_ for (id_,) in cursor.fetchall()]
        moment = time.time()
        for id_ in found:
            SEEN.setdefault(id_, moment)
        # a later order may be settled first: look a little back
        last = max([last, *(id_ - 500 for id_ in found)])
        time.sleep(0.01)
    connection.close()


def worker() -> None:
    stop = Event()
    working = Worker(stop)
    working.start(delivery_threads=DELIVERY_THREADS, loop_threads=LOOP_THREADS)
    watching = Thread(target=watch, args=(stop,))
    watching.start()
    tell(ready=1)
    for line in sys.stdin:
        asked = json.loads(line)
        deadline = time.monotonic() + SETTLE_SECONDS
        while len(SEEN) < asked["events"] and time.monotonic() < deadline:
            time.sleep(0.1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, no FROM shop_order ORDER BY id")
            written = {id_: int(no.partition("-")[0]) / 1e9 for id_, no in cursor.fetchall()}
        waited = [(SEEN[id_] - written[id_]) * 1000 for id_ in sorted(SEEN) if id_ in written]
        waited = waited[asked["skip"] :]
        tell(
            p50=percentile(waited, 0.5),
            p95=percentile(waited, 0.95),
            p99=percentile(waited, 0.99),
            handled=len(SEEN) / max(asked["events"], 1),
        )
    stop.set()
    watching.join()
    working.join()


wire()
publisher() if sys.argv[1] == "publisher" else worker()
