"""All rows that one command changes, in one statement and one round trip; what is rare goes beside it."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from shuniu.core.flow.commands import Command
from shuniu.core.flow.effects import Effect
from shuniu.core.flow.memo import run_memo
from shuniu.core.flow.state import RunState, RunStatus
from shuniu.flows.runs import standing
from shuniu.flows.runs.rows import Rows
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor
from shuniu.foundation.database.prepared import prepared_cursor

KEPT_AFTER_END = timedelta(days=5 * 365)

_WRITE = """
with given as (select %(rows)s::jsonb as rows),
new_steps as (
    insert into flow_step (id, run_id, visit, node, kind, origin, edge, via, status, outcome, answers, works_made,
        effects_made, opened_at, closed_at, closed_by, due_at, warn_at, provisional, working_seconds, returned_from, memo,
        level, form, ending, party, joined)
    select id, %(run)s, visit, node, kind, origin, edge, via, status, outcome, answers, works_made, effects_made,
        opened_at, closed_at, closed_by, due_at, warn_at, provisional, working_seconds, returned_from, memo,
        level, form, ending, party, joined
    from given, jsonb_to_recordset(given.rows->'new_steps') as n(id bigint, visit int, node text, kind text, origin int,
        edge text, via jsonb, status text, outcome text, answers jsonb, works_made int, effects_made int,
        opened_at timestamptz, closed_at timestamptz, closed_by text, due_at timestamptz, warn_at timestamptz,
        provisional bool, working_seconds int, returned_from int, memo jsonb, level smallint, form text, ending text,
        party text, joined int)
),
old_steps as (
    update flow_step s set status = o.status, outcome = o.outcome, answers = o.answers, works_made = o.works_made,
        effects_made = o.effects_made, closed_at = o.closed_at, closed_by = o.closed_by, ending = o.ending,
        party = o.party, joined = o.joined, working_seconds = o.working_seconds, memo = o.memo
    from given, jsonb_to_recordset(given.rows->'old_steps') as o(id bigint, status text, outcome text, answers jsonb,
        works_made int, effects_made int, closed_at timestamptz, closed_by text, ending text, party text, joined int,
        working_seconds int, memo jsonb)
    where s.id = o.id
),
new_works as (
    insert into flow_work (run_id, step_id, number, party, staff_id, role, position, seat, status, outcome, comment, how,
        opened_at, closed_at)
    select %(run)s, w.step_id, w.number, w.party, w.staff_id, w.role, 0, w.seat, w.status, w.outcome, w.comment, w.how,
        %(now)s, w.closed_at
    from given, jsonb_to_recordset(given.rows->'new_works') as w(step_id bigint, number int, party text, staff_id bigint,
        role text, seat int, status text, outcome text, comment text, how text, closed_at timestamptz)
    order by w.step_id, w.number
),
old_works as (
    update flow_work set status = o.status, outcome = o.outcome, comment = o.comment, how = o.how, closed_at = %(now)s
    from given, jsonb_to_recordset(given.rows->'old_works') as o(step_id bigint, number int, status text, outcome text,
        comment text, how text)
    where flow_work.step_id = o.step_id and flow_work.number = o.number
),
new_timers as (
    insert into flow_timer (run_id, step_id, rung, clock, budget_seconds, budget_days, before_seconds, after_seconds,
        consumed_seconds, running_since, fire_at, status)
    select %(run)s, t.step_id, t.rung, t.clock, t.budget_seconds, t.budget_days, t.before_seconds, t.after_seconds, 0,
        t.running_since, t.fire_at, t.status
    from given, jsonb_to_recordset(given.rows->'new_timers') as t(step_id bigint, rung text, clock text,
        budget_seconds bigint, budget_days int, before_seconds bigint, after_seconds bigint, running_since timestamptz,
        fire_at timestamptz, status text)
),
over_timers as (
    update flow_timer set status = o.status, fired_at = case when o.status = 'fired' then %(now)s::timestamptz end
    from given, jsonb_to_recordset(given.rows->'over_timers') as o(step_id bigint, rung text, status text)
    where flow_timer.run_id = %(run)s and flow_timer.step_id is not distinct from o.step_id
        and flow_timer.status in ('armed', 'paused')
        and (flow_timer.rung = o.rung or (o.rung is null and not exists (
            select from given, jsonb_to_recordset(given.rows->'over_timers') as f(step_id bigint, rung text)
            where f.step_id is not distinct from o.step_id and f.rung = flow_timer.rung)))
),
new_effects as (
    insert into flow_effect (run_id, step_id, number, effect, params, awaited, status, attempts, next_at, wanted_at, error,
        settled_by, settled_why)
    select %(run)s, e.step_id, e.number, e.effect, e.params, e.awaited, 'pending', 0, %(now)s, %(now)s, '', '', ''
    from given, jsonb_to_recordset(given.rows->'new_effects') as e(step_id bigint, number int, effect text, params jsonb,
        awaited bool)
    order by e.step_id, e.number
),
command as (
    insert into flow_command (run_id, rev, key, kinds, content, content_hash, by, at)
    values (%(run)s, %(rev)s, %(key)s, %(kinds)s, %(content)s, %(digest)s, %(by)s, %(now)s)
)
update flow_run set status = %(status)s, facts = %(facts)s, memo = %(memo)s, visits_made = %(visits)s, rev = %(rev)s,
    ended_at = %(ended_at)s, remove_after = %(remove_after)s
where id = %(run)s
"""
_NAMED = re.compile(r"%\((\w+)\)s")
WRITE = _NAMED.sub("%s", _WRITE)
_ORDER = tuple(_NAMED.findall(_WRITE))
"""Prepared statements know places only."""
NEW_WAITS = """
insert into flow_wait (run_id, step_id, number, event, correlation, status, opened_at, closed_at)
select %s, w.step_id, w.number, w.event, w.correlation, w.status, %s, w.closed_at
from jsonb_to_recordset(%s) as w(step_id bigint, number int, event text, correlation text, status text,
    closed_at timestamptz)
"""
OLD_WAITS = """
update flow_wait set status = o.status, closed_at = o.closed_at
from jsonb_to_recordset(%s) as o(step_id bigint, number int, status text, closed_at timestamptz)
where flow_wait.step_id = o.step_id and flow_wait.number = o.number
"""
MOVED = """
update flow_step set node = m.node, edge = m.edge, via = m.via
from jsonb_to_recordset(%s) as m(id bigint, node text, edge text, via jsonb) where flow_step.id = m.id
"""
UNDONE = "update flow_step set undone = true where run_id = %s and visit = any(%s)"


def write(
    run: LockedRun,
    *,
    state: RunState,
    effects: Sequence[Effect],
    commands: Sequence[Command],
    key: str,
    digest: bytes,
    by: Actor,
    now: datetime,
) -> dict[int, int]:
    """Write everything; the ids of the steps that were or became open, by visit."""
    rows = Rows(run=run, by=by, now=now)
    rows.gather(tuple(effects), state)
    over = state.status in {RunStatus.ENDED, RunStatus.CANCELLED}
    given: Mapping[str, Any] = {
        "rows": dumped(rows.as_json()),
        "run": run.id,
        "rev": run.rev + 1,
        "key": key,
        "kinds": [command.kind for command in commands],
        "content": dumped(
            [
                command.model_dump(mode="json", exclude_defaults=True) | {"kind": command.kind}
                for command in commands
            ]
        ),
        "digest": digest,
        "by": by.key,
        "now": now,
        "status": state.status.value,
        "facts": dumped(state.facts),
        "memo": dumped(run_memo(state)),
        "visits": state.visits_made,
        "ended_at": now if over else None,
        "remove_after": now + KEPT_AFTER_END if over else None,
    }
    with prepared_cursor() as cursor:
        cursor.execute(WRITE, [given[name] for name in _ORDER])
    _write_rare(run, rows, now)
    return rows.ids


def _write_rare(run: LockedRun, rows: Rows, now: datetime) -> None:
    with connection.cursor() as cursor:
        if rows.new_waits:
            cursor.execute(NEW_WAITS, [run.id, now, dumped(list(rows.new_waits.values()))])
        if rows.old_waits:
            cursor.execute(OLD_WAITS, [dumped(rows.old_waits)])
        if rows.moved:
            cursor.execute(MOVED, [dumped(rows.moved)])
        if rows.undone:
            cursor.execute(UNDONE, [run.id, rows.undone])
    if rows.still:
        standing.settle(run, ids=rows.ids, still=rows.still, calendar=rows.calendar, now=now)


def dumped(value: Any) -> str:
    """As JSON, moments as ISO 8601."""
    return json.dumps(value, default=_moment, ensure_ascii=False)


def _moment(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong into a run")
