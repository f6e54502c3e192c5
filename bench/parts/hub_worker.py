"""A worker process with the subscribers named on its command line."""

import sys
from threading import Event

from bench_events import Readings, declare
from harness import percentile, tell

from shuniu.app.worker import DELIVERY_THREADS, LOOP_THREADS, Worker

readings = Readings()
declare(sys.argv[1:], readings)
stop = Event()
worker = Worker(stop)
worker.start(delivery_threads=DELIVERY_THREADS, loop_threads=LOOP_THREADS)
tell(ready=1)
for _ in sys.stdin:
    waited, batches = readings.waited, readings.batches
    readings.waited, readings.batches = [], []
    tell(
        p50=percentile(waited, 0.5),
        p95=percentile(waited, 0.95),
        p99=percentile(waited, 0.99),
        batch=sum(batches) / max(len(batches), 1),
    )
stop.set()
sys.exit(worker.join())
