"""The outbox of effects: after the commit of their step, each in a transaction of its own, each key done once."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection, transaction

from shuniu.core.flow.commands import Complete, Fail
from shuniu.core.flow.document import ActionNode
from shuniu.core.flow.state import SYSTEM, RunStatus
from shuniu.flows.actions.complete import answer_step
from shuniu.flows.actions.travel import travel
from shuniu.flows.contracts import EffectNotFound, EffectNotStuck, EffectStatus, RunSuspended
from shuniu.flows.models import FlowEffect
from shuniu.flows.permissions import MEND
from shuniu.flows.runs.documents import content_hash
from shuniu.flows.runs.moving import move, observe
from shuniu.flows.runs.rows import CHILD_START, OWN
from shuniu.flows.runs.state import LockedRun, lock
from shuniu.foundation.access import Actor, require, system
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import DomainError, Invalid
from shuniu.foundation.hub import Ref, run_effect
from shuniu.org import queries as org

log = structlog.get_logger(__name__)

BATCH = 100
ATTEMPTS_MAX = 6
WHILE_SUSPENDED = timedelta(minutes=1)
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
        and earlier.status in ('pending', 'incident') and e.number < %s)
order by e.next_at, e.id
limit 1
for update skip locked
"""
LATER = "update flow_effect set next_at = %s where id = %s and status = 'pending'"
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
        cursor.execute(CLAIM, [now, tried, OWN[CHILD_START]])
        row = cursor.fetchone()
    return None if row is None else _Claimed(*row)


def _run(claimed: _Claimed, now: datetime) -> None:
    """Run one effect; an awaited one locks its run first (run before everything else) and answers its step."""
    if claimed.effect in OWN:
        done = travel(claimed.effect, claimed.run_id, claimed.step_id, _json(claimed.params), now)
        _settle(claimed, EffectStatus.DONE if done else EffectStatus.SKIPPED, None, now)
        return
    run = lock(claimed.run_id) if claimed.awaited else None
    with connection.cursor() as cursor:
        cursor.execute(PLACE, [claimed.step_id])
        visit, node, status, subject_kind, subject_id = cursor.fetchone()
    if run is not None and status != "open":
        _settle(claimed, EffectStatus.SKIPPED, None, now)
        return
    if run is not None and run.state.status == RunStatus.SUSPENDED:
        raise RunSuspended()
    params = _json(claimed.params)
    if claimed.effect == NOTICE:
        params = params | {"step_id": claimed.step_id}
    subject = Ref(subject_kind, subject_id)
    result = run_effect(claimed.effect, params, subject, EFFECTS, now, claimed.key)
    _settle(claimed, EffectStatus.DONE, result, now)
    if run is None:
        return
    answer = result or {}
    if isinstance(run.document.by_id[node], ActionNode):
        _came_back(run, claimed, visit, node, answer, now)
        return
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


def _came_back(
    run: LockedRun, claimed: _Claimed, visit: int, node: str, answer: dict[str, Any], now: datetime
) -> None:
    """The result of an action: its outcome, facts the run keeps, and everything else."""
    rest = {name: value for name, value in answer.items() if name not in ("outcome", "answers", "facts")}
    command = Complete(
        visit=visit,
        party=SYSTEM.key,
        call=claimed.number,
        outcome=answer.get("outcome"),
        answers=rest | (answer.get("answers") or {}),
        facts=answer.get("facts") or {},
        observed=observe(run, now, leaving=node),
    )
    move(run, command, key=claimed.key, digest=content_hash([claimed.key]), by=EFFECTS, now=now)


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


@transaction.atomic
def _note_failure(claimed: _Claimed, failure: Exception, now: datetime) -> None:
    """Wait longer after each failure; after the last, or when trying again cannot help, the flow or a person decides."""
    if isinstance(failure, RunSuspended):
        with connection.cursor() as cursor:
            cursor.execute(LATER, [now + WHILE_SUSPENDED, claimed.id])
        return
    attempts = claimed.attempts + 1
    hopeless = isinstance(failure, Invalid) or attempts >= ATTEMPTS_MAX
    status = EffectStatus.INCIDENT if hopeless else EffectStatus.PENDING
    log.warning("effect_failed", effect=claimed.effect, id=claimed.id, attempts=attempts, exc_info=failure)
    told = failure.text() if isinstance(failure, DomainError) else None
    text = told.zh if told else f"{type(failure).__name__}: {failure}"
    if hopeless and claimed.awaited and _failed_for_good(claimed, text, told.en if told else text, now):
        status = EffectStatus.SKIPPED
    with connection.cursor() as cursor:
        next_at = now + BACK_OFF * 2 ** (attempts - 1)
        cursor.execute(FAILED, [next_at, text[:500], status.value, claimed.id])


def _failed_for_good(claimed: _Claimed, zh: str, en: str, now: datetime) -> bool:
    """Tell the run; whether it took an error path, so that nobody needs to decide."""
    run = lock(claimed.run_id)
    visit = run.visits.get(claimed.step_id)
    here = run.state.step(visit) if visit is not None else None
    if here is None or here.awaiting != claimed.number or run.state.status != RunStatus.RUNNING:
        return False
    command = Fail(
        visit=here.visit, call=claimed.number, zh=zh[:200], en=en[:200], observed=observe(run, now)
    )
    key = f"{claimed.key}:failed:{run.rev}"
    answer = move(run, command, key=key, digest=content_hash([key]), by=EFFECTS, now=now)
    return answer.open.get(here.node) != here.visit


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
