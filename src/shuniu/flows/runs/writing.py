"""All rows that one command changes, in one statement and one round trip."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from shuniu.core.flow.commands import Command
from shuniu.core.flow.effects import Effect
from shuniu.core.flow.memo import run_memo
from shuniu.core.flow.state import RunState, RunStatus
from shuniu.flows.runs.rows import Rows
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor

KEPT_AFTER_END = timedelta(days=5 * 365)

WRITE = """
with given as (select %(rows)s::jsonb as rows),
new_steps as (
    insert into flow_step (run_id, visit, node, kind, origin, edge, via, status, outcome, answers, works_made, effects_made,
        opened_at, closed_at, closed_by, due_at, warn_at, provisional, working_seconds, returned_from, memo)
    select %(run)s, visit, node, kind, origin, edge, via, status, outcome, answers, works_made, effects_made,
        opened_at, closed_at, closed_by, due_at, warn_at, provisional, working_seconds, returned_from, memo
    from given, jsonb_to_recordset(given.rows->'new_steps') as n(visit int, node text, kind text, origin int, edge text,
        via jsonb, status text, outcome text, answers jsonb, works_made int, effects_made int, opened_at timestamptz,
        closed_at timestamptz, closed_by text, due_at timestamptz, warn_at timestamptz, provisional bool,
        working_seconds int, returned_from int, memo jsonb)
    returning id, visit
),
known as (
    select id, visit from new_steps
    union all
    select id, visit from flow_step where run_id = %(run)s and status = 'open'
),
old_steps as (
    update flow_step s set status = o.status, outcome = o.outcome, answers = o.answers, works_made = o.works_made,
        effects_made = o.effects_made, closed_at = o.closed_at, closed_by = o.closed_by,
        working_seconds = o.working_seconds, memo = o.memo
    from given, jsonb_to_recordset(given.rows->'old_steps') as o(visit int, status text, outcome text, answers jsonb,
        works_made int, effects_made int, closed_at timestamptz, closed_by text, working_seconds int, memo jsonb)
    where s.run_id = %(run)s and s.visit = o.visit
),
new_works as (
    insert into flow_work (run_id, step_id, number, party, staff_id, role, position, status, outcome, comment, opened_at,
        closed_at)
    select %(run)s, known.id, w.number, w.party, w.staff_id, 'asked', 0, w.status, w.outcome, w.comment, w.opened_at,
        w.closed_at
    from given, jsonb_to_recordset(given.rows->'new_works') as w(visit int, number int, party text, staff_id bigint,
        status text, outcome text, comment text, opened_at timestamptz, closed_at timestamptz)
    join known on known.visit = w.visit
),
old_works as (
    update flow_work set status = o.status, outcome = o.outcome, comment = o.comment, closed_at = %(now)s
    from given, jsonb_to_recordset(given.rows->'old_works') as o(visit int, number int, status text, outcome text,
        comment text)
    join known on known.visit = o.visit
    where flow_work.step_id = known.id and flow_work.number = o.number
),
new_timers as (
    insert into flow_timer (run_id, step_id, rung, clock, budget_seconds, budget_days, before_seconds, consumed_seconds,
        running_since, fire_at, status)
    select %(run)s, known.id, t.rung, t.clock, t.budget_seconds, t.budget_days, t.before_seconds, 0, %(now)s, t.fire_at,
        'armed'
    from given, jsonb_to_recordset(given.rows->'new_timers') as t(visit int, rung text, clock text, budget_seconds bigint,
        budget_days int, before_seconds bigint, fire_at timestamptz)
    join known on known.visit = t.visit
),
over_timers as (
    update flow_timer set status = o.status, fired_at = case when o.status = 'fired' then %(now)s::timestamptz end
    from given, jsonb_to_recordset(given.rows->'over_timers') as o(visit int, rung text, status text)
    join known on known.visit = o.visit
    where flow_timer.step_id = known.id and flow_timer.status = 'armed'
        and (flow_timer.rung = o.rung or (o.rung is null and not exists (
            select from given, jsonb_to_recordset(given.rows->'over_timers') as f(visit int, rung text)
            where f.visit = o.visit and f.rung = flow_timer.rung)))
),
new_effects as (
    insert into flow_effect (run_id, step_id, number, effect, params, awaited, status, attempts, next_at, wanted_at, error,
        settled_by, settled_why)
    select %(run)s, known.id, e.number, e.effect, e.params, e.awaited, 'pending', 0, %(now)s, %(now)s, '', '', ''
    from given, jsonb_to_recordset(given.rows->'new_effects') as e(visit int, number int, effect text, params jsonb,
        awaited bool)
    join known on known.visit = e.visit
    order by e.visit, e.number
),
command as (
    insert into flow_command (run_id, rev, key, kinds, content, content_hash, by, at)
    values (%(run)s, %(rev)s, %(key)s, %(kinds)s, %(content)s, %(digest)s, %(by)s, %(now)s)
),
run as (
    update flow_run set status = %(status)s, facts = %(facts)s, memo = %(memo)s, visits_made = %(visits)s, rev = %(rev)s,
        ended_at = %(ended_at)s, remove_after = %(remove_after)s
    where id = %(run)s
)
select visit, id from known
"""


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
    for effect in effects:
        rows.take(effect)
    rows.remember(state)
    over = state.status in {RunStatus.ENDED, RunStatus.CANCELLED}
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            {
                "rows": _dumped(rows.as_json()),
                "run": run.id,
                "rev": run.rev + 1,
                "key": key,
                "kinds": [command.kind for command in commands],
                "content": _dumped([command.model_dump(mode="json") for command in commands]),
                "digest": digest,
                "by": by.key,
                "now": now,
                "status": state.status.value,
                "facts": _dumped(state.facts),
                "memo": _dumped(run_memo(state)),
                "visits": state.visits_made,
                "ended_at": now if over else None,
                "remove_after": now + KEPT_AFTER_END if over else None,
            },
        )
        return dict(cursor.fetchall())


def _dumped(value: Any) -> str:
    return json.dumps(value, default=_moment, ensure_ascii=False)


def _moment(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong into a run")
