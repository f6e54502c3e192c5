"""Working a run off: claim some parts, settle them, say so, all in one transaction; nobody waits for anybody."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from shuniu.core.settlement import PlanError
from shuniu.foundation.access import Actor
from shuniu.foundation.errors import DomainError
from shuniu.foundation.hub import Ref
from shuniu.settlement.buckets import settle
from shuniu.settlement.cutting import FILED, cut_for
from shuniu.settlement.effects import frozen_of
from shuniu.settlement.models import Input, Run, RunPart
from shuniu.settlement.runs.columns import Share, plain_components, settle_columns
from shuniu.settlement.runs.recalculating import recalculate
from shuniu.settlement.versions import candidates

LINES = 20_000
"""About so many inputs are settled in one transaction: few enough for the memory, enough for COPY."""
PARTS = 500

CLAIM = """
SELECT id FROM settlement_run_part WHERE run_id = %s AND status = 'waiting'
 ORDER BY id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
"""
DONE = """
UPDATE settlement_run_part p
   SET status = 'done', inputs = '{}', lines = s.lines, buckets = s.buckets, transactions = s.transactions,
       amount = s.amount, at = %s, error_zh = '', error_en = ''
  FROM unnest(%s::bigint[], %s::int[], %s::int[], %s::int[], %s::numeric[])
       AS s (id, lines, buckets, transactions, amount)
 WHERE p.id = s.id
"""


def work_parts(run: Run, *, by: Actor, now: datetime) -> int:
    """Settle the next parts of the run; how many were handled, failed ones included. 0: none are left to claim."""
    with transaction.atomic():
        parts = claim(run)
        if not parts:
            return 0
        done: dict[int, Share] = {}
        for few in alike(parts):
            done |= together_or_alone(run, few, by=by, now=now)
        tell_done(done, now)
    return len(parts)


def claim(run: Run) -> list[RunPart]:
    limit = max(1, min(PARTS, LINES * run.parts // max(run.inputs, 1)))
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [run.pk, limit])
        ids = [id_ for (id_,) in cursor.fetchall()]
    return list(RunPart.objects.filter(pk__in=ids).defer("inputs").order_by("id"))


def alike(parts: Sequence[RunPart]) -> list[list[RunPart]]:
    """Parts of one measure and role, which the same components look at."""
    found: dict[tuple[str, str], list[RunPart]] = defaultdict(list)
    for part in parts:
        found[part.measure, part.role].append(part)
    return list(found.values())


def together_or_alone(run: Run, parts: Sequence[RunPart], *, by: Actor, now: datetime) -> dict[int, Share]:
    """All at once; and where one cannot be settled, each alone, so that only that one fails."""
    try:
        with transaction.atomic():
            return settle_parts(run, parts, by=by, now=now)
    except (PlanError, DomainError) as problem:
        if len(parts) == 1:
            fail(parts[0], problem, now)
            return {}
    done: dict[int, Share] = {}
    for part in parts:
        done |= together_or_alone(run, [part], by=by, now=now)
    return done


def settle_parts(run: Run, parts: Sequence[RunPart], *, by: Actor, now: datetime) -> dict[int, Share]:
    if run.kind == "recalculate":
        return recalculate(run, parts, by=by, now=now)
    first, last = min(one.first_at for one in parts), max(one.last_at for one in parts)
    measure, role = parts[0].measure, parts[0].role
    plain = plain_components(candidates(measure), measure, role, first, last)
    if plain is not None:
        done = settle_columns(parts, plain, by=by, now=now)
        if done is not None:
            return done
    return settle_long(parts, by=by, now=now)


def settle_long(parts: Sequence[RunPart], *, by: Actor, now: datetime) -> dict[int, Share]:
    """The long way: whatever the components look at."""
    parties = {Ref(one.party_kind, one.party_id): one for one in parts}
    ids = {id_ for one in parts for id_ in one.inputs}
    rows = [frozen_of(row) for row in Input.objects.filter(id__in=ids).order_by("at", "id")]
    done = settle(rows, by=by, now=now, cut=cut_for(parts[0].role, parties))
    by_id = {one.id: one.new for one in rows}
    shares = {part.pk: Share() for part in parts}
    for one in done.settled:
        # what an input moves for others is counted where the input is
        new = by_id[one.earning.lines[0].input_id]
        mover = new.party if parts[0].role == FILED else new.parties.get(parts[0].role)
        part = parties.get(Ref(one.row[0], one.row[1])) or parties.get(mover or new.party) or parts[0]
        shares[part.pk] = shares[part.pk].plus(len(one.earning.lines), one.earning.amount)
    return shares


def fail(part: RunPart, problem: PlanError | DomainError, now: datetime) -> None:
    """Keep why a part cannot be settled, for a person to mend and try again."""
    if isinstance(problem, PlanError):
        zh, en = problem.problem.text.zh, problem.problem.text.pick("en")
    else:
        zh, en = problem.text().zh, problem.text().en
    part.status, part.error_zh, part.error_en, part.at = "failed", zh or "未知原因", en or "unknown", now
    part.save(update_fields=["status", "error_zh", "error_en", "at"])


def tell_done(done: dict[int, Share], now: datetime) -> None:
    if not done:
        return
    columns: list[Any] = [
        list(done),
        [share.lines for share in done.values()],
        [share.buckets for share in done.values()],
        [share.transactions for share in done.values()],
        [share.amount for share in done.values()],
    ]
    with connection.cursor() as cursor:
        cursor.execute(DONE, [now, *columns])
