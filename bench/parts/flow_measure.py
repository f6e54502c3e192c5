"""The measuring itself, in a process that finds Django set up: see bench/flow.py."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import flow_cases as cases
from django.db import connection, transaction
from harness import PARTS, answer, ask, percentile, say, start, tell

from shuniu.flows import actions

SMALL = "--small" in sys.argv
RUNS = 40 if SMALL else 400
SPIFF_RUNS = 20 if SMALL else 150
TURNS = 1 if SMALL else 3
LONG_RUNS = 2 if SMALL else 20
RETURNS = 20 if SMALL else 200
BATCH = 400 if SMALL else 10_000
ARMED = 1_000 if SMALL else 100_000
DUE_RATE = 20 if SMALL else 200
DUE_SECONDS = 5 if SMALL else 60
BURST = 200 if SMALL else 5_000
RACE_SECONDS = 8 if SMALL else 300
LATE_TASKS = 160
SPIFF = [
    "uv", "run", "--no-project", "--isolated", "-q", "--python", "3.11", "--with", "SpiffWorkflow==3.2.0",
    "--with", "psycopg[binary]", "python",
]  # fmt: skip


def now() -> datetime:
    return datetime.now(UTC)


def steps(place: cases.Place, url: str) -> dict[str, float]:
    """The first part, the sides in turns."""
    say(f"{RUNS} runs of five human steps")
    ours, floor, spiff = [], [], []
    for turn in range(TURNS + 1):
        measured = (
            cases.rate_of_steps(place, RUNS if turn else 5, f"t{turn}"),
            floor_rate(place, RUNS if turn else 5, turn),
            spiff_rate(url) if turn else None,
        )
        if not turn:
            continue  # the first turn warms up
        ours.append(measured[0])
        floor.append(measured[1])
        if measured[2] is not None:
            spiff.append(measured[2])
    figures = {
        "steps, 1/s": max(ours),
        "hand-written floor, 1/s": max(floor),
        "share of the hand-written floor": statistics.median(
            own / low for own, low in zip(ours, floor, strict=True)
        ),
    }
    if spiff:
        figures |= {"SpiffWorkflow, 1/s": max(spiff), "times SpiffWorkflow": max(ours) / max(spiff)}
    return figures


def floor_rate(place: cases.Place, runs: int, turn: int) -> float:
    """Human steps a second of SQL written by hand, one transaction each, over rows of its own in the same tables."""
    ids = cases.floor_runs(place, runs, turn)
    started = time.perf_counter()
    for run_id, step_id, work_id in ids:
        here = (step_id, work_id)
        for number in range(1, 6):
            with transaction.atomic():
                here = cases.floor_step(place, run_id, *here, number)
    return runs * 5 / (time.perf_counter() - started)


def spiff_rate(url: str) -> float | None:
    try:
        done = subprocess.run(
            [*SPIFF, str(PARTS / "flow_spiff.py"), url, str(SPIFF_RUNS)],
            capture_output=True, text=True, check=True, timeout=600,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        say(f"SpiffWorkflow cannot run here: {error} {getattr(error, 'stderr', '')}")
        return None
    return float(json.loads(done.stdout.splitlines()[-1])["rate"])


def two_processes(one: float) -> dict[str, float]:
    say("two processes")
    workers = [start("flow_worker.py", "steps") for _ in range(2)]
    for worker in workers:
        answer(worker)
    began = time.perf_counter()
    for number, worker in enumerate(workers):
        ask(worker, f"{RUNS} w{number}")
    done = sum(answer(worker)["steps"] for worker in workers)
    rate = done / (time.perf_counter() - began)
    _leave(workers)
    return {"two processes, 1/s": rate, "two processes over one": rate / one}


def long_runs(place: cases.Place) -> dict[str, float]:
    """The second part. Medians, because one slow commit says nothing of the length of a run."""
    say(f"{LONG_RUNS} runs of {LATE_TASKS} tasks, {RETURNS} returns")
    early: list[float] = []
    late: list[float] = []
    for number in range(LONG_RUNS):
        took = cases.long_run(place, LATE_TASKS, f"long{number}")
        early += took[3:8]
        late += took[-6:-1]
    before, after = cases.returned_run(place, RETURNS)
    return {
        "fifth step, ms": statistics.median(early) * 1000,
        "step at 160 tasks over the fifth": statistics.median(late) / statistics.median(early),
        "step after 200 returns over the fifth": statistics.median(after) / statistics.median(before),
    }


def batch(place: cases.Place) -> dict[str, float]:
    """The third part: begun, then timed out, both set-wise."""
    say(f"{BATCH} runs of automated nodes")
    runs = cases.new_runs(place, BATCH, "batch")
    began = time.perf_counter()
    actions.start_many(flow_key="automated", runs=runs, by=cases.HOUSE, now=cases.NOW)
    begun = time.perf_counter() - began
    later = cases.NOW + timedelta(days=2)
    began = time.perf_counter()
    while actions.fire_due(now=later, batch=1_000):
        pass
    timed_out = time.perf_counter() - began
    nodes = query(
        "select count(*) from flow_step s join flow_run r on r.id = s.run_id where r.start_key like 'batch%%'"
    )
    return {
        "batch begun, runs/s": BATCH / begun,
        "batch timed out, runs/s": BATCH / timed_out,
        "automated nodes, 1/s": nodes / (begun + timed_out),
    }


def timers(place: cases.Place) -> dict[str, float]:
    """The fourth part. Limits are moved to where they are wanted; firing them is the real loop."""
    say(f"{ARMED} timers armed")
    runs = cases.new_runs(place, ARMED, "armed")
    actions.start_many(flow_key="limited", runs=runs, by=cases.HOUSE, now=now())
    due = DUE_RATE * DUE_SECONDS
    cases.spread(due, DUE_RATE, now() + timedelta(seconds=2))
    say(f"{DUE_RATE} due a second for {DUE_SECONDS} s")
    _loop(lambda: cases.fired() >= due, DUE_SECONDS * 3 + 30)
    late = cases.lateness()
    say(f"{BURST} due in one second")
    cases.burst(BURST, now())
    began = time.perf_counter()
    _loop(lambda: cases.fired() >= due + BURST, 120)
    burst = time.perf_counter() - began
    told, of = cases.outage(place)
    return {
        "timer lateness p50, s": percentile(late, 0.5),
        "timer lateness p99, s": percentile(late, 0.99),
        "burst out, s": burst,
        "reminders told after an outage, per step": told / of,
    }


def _loop(done: Callable[[], bool], seconds: float) -> None:
    """As the worker runs it: every second, and again at once while there was something."""
    until = time.monotonic() + seconds
    while not done() and time.monotonic() < until:
        began = time.monotonic()
        while actions.fire_due(now=now()):
            pass
        time.sleep(max(0.0, 1 - (time.monotonic() - began)))


def races() -> dict[str, float]:
    """The fifth part."""
    say(f"two processes race for {RACE_SECONDS} s")
    workers = [start("flow_worker.py", "race") for _ in range(2)]
    for worker in workers:
        answer(worker)
    for worker in workers:
        ask(worker, str(RACE_SECONDS))
    told = [answer(worker) for worker in workers]
    _leave(workers)
    return {
        "commands raced": float(sum(one["done"] for one in told)),
        "commands told they came too late": float(sum(one["lost"] for one in told)),
        "lost or doubled steps in races": float(cases.unsound() + sum(one["broken"] for one in told)),
    }


def _leave(workers: list[Any]) -> None:
    for worker in workers:
        worker.stdin.close()
        worker.wait(60)


def query(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


place = cases.house()
figures = steps(place, sys.argv[1])
figures |= two_processes(figures["steps, 1/s"])
figures |= long_runs(place)
figures |= batch(place)
figures |= timers(place)
figures |= races()
connection.close()
tell(**figures)
