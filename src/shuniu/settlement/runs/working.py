"""Working a run off: claim some parts, settle them, say so, all in one transaction; nobody waits for anybody."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction

from shuniu.core.settlement import PlanError
from shuniu.foundation.access import Actor
from shuniu.foundation.errors import DomainError
from shuniu.foundation.hub import Ref
from shuniu.settlement.buckets import settle
from shuniu.settlement.cutting import cut_for
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
    return list(RunPart.objects.filter(pk__in=ids).order_by("id"))


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
    return {part.pk: settle_part(part, by=by, now=now) for part in parts}


def settle_part(part: RunPart, *, by: Actor, now: datetime) -> Share:
    """The long way: whatever the components look at."""
    rows = Input.objects.filter(id__in=part.inputs).order_by("at", "id")
    cut = cut_for(part.role, Ref(part.party_kind, part.party_id))
    done = settle([frozen_of(row) for row in rows], by=by, now=now, cut=cut)
    return Share(done.lines, done.buckets, done.transactions, done.amount)


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
    amounts: list[Decimal] = [share.amount for share in done.values()]
    columns = [
        list(done),
        [share.lines for share in done.values()],
        [share.buckets for share in done.values()],
        [share.transactions for share in done.values()],
        amounts,
    ]
    with connection.cursor() as cursor:
        cursor.execute(DONE, [now, *columns])
