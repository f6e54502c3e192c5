"""Periods: which there are, what was posted in each, and what still waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Func
from django.utils.timezone import get_default_timezone_name

from shuniu.core.settlement import period_key
from shuniu.foundation.errors import NotFound
from shuniu.foundation.text import Text
from shuniu.settlement.contracts import PERIOD_TEXT, PeriodRow, PeriodStatus
from shuniu.settlement.models import Period, PlanVersion, RunPart, Waiting
from shuniu.settlement.periods import bounds, unit_of

ZERO = Decimal("0.00")

# What stands in the buckets of a period, less what of it was posted elsewhere, plus what others posted here.
PERIODS = """
WITH own AS (
    SELECT b.plan_id, b.period, count(*) AS buckets,
           count(DISTINCT (b.beneficiary_kind, b.beneficiary_id)) AS beneficiaries, sum(b.posted) AS posted,
           min(b.currency) AS currency
      FROM settlement_bucket b
     WHERE (%(plan)s::bigint IS NULL OR b.plan_id = %(plan)s) AND (%(period)s::text IS NULL OR b.period = %(period)s)
     GROUP BY 1, 2),
late AS (
    SELECT b.plan_id, e.origin_period, e.period, sum(e.amount) AS amount
      FROM settlement_earning e JOIN settlement_bucket b ON b.id = e.bucket_id
     WHERE e.period <> e.origin_period AND (%(plan)s::bigint IS NULL OR b.plan_id = %(plan)s)
     GROUP BY 1, 2, 3),
named AS (
    SELECT plan_id, period FROM own
     UNION SELECT plan_id, period FROM settlement_period
            WHERE (%(plan)s::bigint IS NULL OR plan_id = %(plan)s)
              AND (%(period)s::text IS NULL OR period = %(period)s)
     UNION SELECT plan_id, period FROM late WHERE %(period)s::text IS NULL OR period = %(period)s)
SELECT p.id, n.plan_id, l.name_zh, l.name_en, n.period, coalesce(p.status, 'open'), coalesce(o.buckets, 0),
       coalesce(o.beneficiaries, 0),
       coalesce(p.earned, coalesce(o.posted, 0)
                - coalesce((SELECT sum(amount) FROM late WHERE late.plan_id = n.plan_id
                             AND late.origin_period = n.period), 0)),
       coalesce(p.adjusted, (SELECT sum(amount) FROM late WHERE late.plan_id = n.plan_id
                              AND late.period = n.period), 0),
       coalesce(o.currency, 'CNY'), p.requested_at, coalesce(p.requested_by_name, ''), p.closed_at,
       coalesce(p.closed_by_name, ''), coalesce(p.reason, '')
  FROM named n JOIN settlement_plan l ON l.id = n.plan_id
  LEFT JOIN own o USING (plan_id, period)
  LEFT JOIN settlement_period p USING (plan_id, period)
 WHERE %(status)s::text IS NULL OR coalesce(p.status, 'open') = %(status)s
 ORDER BY n.period DESC, n.plan_id
 LIMIT %(limit)s OFFSET %(offset)s
"""


def periods(
    *,
    now: datetime,
    plan_id: int | None = None,
    period: str | None = None,
    status: PeriodStatus | None = None,
    limit: int = 200,
    offset: int = 0,
) -> list[PeriodRow]:
    """Periods with something in them, the latest first."""
    asked: dict[str, Any] = {
        "plan": plan_id,
        "period": period,
        "status": status and status.value,
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(PERIODS, asked)
        rows = cursor.fetchall()
    plans = {row[1] for row in rows}
    zones = {plan: timezone_of(plan) for plan in plans}
    waiting = Unsettled.of(plans)
    return [_row(row, zones[row[1]], waiting, now) for row in rows]


def period_row(*, period_id: int, now: datetime) -> PeriodRow:
    """One period somebody asked to close."""
    found = Period.objects.filter(pk=period_id).values_list("plan_id", "period").first()
    if found is None:
        raise NotFound()
    return periods(now=now, plan_id=found[0], period=found[1])[0]


def period_totals(plan_id: int, period: str) -> tuple[Decimal, Decimal]:
    """What its own lines posted in it, and what lines of earlier periods posted in it."""
    asked: dict[str, Any] = {"plan": plan_id, "period": period, "status": None, "limit": 1, "offset": 0}
    with connection.cursor() as cursor:
        cursor.execute(PERIODS, asked)
        row = cursor.fetchone()
    return (row[8], row[9]) if row else (ZERO, ZERO)


def timezone_of(plan_id: int) -> str:
    """The time zone the plan's periods follow: that of its latest version."""
    latest = PlanVersion.objects.filter(plan_id=plan_id).order_by("-number")
    return latest.values_list("document__timezone", flat=True).first() or get_default_timezone_name()


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Inputs that wait for a run, by plan: (first moment, last moment, count)."""

    spans: dict[int, list[tuple[datetime, datetime, int]]]

    @classmethod
    def of(cls, plan_ids: set[int]) -> "Unsettled":
        measures: dict[int, set[str]] = {plan: set() for plan in plan_ids}
        for plan, few in PlanVersion.objects.filter(plan_id__in=plan_ids).values_list("plan_id", "measures"):
            measures[plan].update(few)
        asked = set().union(*measures.values()) if measures else set()
        spans = ("measure", "first_at", "last_at")
        waiting = Waiting.objects.filter(measure__in=asked).annotate(
            count=Func("inputs", function="cardinality")
        )
        parts = RunPart.objects.filter(
            measure__in=asked, status__in=["waiting", "failed"], run__kind="settle"
        )
        found = [*waiting.values_list(*spans, "count"), *parts.values_list(*spans, "input_count")]
        return cls(
            {
                plan: [(first, last, count) for measure, first, last, count in found if measure in known]
                for plan, known in measures.items()
            }
        )

    def within(self, plan_id: int, span: tuple[datetime, datetime] | None) -> int:
        return sum(
            count
            for first, last, count in self.spans.get(plan_id, ())
            if span is None or (first < span[1] and last >= span[0])
        )


def unsettled_inputs(plan_id: int, period: str) -> int:
    """How many inputs that may belong to the period wait for a run, those of unfinished runs included."""
    return Unsettled.of({plan_id}).within(plan_id, bounds(period, timezone_of(plan_id)))


def _row(row: Sequence[Any], zone: str, waiting: Unsettled, now: datetime) -> PeriodRow:
    (id_, plan_id, zh, en, period, status, buckets, people, earned, adjusted, currency, *rest) = row
    span = bounds(period, zone)
    over = span is not None and period_key(now, unit_of(period), zone) > period
    state = PeriodStatus(status)
    return PeriodRow(
        id=id_,
        plan_id=plan_id,
        plan_name=Text(zh=zh, en=en),
        period=period,
        begins_at=span and span[0],
        ends_at=span and span[1],
        status=state,
        status_text=PERIOD_TEXT[state],
        over=over,
        buckets=buckets,
        beneficiaries=people,
        earned=earned,
        adjusted=adjusted,
        waiting=0 if state is PeriodStatus.CLOSED else waiting.within(plan_id, span),
        currency=currency,
        requested_at=rest[0],
        requested_by_name=rest[1],
        closed_at=rest[2],
        closed_by_name=rest[3],
        reason=rest[4],
    )
