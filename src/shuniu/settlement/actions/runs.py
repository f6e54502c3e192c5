"""Runs: started, worked off by whoever comes, mended, cancelled."""

from datetime import datetime

from django.db import connection, transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.audit.actions import record
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub import Ref, publish
from shuniu.foundation.text import Text
from shuniu.org import actions as org_actions
from shuniu.settlement.contracts import RunEnded
from shuniu.settlement.cutting import home_role
from shuniu.settlement.models import Plan, PlanVersion, Run, Waiting
from shuniu.settlement.periods import bounds
from shuniu.settlement.queries.closes import timezone_of
from shuniu.settlement.runs.planning import give_back, take_period, take_waiting
from shuniu.settlement.runs.working import work_parts
from shuniu.settlement.versions import prepared_version

# A run is over when no part waits: parts that others are settling just now still do, and the last to finish sees it.
FINISH = """
UPDATE settlement_run r SET status = 'done', finished_at = %s
 WHERE r.id = %s AND r.status = 'running'
   AND NOT EXISTS (SELECT FROM settlement_run_part p WHERE p.run_id = r.id AND p.status = 'waiting')
RETURNING (SELECT count(*) FROM settlement_run_part p WHERE p.run_id = r.id AND p.status = 'failed')
"""
AGAIN = """
UPDATE settlement_run_part SET status = 'waiting', error_zh = '', error_en = '' WHERE run_id = %s AND status = 'failed'
"""


def start_run(*, by: Actor, now: datetime) -> int:
    """Settle everything that waits; the run's id. With nothing waiting the run is done at once and moved nothing."""
    with transaction.atomic():
        run = _open(Run(kind="settle"), by, now)
        take_waiting(run.pk)
        _started(run, by, now)
    return run.pk


def start_waiting(*, by: Actor, now: datetime) -> int:
    """Start a run where something waits and no such run is under way; 1 when one was started."""
    running = Run.objects.filter(status="running", kind="settle").exists()
    if running or not Waiting.objects.exists():
        return 0
    start_run(by=by, now=now)
    return 1


def start_recalculation(*, plan_id: int, period: str, by: Actor, now: datetime) -> int:
    """Compute a plan's period again and post the differences; the run's id. Raises NotFound."""
    with transaction.atomic():
        plan = Plan.objects.filter(pk=plan_id).first()
        if plan is None:
            raise NotFound()
        try:
            span = bounds(period, timezone_of(plan_id))
        except (ValueError, KeyError, IndexError) as problem:
            raise NotFound() from problem
        run = _open(Run(kind="recalculate", plan=plan, period=period), by, now)
        roles = set()
        for version_id in PlanVersion.objects.filter(plan=plan).values_list("id", flat=True):
            document = prepared_version(version_id).document
            roles |= {(one.measure, home_role(document, one)) for one in document.components if one.measure}
        take_period(run.pk, roles, span)
        _started(run, by, now)
    return run.pk


def work_run(*, run_id: int | None = None, by: Actor, now: datetime) -> int:
    """Settle the next parts of a run (the oldest that runs); how many parts were handled, 0 when none is left."""
    running = Run.objects.filter(status="running").order_by("id")
    for run in running if run_id is None else running.filter(pk=run_id):
        handled = work_parts(run, by=by, now=now)
        _finish(run.pk, by, now)
        if handled:
            return handled
    return 0


def cancel_run(*, run_id: int, by: Actor, now: datetime) -> None:
    """Stop a run where it is: what is done stays, what waits goes to the next run. Raises NotFound, RunEnded."""
    with transaction.atomic():
        run = _locked(run_id)
        if run.status != "running":
            raise RunEnded()
        give_back(run.pk, waiting=run.kind == "settle")
        run.status, run.finished_at = "cancelled", now
        run.save(update_fields=["status", "finished_at"])
        record(by=by, now=now, action="settlement.cancel_run", subject=Ref("settlement_run", run.pk))


def retry_failed(*, run_id: int, by: Actor, now: datetime) -> int:
    """Try the failed parts again, after their reason was mended; how many. Raises NotFound, RunEnded."""
    with transaction.atomic():
        run = _locked(run_id)
        if run.status == "cancelled":
            raise RunEnded()
        with connection.cursor() as cursor:
            cursor.execute(AGAIN, [run_id])
            count: int = cursor.rowcount
        if count and run.status == "done":
            run.status, run.finished_at = "running", None
            run.save(update_fields=["status", "finished_at"])
        record(
            by=by, now=now, action="settlement.retry_run", subject=Ref("settlement_run", run.pk),
            after={"parts": count},
        )  # fmt: skip
    return count


def _open(run: Run, by: Actor, now: datetime) -> Run:
    run.created_at, run.created_by, run.created_by_name = now, by.key, by.name
    run.save()
    return run


def _started(run: Run, by: Actor, now: datetime) -> None:
    run.refresh_from_db()
    after = {"kind": run.kind, "period": run.period, "parts": run.parts, "inputs": run.inputs}
    subject = Ref("settlement_run", run.pk)
    record(by=by, now=now, action="settlement.start_run", subject=subject, after=after)
    if run.parts == 0:
        run.status, run.finished_at = "done", now
        run.save(update_fields=["status", "finished_at"])


def _locked(run_id: int) -> Run:
    run = Run.objects.select_for_update(no_key=True).filter(pk=run_id).first()
    if run is None:
        raise NotFound()
    return run


def _finish(run_id: int, by: Actor, now: datetime) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FINISH, [now, run_id])
        ended = cursor.fetchone()
        if ended is None:
            return
        run = Run.objects.get(pk=run_id)
        kind, _, starter = run.created_by.partition(":")
        staff = [int(starter)] if kind == "staff" else []
        publish(
            name="settlement.run_finished",
            subject=Ref("settlement_run", run_id),
            unit_id=None,
            by=by,
            now=now,
            data={"parts": run.parts, "failed": ended[0], "staff_ids": staff},
        )
        if ended[0] and staff:
            org_actions.notify(
                staff_ids=staff,
                kind="settlement.run_failed",
                text=Text(
                    zh=f"结算运行 #{run_id} 有 {ended[0]} 个异常，请查看",
                    en=f"Settlement run #{run_id} has {ended[0]} exceptions",
                ),
                subject=Ref("settlement_run", run_id),
                by=by,
                now=now,
            )
