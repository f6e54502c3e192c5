"""Running flows: steps of people against hand-written SQL and SpiffWorkflow, long runs, batches, timers, races.

The process: five human tasks, an exclusive gateway, a parallel split and join, ten nodes.

1. One process, one step at a time, through the real actions, against SQL written by hand that writes the same rows (command
   key, step, work, event, pending, audit, run) one statement each, and SpiffWorkflow 3.2 that saves its state to the same
   PostgreSQL after every step (its state stays in memory between steps, which a server's would not: in its favour). It
   runs in an environment of its own that `uv` makes; without it those figures are left out. Then two processes of ours.
2. The cost of a step late in a run of 160 tasks, and after 200 returns, against the fifth.
3. A batch of runs of automated nodes: nodes passed and persisted a second.
4. Timers: many armed, some due every second, then a burst in one second, then an hour's outage.
5. Two processes race on joins, countersigns and returns; every run is then checked for lost and doubled steps.

`--small` runs everything in sizes that only show that it runs.
"""

import sys

from harness import Target, answer, ask, product, report, start

TARGETS: dict[str, Target] = {
    "share of the hand-written floor": ("≥", 0.6),
    "times SpiffWorkflow": ("≥", 1.5),
    "two processes over one": ("≥", 1.5),
    "step at 160 tasks over the fifth": ("≤", 1.15),
    "step after 200 returns over the fifth": ("≤", 1.15),
    "automated nodes, 1/s": ("≥", 8_000),
    "timer lateness p99, s": ("≤", 2),
    "burst out, s": ("≤", 20),
    "reminders told after an outage, per step": ("≤", 1),
    "lost or doubled steps in races": ("≤", 0),
}


def main() -> int:
    with product() as server:
        measuring = start("flow_measure.py", server.url, *sys.argv[1:])
        ask(measuring, "go")
        figures = {str(name): float(value) for name, value in answer(measuring).items()}
        measuring.wait(60)
    return report("flow", figures, {name: target for name, target in TARGETS.items() if name in figures})


if __name__ == "__main__":
    sys.exit(main())
