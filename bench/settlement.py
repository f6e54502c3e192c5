"""Settlement from inputs in PostgreSQL to line earnings, buckets and ledger transactions.

1. 1,000,000 order lines of 2,000 partners, graduated tiers, by a run that two workers share; against one
   hand-written ``INSERT … SELECT`` in numeric that only computes and stores the amounts, over the same rows. Then
   the same run again, and a run after 1,000 changed lines.
2. Ten times the lines: the cost per line.
3. 100 events a second through the feed: from the publisher's commit to the visible earning.
4. 2,000 postings a second to one account of the platform over four connections.

``--lines``, ``--large``, ``--seconds`` and ``--only`` make it smaller: the targets are those of the full size.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from django.db import connection
from harness import Target, answer, ask, memory_mib, product, report, say, start

PARTNERS = 2_000
WORKERS = 2
CHANGED = 1_000
EVENTS_A_SECOND = 100
POSTINGS_A_SECOND = 2_000
CONNECTIONS = 4
SINCE = datetime(2026, 10, 1, tzinfo=UTC)

TARGETS: dict[str, Target] = {
    "run / hand-written, ×": ("≤", 4.0),
    "memory of the workers, MiB": ("≤", 600),
    "second run / first, share": ("≤", 0.2),
    "posted by the second run": ("≤", 0),
    "run after 1,000 changes, s": ("≤", 3.0),
    "cost per line at ten times, ×": ("≤", 1.3),
    "difference to the hand-written, yuan": ("≤", 0),
    "event to earning p95, ms": ("≤", 300),
    "events handled, share": ("≥", 1.0),
    "hot account, postings/s": ("≥", POSTINGS_A_SECOND),
    "hot account off by, yuan": ("≤", 0),
}

# A month of lines: amounts in whole cents between 1 and 600 yuan, about 3 % of them refunds.
INPUTS = """
INSERT INTO settlement_input
       (party_id, party_kind, measure, source_kind, source_id, key, content_hash, unit_id, at, recorded_at, amount,
        quantity, level, kind, parties, facts)
SELECT p, 'unit', 'bench.sale', 'shop_order', n, %(batch)s || n, '\\x00', %(unit)s,
       %(since)s + interval '1 second' * (h %% 2592000), %(since)s,
       CASE WHEN h %% 33 = 0 THEN -1 ELSE 1 END * (1 + (h %% 59900) / 100.0), 1, '', '',
       jsonb_build_object('partner', 'unit:' || p), '{}'
  FROM (SELECT n, 1 + n %% %(partners)s AS p, abs(hashint8(n)::bigint) AS h FROM generate_series(1, %(lines)s) AS n) AS g
"""
WAITING = """
INSERT INTO settlement_waiting (measure, role, party_kind, party_id, inputs, first_at, last_at)
SELECT measure, 'partner', party_kind, party_id, array_agg(id), min(at), max(at)
  FROM settlement_input WHERE key LIKE %s || '%%' GROUP BY 1, 2, 3, 4
"""
BY_HAND = """
INSERT INTO bench_by_hand
SELECT id, round(worth(after), 2) - round(worth(after - amount), 2) FROM (
    SELECT id, amount, sum(amount) OVER (PARTITION BY party_id ORDER BY at, id ROWS UNBOUNDED PRECEDING) AS after
      FROM settlement_input WHERE key LIKE %s || '%%') AS running
"""
# what a person would write: one CASE, inlined by the planner
WORTH = """
CREATE FUNCTION worth(x numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN x <= 0 THEN 0
            WHEN x <= 100000 THEN x * 0.03
            WHEN x <= 500000 THEN 3000 + (x - 100000) * 0.05
            WHEN x <= 1000000 THEN 23000 + (x - 500000) * 0.08
            ELSE 63000 + (x - 1000000) * 0.10 END $$
"""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--large", type=int, default=10_000_000, help="0 leaves the second part out")
    options.add_argument("--seconds", type=float, default=15.0, help="of each of the last two parts")
    options.add_argument("--only", choices=("runs", "events", "account"), action="append")
    given = options.parse_args()
    parts = given.only or ("runs", "events", "account")
    figures: dict[str, float] = {}
    with product():
        unit = prepare()
        if "runs" in parts:
            figures |= runs(unit, given.lines, given.large)
        if "events" in parts:
            figures |= events(given.seconds)
        if "account" in parts:
            figures |= hot_account(given.seconds)
        connection.close()
    return report("settlement", figures, {name: bound for name, bound in TARGETS.items() if name in figures})


def prepare() -> int:
    """The partners' plan and their unit, whose id it returns."""
    worker = start("settlement_worker.py")
    answer(worker)
    ask(worker, "prepare")
    unit = int(answer(worker)["unit"])
    stop([worker])
    return unit


def runs(unit: int, lines: int, large: int) -> dict[str, float]:
    """The first two parts."""
    say(f"{lines:,} lines of {PARTNERS:,} partners")
    load("a", lines, unit)
    by_hand = hand_written("a")
    first, memory = run_off()
    say(f"by hand {by_hand:.2f} s, the run {first:.2f} s")
    ((run_sum, count),) = query("SELECT sum(amount), count(*) FROM settlement_earning")
    ((hand_sum,),) = query("SELECT sum(amount) FROM bench_by_hand")
    ((before,),) = query("SELECT count(*) FROM ledger_transaction")
    second, _ = run_off(again=True)
    ((after,),) = query("SELECT count(*) FROM ledger_transaction")
    changed = change()
    third, _ = run_off()
    ((buckets,),) = query("SELECT count(*) FROM settlement_bucket")
    figures = {
        "lines": float(count),
        "buckets and transactions": float(buckets),
        "by hand, s": by_hand,
        "run, s": first,
        "run / hand-written, ×": first / by_hand,
        "lines a second": lines / first,
        "memory of the workers, MiB": memory,
        "second run, s": second,
        "second run / first, share": second / first,
        "posted by the second run": float(after - before),
        "run after 1,000 changes, s": third,
        "changed lines": float(changed),
        "difference to the hand-written, yuan": float(abs(run_sum - hand_sum)),
    }
    if large:
        say(f"{large:,} lines")
        load("b", large, unit)
        seconds, memory = run_off()
        figures["run at ten times, s"] = seconds
        figures["cost per line at ten times, ×"] = (seconds / large) / (first / lines)
        figures["memory of the workers, MiB"] = max(memory, figures["memory of the workers, MiB"])
    return figures


def load(batch: str, lines: int, unit: int) -> None:
    """Inputs that wait for a run, as a file of orders would leave them."""
    asked = {"batch": batch, "since": SINCE, "partners": PARTNERS, "lines": lines, "unit": unit}
    query(INPUTS, asked)
    query(WAITING, [batch])
    for table in ("settlement_input", "settlement_waiting", "settlement_bucket", "settlement_earning"):
        query(f"VACUUM ANALYZE {table}")
    query("CHECKPOINT")


def hand_written(batch: str) -> float:
    query(WORTH)
    query("CREATE TABLE bench_by_hand (input_id bigint, amount numeric(20, 2))")
    started = time.perf_counter()
    query(BY_HAND, [batch])
    return time.perf_counter() - started


def run_off(*, again: bool = False) -> tuple[float, float]:
    """Start a run and let the workers settle it; seconds from asking for it to its end, and the workers' memory.

    `again` computes the whole period anew, which finds that everything stands where it should.
    """
    workers = [start("settlement_worker.py") for _ in range(WORKERS)]
    for worker in workers:
        answer(worker)
    query("CHECKPOINT")
    asked = time.perf_counter()
    ask(workers[0], "recalculate" if again else "settle")
    run_id = answer(workers[0])["run"]
    for worker in workers:
        ask(worker, f"work {run_id}")
    memory = watched(workers)
    seconds = time.perf_counter() - asked
    stop(workers)
    return seconds, memory


def watched(workers: Sequence[subprocess.Popen[str]]) -> float:
    """The most memory the workers use together until the last of them is done, and the answer of each."""
    most = 0.0
    left = {worker.pid: worker for worker in workers}
    while left:
        most = max(most, sum(memory_mib(worker.pid) for worker in workers))
        ((running,),) = query("SELECT count(*) FROM settlement_run WHERE status = 'running'")
        if running == 0:
            for worker in left.values():
                answer(worker)
            return most
        time.sleep(0.1)
    return most


def change() -> int:
    """1,000 lines of as many orders are corrected, collected for the next run."""
    worker = start("settlement_worker.py")
    answer(worker)
    ask(worker, f"change {CHANGED}")
    changed = int(answer(worker)["changed"])
    stop([worker])
    return changed


def events(seconds: float) -> dict[str, float]:
    """The third part."""
    say(f"{EVENTS_A_SECOND} events a second for {seconds:.0f} s")
    worker = start("settlement_events.py", "worker")
    answer(worker)
    publisher = start("settlement_events.py", "publisher")
    answer(publisher)
    ask(publisher, json.dumps({"rate": EVENTS_A_SECOND, "seconds": 3}))
    warm = answer(publisher)
    ask(publisher, json.dumps({"rate": EVENTS_A_SECOND, "seconds": seconds}))
    told = answer(publisher)
    ask(worker, json.dumps({"events": warm["count"] + told["count"], "skip": warm["count"]}))
    seen = answer(worker)
    stop([publisher, worker])
    return {
        "events/s": told["rate"],
        "event to earning p50, ms": seen["p50"],
        "event to earning p95, ms": seen["p95"],
        "event to earning p99, ms": seen["p99"],
        "events handled, share": seen["handled"],
    }


def hot_account(seconds: float) -> dict[str, float]:
    """The fourth part."""
    say(f"{CONNECTIONS} connections post to one platform account for {seconds:.0f} s")
    workers = [start("settlement_postings.py", number) for number in range(CONNECTIONS)]
    for worker in workers:
        answer(worker)
    for worker in workers:
        ask(worker, json.dumps({"seconds": seconds}))
    told = [answer(worker) for worker in workers]
    stop(workers)
    posted = sum(one["posted"] for one in told)
    before = sum(one["before"] for one in told)
    ((balance,),) = query(
        "SELECT coalesce(sum(p.amount), 0) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id"
        " WHERE a.purpose = 'bench'"
    )
    return {
        "hot account, postings/s": posted / seconds,
        "hot account p95, ms": max(one["p95"] for one in told),
        "hot account off by, yuan": float(abs(balance + posted + before)),
    }


def stop(workers: Sequence[subprocess.Popen[str]]) -> None:
    for worker in workers:
        if worker.stdin is not None:
            worker.stdin.close()
    for worker in workers:
        worker.wait(60)


def query(
    text: str, values: Sequence[object] | Mapping[str, object] | None = None
) -> list[tuple[Decimal, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else []


if __name__ == "__main__":
    sys.exit(main())
