"""Commands on many runs at once: walked one by one, written by COPY and a few statements for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from shuniu.core.calendar import WorkingCalendar
from shuniu.core.flow.memo import run_memo
from shuniu.core.flow.state import RunStatus
from shuniu.flows.runs import standing, telling
from shuniu.flows.runs.moving import Walked
from shuniu.flows.runs.rows import Rows
from shuniu.flows.runs.state import LockedRun
from shuniu.flows.runs.writing import KEPT_AFTER_END, MOVED, UNDONE, dumped
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import publish_many
from shuniu.org import queries as org

STEP = (
    "id", "run_id", "visit", "node", "kind", "origin", "edge", "via", "status", "outcome", "answers", "works_made",
    "effects_made", "opened_at", "closed_at", "closed_by", "due_at", "warn_at", "provisional", "working_seconds",
    "returned_from", "memo", "level", "form", "ending", "party", "joined",
)  # fmt: skip
WORK = (
    "run_id", "step_id", "number", "party", "staff_id", "role", "position", "seat", "status", "outcome", "comment", "how",
    "opened_at", "closed_at",
)  # fmt: skip
TIMER = (
    "run_id", "step_id", "rung", "clock", "budget_seconds", "budget_days", "before_seconds", "after_seconds",
    "consumed_seconds", "running_since", "fire_at", "status",
)  # fmt: skip
EFFECT = (
    "run_id", "step_id", "number", "effect", "params", "awaited", "status", "attempts", "next_at", "wanted_at", "error",
    "settled_by", "settled_why",
)  # fmt: skip
WAIT = ("run_id", "step_id", "number", "event", "correlation", "status", "opened_at", "closed_at")
COMMAND = ("run_id", "rev", "key", "kinds", "content", "content_hash", "by", "at")
JSON = frozenset({"via", "answers", "memo", "params", "content", "facts"})

OLD_STEPS = """
update flow_step s set status = o.status, outcome = o.outcome, answers = o.answers, works_made = o.works_made,
    effects_made = o.effects_made, closed_at = o.closed_at, closed_by = o.closed_by, ending = o.ending,
    party = o.party, joined = o.joined, working_seconds = o.working_seconds, memo = o.memo
from jsonb_to_recordset(%s) as o(id bigint, status text, outcome text, answers jsonb, works_made int, effects_made int,
    closed_at timestamptz, closed_by text, ending text, party text, joined int, working_seconds int, memo jsonb)
where s.id = o.id
"""
OLD_WORKS = """
update flow_work set status = o.status, outcome = o.outcome, comment = o.comment, how = o.how, closed_at = %s
from jsonb_to_recordset(%s) as o(step_id bigint, number int, status text, outcome text, comment text, how text)
where flow_work.step_id = o.step_id and flow_work.number = o.number
"""
OLD_WAITS = """
update flow_wait set status = o.status, closed_at = o.closed_at
from jsonb_to_recordset(%s) as o(step_id bigint, number int, status text, closed_at timestamptz)
where flow_wait.step_id = o.step_id and flow_wait.number = o.number
"""
# what fired is said first, so that the end of its step cancels only the others
OVER_TIMERS = """
update flow_timer set status = o.status, fired_at = case when o.status = 'fired' then %s::timestamptz end
from jsonb_to_recordset(%s) as o(run_id bigint, step_id bigint, rung text, status text)
where flow_timer.run_id = o.run_id and flow_timer.step_id is not distinct from o.step_id
    and flow_timer.status in ('armed', 'paused') and (o.rung is null or flow_timer.rung = o.rung)
"""
RUNS = """
update flow_run set status = o.status, facts = o.facts, memo = o.memo, visits_made = o.visits_made, rev = o.rev,
    ended_at = o.ended_at, remove_after = o.remove_after
from jsonb_to_recordset(%s) as o(id bigint, status text, facts jsonb, memo jsonb, visits_made int, rev int,
    ended_at timestamptz, remove_after timestamptz)
where flow_run.id = o.id
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One run with what the engine made of its command."""

    run: LockedRun
    walked: Walked
    key: str
    digest: bytes


def write_many(steps: Sequence[Step], *, by: Actor, now: datetime, fresh: bool = False) -> None:
    """As `writing.write` and `telling.tell` for each; with `fresh` the runs' own rows are written by the caller."""
    calendars: dict[int, WorkingCalendar] = {}
    gathered: list[tuple[Step, Rows]] = []
    for step in steps:
        unit_id = step.run.unit_id
        if unit_id not in calendars:
            calendars[unit_id] = org.calendar(unit_id)
        rows = Rows(run=step.run, by=by, now=now, _calendar=calendars[unit_id])
        rows.gather(step.walked.effects, step.walked.state)
        gathered.append((step, rows))
    with connection.cursor() as cursor:
        _insert(cursor, gathered, by, now)
        _change(cursor, gathered, now)
        if not fresh:
            cursor.execute(RUNS, [dumped([run_row(step, now) for step in steps])])
    events = []
    for step, rows in gathered:
        effects = step.walked.effects
        if rows.still:
            standing.settle(step.run, ids=rows.ids, still=rows.still, calendar=rows.calendar, now=now)
        events += telling.events_of(step.run, effects=effects, step_ids=rows.ids, by=by, now=now)
        telling.take_part(step.run, effects=effects, by=by, now=now)
    publish_many(events)


def run_row(step: Step, now: datetime) -> dict[str, Any]:
    """What a command leaves in the run's own row."""
    state = step.walked.state
    over = state.status in {RunStatus.ENDED, RunStatus.CANCELLED}
    return {
        "id": step.run.id,
        "status": state.status.value,
        "facts": state.facts,
        "memo": run_memo(state),
        "visits_made": state.visits_made,
        "rev": step.run.rev + 1,
        "ended_at": now if over else None,
        "remove_after": now + KEPT_AFTER_END if over else None,
    }


def copy_in(
    cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Sequence[dict[str, Any]]
) -> None:
    """Rows into a table, columns by name."""
    if not rows:
        return
    with cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy:
        for row in rows:
            copy.write_row([dumped(row[name]) if name in JSON else row[name] for name in columns])


def _insert(cursor: CursorWrapper, gathered: Sequence[tuple[Step, Rows]], by: Actor, now: datetime) -> None:
    new: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("step", "work", "timer", "effect", "wait", "command")
    }
    for step, rows in gathered:
        run = {"run_id": step.run.id}
        new["step"] += [run | row for row in rows.new_steps.values()]
        new["work"] += [run | {"position": 0, "opened_at": now} | row for row in rows.new_works.values()]
        new["timer"] += [run | {"consumed_seconds": 0} | row for row in rows.new_timers.values()]
        wished = {
            "status": "pending", "attempts": 0, "next_at": now, "wanted_at": now, "error": "", "settled_by": "",
            "settled_why": "",
        }  # fmt: skip
        new["effect"] += [run | wished | row for row in rows.new_effects]
        new["wait"] += [run | {"opened_at": now} | row for row in rows.new_waits.values()]
        commands = step.walked.commands
        new["command"].append(
            {
                **run,
                "rev": step.run.rev + 1,
                "key": step.key,
                "kinds": [command.kind for command in commands],
                "content": [
                    command.model_dump(mode="json", exclude_defaults=True) | {"kind": command.kind}
                    for command in commands
                ],
                "content_hash": step.digest,
                "by": by.key,
                "at": now,
            }
        )
    columns = {"step": STEP, "work": WORK, "timer": TIMER, "effect": EFFECT, "wait": WAIT, "command": COMMAND}
    for name, rows_of in new.items():
        copy_in(cursor, f"flow_{name}", columns[name], rows_of)


def _change(cursor: CursorWrapper, gathered: Sequence[tuple[Step, Rows]], now: datetime) -> None:
    steps = [row for _, rows in gathered for row in rows.old_steps.values()]
    works = [row for _, rows in gathered for row in rows.old_works]
    waits = [row for _, rows in gathered for row in rows.old_waits]
    timers = [{"run_id": step.run.id, **row} for step, rows in gathered for row in rows.over_timers]
    if steps:
        cursor.execute(OLD_STEPS, [dumped(steps)])
    if works:
        cursor.execute(OLD_WORKS, [now, dumped(works)])
    if waits:
        cursor.execute(OLD_WAITS, [dumped(waits)])
    for fired in (True, False):
        over = [row for row in timers if (row["rung"] is not None) is fired]
        if over:
            cursor.execute(OVER_TIMERS, [now, dumped(over)])
    for step, rows in gathered:
        if rows.moved:
            cursor.execute(MOVED, [dumped(rows.moved)])
        if rows.undone:
            cursor.execute(UNDONE, [step.run.id, rows.undone])
