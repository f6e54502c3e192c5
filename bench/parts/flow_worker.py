"""A second process of the benchmark of flows: does steps as fast as it can, or races for the same runs."""

import random
import sys
import time

import flow_cases as cases
from harness import tell

from shuniu.flows import actions
from shuniu.flows.models import FlowRun, FlowWork
from shuniu.foundation.errors import DomainError

LIVE = 6
"""Runs that are raced for at any time: few, so that they meet."""


def race(place: cases.Place, seconds: float) -> dict[str, int]:
    """Answer, vote and return whatever is open, without regard for the other process."""
    chance = random.Random(time.time_ns())
    told = {"done": 0, "lost": 0, "broken": 0}
    until = time.monotonic() + seconds
    people = {actor.staff_id: actor for actor in place.people.values()}
    while time.monotonic() < until:
        while FlowRun.objects.filter(start_key__startswith="race", status="running").count() < LIVE:
            cases.begin(place, "raced", f"race{time.time_ns()}")
        works = list(
            FlowWork.objects.filter(status="open", run__start_key__startswith="race").values_list(
                "id", "staff_id", "step__node"
            )
        )
        chance.shuffle(works)
        for work_id, staff_id, node in works:
            given = {"work_id": work_id, "by": people[staff_id], "now": cases.NOW}
            try:
                if node in ("heads", "receive") and chance.random() < 0.2:
                    actions.send_back(to="apply", reason="重做", key=f"b{work_id}", **given)
                else:
                    outcome = "approved" if node == "heads" else None
                    actions.complete(outcome=outcome, key=f"k{work_id}", **given)
                told["done"] += 1
            except DomainError:
                told["lost"] += 1
            except Exception as error:  # noqa: BLE001 - what breaks is counted
                told["broken"] += 1
                print(f"{type(error).__name__}: {error}", file=sys.stderr)
    return told


place = cases.found()
if sys.argv[1] == "steps":
    cases.rate_of_steps(place, 3, f"warm{time.time_ns()}")
tell(ready=1)
for line in sys.stdin:
    if sys.argv[1] == "steps":
        runs, prefix = line.split()
        cases.rate_of_steps(place, int(runs), prefix)
        tell(steps=int(runs) * 5)
    else:
        tell(**race(place, float(line)))
