"""Closing a period: asked for, then approved by somebody else, and closed for ever."""

from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction

from shuniu.core.settlement import period_key
from shuniu.foundation.access import Actor
from shuniu.foundation.audit.actions import record
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub import Ref, publish
from shuniu.foundation.text import Text
from shuniu.org import actions as org_actions
from shuniu.org import queries as org
from shuniu.settlement.closing import stop_posting
from shuniu.settlement.contracts import (
    PeriodDecided,
    PeriodFourEyes,
    PeriodNotReady,
    PeriodRunning,
    PeriodStatus,
)
from shuniu.settlement.models import Period, Plan
from shuniu.settlement.periods import bounds, unit_of
from shuniu.settlement.permissions import PERIOD_LOCK
from shuniu.settlement.queries.closes import period_totals, timezone_of, unsettled_inputs
from shuniu.settlement.settings import PERIOD_FOUR_EYES

# The close is the confirmation of what waits for it; the loop over due confirmations moves the money on.
CONFIRM_BUCKETS = """
INSERT INTO settlement_confirmation (source_kind, source_id, at, by)
SELECT 'settlement_bucket', b.id, %s, %s FROM settlement_bucket b
 WHERE b.plan_id = %s AND b.period = %s AND EXISTS (
       SELECT FROM settlement_maturity m WHERE m.matter_kind = 'settlement_bucket' AND m.matter_id = b.id)
 ORDER BY b.id
ON CONFLICT DO NOTHING
"""


def request_close(*, plan_id: int, period: str, by: Actor, now: datetime) -> int:
    """Ask for a period that is over to be closed; the id of its row. Asking twice is asking once.

    Raises NotFound, PeriodRunning before its end, PeriodDecided once closed, PeriodNotReady while inputs of it wait.
    """
    with transaction.atomic():
        plan = Plan.objects.filter(pk=plan_id).first()
        if plan is None or not _is_name(period):
            raise NotFound()
        _require_ready(plan, period, now)
        row, _ = Period.objects.select_for_update(no_key=True).get_or_create(
            plan=plan, period=period, defaults={"status": PeriodStatus.OPEN.value}
        )
        if row.status == PeriodStatus.CLOSED.value:
            raise PeriodDecided()
        if row.status == PeriodStatus.CLOSING.value:
            return row.pk
        row.status, row.reason = PeriodStatus.CLOSING.value, ""
        row.requested_at, row.requested_by, row.requested_by_name = now, by.key, by.name
        row.save()
        _tell("close_requested", row, by, now)
        _ask(plan, row, by, now)
    return row.pk


def approve_close(*, period_id: int, by: Actor, now: datetime) -> None:
    """Close and lock the period, freezing its totals; what its plan confirms by period is confirmed.

    Raises NotFound, PeriodDecided, PeriodFourEyes for whoever asked (as the setting says), PeriodNotReady.
    """
    with transaction.atomic():
        row = _asked(period_id)
        root = org.root_unit()
        if root is not None and org.setting(PERIOD_FOUR_EYES.key, root.id) and row.requested_by == by.key:
            raise PeriodFourEyes()
        stop_posting(row.plan_id)
        _require_ready(row.plan, row.period, now)
        totals = period_totals(row.plan_id, row.period)
        row.status, row.closed_at, row.closed_by, row.closed_by_name = (
            PeriodStatus.CLOSED.value, now, by.key, by.name,
        )  # fmt: skip
        row.earned, row.adjusted = totals
        row.save()
        with connection.cursor() as cursor:
            cursor.execute(CONFIRM_BUCKETS, [now, by.key, row.plan_id, row.period])
        _tell("closed", row, by, now, earned=totals[0], adjusted=totals[1])


def reject_close(*, period_id: int, reason: str, by: Actor, now: datetime) -> None:
    """Leave the period open. Raises NotFound, PeriodDecided."""
    with transaction.atomic():
        row = _asked(period_id)
        row.status, row.reason = PeriodStatus.OPEN.value, reason
        row.save(update_fields=["status", "reason"])
        _tell("close_rejected", row, by, now)


def _asked(period_id: int) -> Period:
    found = Period.objects.select_for_update(no_key=True, of=("self",)).select_related("plan")
    row = found.filter(pk=period_id).first()
    if row is None:
        raise NotFound()
    if row.status != PeriodStatus.CLOSING.value:
        raise PeriodDecided()
    return row


def _is_name(period: str) -> bool:
    try:
        return bounds(period, "UTC") is not None
    except (ValueError, KeyError, IndexError):
        return False


def _require_ready(plan: Plan, period: str, now: datetime) -> None:
    zone = timezone_of(plan.pk)
    if period_key(now, unit_of(period), zone) <= period:
        raise PeriodRunning(period=period)
    waiting = unsettled_inputs(plan.pk, period)
    if waiting:
        raise PeriodNotReady(count=waiting)


def _tell(what: str, row: Period, by: Actor, now: datetime, **totals: Decimal) -> None:
    subject = Ref("settlement_period", row.pk)
    after = {"plan": row.plan_id, "period": row.period, "reason": row.reason}
    after |= {name: str(amount) for name, amount in totals.items()}
    record(by=by, now=now, action=f"settlement.period_{what}", subject=subject, after=after, sensitive=True)
    data = {"plan_id": row.plan_id, "staff_ids": []}
    publish(name=f"settlement.period_{what}", subject=subject, unit_id=None, by=by, now=now, data=data)


def _ask(plan: Plan, row: Period, by: Actor, now: datetime) -> None:
    """Tell whoever may approve that somebody asks."""
    root = org.root_unit()
    if root is None:
        return
    people = [card.id for card in org.staff_with(unit_id=root.id, permission=PERIOD_LOCK)]
    org_actions.notify(
        staff_ids=[one for one in people if one != by.staff_id],
        kind="settlement.close_requested",
        text=Text(
            zh=f"{plan.name_zh} {row.period} 申请关账，请审批",
            en=f"{plan.name_en} {row.period}: please approve its close",
        ),
        subject=Ref("settlement_period", row.pk),
        by=by,
        now=now,
    )
