"""The outbox of effects: after the commit of their step, each in a transaction of its own, each key done once."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection, transaction

from shuniu.flows.actions.complete import answer_step
from shuniu.flows.contracts import EffectNotFound, EffectNotStuck, EffectStatus
from shuniu.flows.models import FlowEffect
from shuniu.flows.permissions import MEND
from shuniu.flows.runs.state import lock
from shuniu.foundation.access import Actor, require, system
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import DomainError, Invalid
from shuniu.foundation.hub import Ref, run_effect
from shuniu.org import queries as org

log = structlog.get_logger(__name__)

BATCH = 100
ATTEMPTS_MAX = 6
BACK_OFF = timedelta(seconds=2)
"""Doubled with every failure: 2, 4, 8, 16, 32 seconds; the sixth failure waits for a person."""
EFFECTS = system("flows")
NOTICE = "flow.notice"

# The row's lock is the claim: a worker that dies lets go of it at once. Effects of one step keep their order.
CLAIM = """
select e.id, e.run_id, e.step_id, e.number, e.effect, e.params, e.awaited, e.attempts
from flow_effect e
where e.status = 'pending' and e.next_at <= %s and not (e.id = any(%s)) and not exists (
    select from flow_effect earlier where earlier.step_id = e.step_id and earlier.number < e.number
        and earlier.status in ('pending', 'incident'))
order by e.next_at, e.id
limit 1
for update skip locked
"""
PLACE = """
select s.visit, s.node, s.status, r.subject_kind, r.subject_id
from flow_step s join flow_run r on r.id = s.run_id where s.id = %s
"""
DONE = "update flow_effect set status = %s, attempts = attempts + 1, done_at = %s, result = %s, error = '' where id = %s"
FAILED = """
update flow_effect set attempts = attempts + 1, next_at = %s, error = %s, status = %s where id = %s and status = 'pending'
"""


@dataclass(frozen=True, slots=True)
class _Claimed:
    id: int
    run_id: int
    step_id: int
    number: int
    effect: str
    params: Any
    awaited: bool
    attempts: int

    @property
    def key(self) -> str:
        return f"flow:{self.step_id}:{self.number}"


def run_pending(*, now: datetime, batch: int = BATCH) -> int:
    """Run what waits, at most `batch` effects; how many were tried."""
    tried: list[int] = []
    while len(tried) < batch:
        claimed: _Claimed | None = None
        try:
            with transaction.atomic():
                claimed = _claim(now, tried)
                if claimed is None:
                    break
                tried.append(claimed.id)
                _run(claimed, now)
        except Exception as failure:
            if claimed is None:
                raise
            _note_failure(claimed, failure, now)
    return len(tried)


def _claim(now: datetime, tried: list[int]) -> _Claimed | None:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [now, tried])
        row = cursor.fetchone()
    return None if row is None else _Claimed(*row)


def _run(claimed: _Claimed, now: datetime) -> None:
    """Run one effect; an awaited one locks its run first (run before everything else) and answers its step."""
    if claimed.awaited:
        lock(claimed.run_id)
    with connection.cursor() as cursor:
        cursor.execute(PLACE, [claimed.step_id])
        visit, node, status, subject_kind, subject_id = cursor.fetchone()
    if claimed.awaited and status != "open":
        _settle(claimed, EffectStatus.SKIPPED, None, now)
        return
    params = _json(claimed.params)
    if claimed.effect == NOTICE:
        params = params | {"step_id": claimed.step_id}
    subject = Ref(subject_kind, subject_id)
    result = run_effect(claimed.effect, params, subject, EFFECTS, now, claimed.key)
    _settle(claimed, EffectStatus.DONE, result, now)
    if claimed.awaited:
        answer = result or {}
        answer_step(
            run_id=claimed.run_id,
            node=node,
            visit=visit,
            outcome=answer.get("outcome"),
            answers=answer.get("answers"),
            facts=answer.get("facts"),
            by=EFFECTS,
            now=now,
            key=claimed.key,
        )


def _settle(claimed: _Claimed, status: EffectStatus, result: dict[str, Any] | None, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            DONE,
            [
                status.value,
                now,
                None if result is None else json.dumps(result, ensure_ascii=False),
                claimed.id,
            ],
        )


def _note_failure(claimed: _Claimed, failure: Exception, now: datetime) -> None:
    """Wait longer after each failure; after the last, or when trying again cannot help, a person decides."""
    attempts = claimed.attempts + 1
    hopeless = isinstance(failure, Invalid) or attempts >= ATTEMPTS_MAX
    status = EffectStatus.INCIDENT if hopeless else EffectStatus.PENDING
    log.warning("effect_failed", effect=claimed.effect, id=claimed.id, attempts=attempts, exc_info=failure)
    text = failure.text().zh if isinstance(failure, DomainError) else f"{type(failure).__name__}: {failure}"
    with connection.cursor() as cursor:
        next_at = now + BACK_OFF * 2 ** (attempts - 1)
        cursor.execute(FAILED, [next_at, text[:500], status.value, claimed.id])


@transaction.atomic
def retry_effect(*, effect_id: int, by: Actor, now: datetime) -> None:
    """Try a failed effect again at once. EffectNotStuck when it does not wait for anybody."""
    row = _stuck(effect_id, by)
    row.status, row.attempts, row.next_at, row.settled_by = EffectStatus.PENDING, 0, now, by.key
    row.save(update_fields=["status", "attempts", "next_at", "settled_by"])
    _record("flow.effect_retry", row, by, now, "")


@transaction.atomic
def skip_effect(*, effect_id: int, reason: str, by: Actor, now: datetime) -> None:
    """Give a failed effect up, with a reason. A step that waits for its result stays open for a person to assign."""
    row = _stuck(effect_id, by)
    row.status, row.settled_by, row.settled_why = EffectStatus.SKIPPED, by.key, reason[:200]
    row.save(update_fields=["status", "settled_by", "settled_why"])
    _record("flow.effect_skip", row, by, now, reason)


def _stuck(effect_id: int, by: Actor) -> FlowEffect:
    require(by, MEND)
    seen = org.visible(actor=by, permission=MEND, unit="run__unit_id")
    rows = FlowEffect.objects.select_for_update(of=("self",)).select_related("run")
    row = rows.filter(seen, pk=effect_id).first()
    if row is None:
        raise EffectNotFound()
    if row.status != EffectStatus.INCIDENT:
        raise EffectNotStuck()
    return row


def _record(action: str, row: FlowEffect, by: Actor, now: datetime, reason: str) -> None:
    audit.record(
        by=by,
        now=now,
        action=action,
        subject=Ref(row.run.subject_kind, row.run.subject_id),
        unit_id=row.run.unit_id,
        after={"effect": row.effect, "effect_id": row.pk, "reason": reason},
    )


def _json(value: Any) -> Any:
    """Django hands raw jsonb over as text."""
    return json.loads(value) if isinstance(value, str) else value
