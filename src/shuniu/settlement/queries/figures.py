"""Figures: a worker's own, and a day of the units somebody looks after."""

from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.timezone import get_default_timezone

from shuniu.foundation.access import Actor
from shuniu.foundation.errors import Forbidden
from shuniu.foundation.hub import Ref
from shuniu.ledger import queries as ledger
from shuniu.ledger.contracts import CURRENCY
from shuniu.org import queries as org
from shuniu.settlement.contracts import DayFigures, PayoutStatus, StateTotals, WorkerEarnings
from shuniu.settlement.models import Earning, Maturity, Payout
from shuniu.settlement.permissions import READ

ZERO = Decimal("0.00")


def state_totals(owner: Ref) -> StateTotals:
    """What stands in each state now, read from the ledger's accounts."""
    found = ledger.balances(owner)
    names = ("earned", "confirmed", "withdrawable", "in_transit", "paid", "owed", "held", "promotion_fund")
    pending = (found.get(name, ZERO) for name in ("promotion_earned", "promotion_confirmed"))
    return StateTotals(
        **{name: found.get(name, ZERO) for name in names}, promotion_pending=sum(pending, ZERO)
    )


def worker_earnings(actor: Actor, now: datetime) -> WorkerEarnings:
    """The actor's own earnings: today, this week (from Monday), this month, and what stands in each state."""
    if actor.staff_id is None:
        raise Forbidden()
    zone = get_default_timezone()
    today = now.astimezone(zone).date()
    day, week, month = (
        midnight(start, zone)
        for start in (today, today - timedelta(days=today.weekday()), today.replace(day=1))
    )
    since = min(week, month)
    sums = Earning.objects.filter(
        beneficiary_id=actor.staff_id, beneficiary_kind="staff", at__gte=since
    ).aggregate(
        today=Sum("amount", filter=Q(at__gte=day)),
        week=Sum("amount", filter=Q(at__gte=week)),
        month=Sum("amount", filter=Q(at__gte=month)),
        orders_today=Count("source_id", filter=Q(at__gte=day), distinct=True),
        orders_month=Count("source_id", filter=Q(at__gte=month), distinct=True),
    )
    return WorkerEarnings(
        today=sums["today"] or ZERO,
        week=sums["week"] or ZERO,
        month=sums["month"] or ZERO,
        orders_today=sums["orders_today"],
        orders_month=sums["orders_month"],
        totals=state_totals(Ref("staff", actor.staff_id)),
        currency=CURRENCY,
    )


def day_figures(actor: Actor, day: date, unit_id: int | None = None) -> DayFigures:
    """What was earned, confirmed and paid on one local day in the units the actor may see (below `unit_id`)."""
    zone = get_default_timezone()
    since, until = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    scope = org.visible(actor=actor, permission=READ, unit="unit_id", owner="beneficiary_id")
    if unit_id is not None:
        scope &= Q(unit_id__in=org.subtree_ids(unit_id))
    earned = Earning.objects.filter(scope, at__gte=since, at__lt=until).aggregate(
        total=Sum("amount"),
        orders=Count("source_id", distinct=True),
        workers=Count("beneficiary_id", distinct=True),
    )
    confirmed = Maturity.objects.filter(scope, confirmed_at__gte=since, confirmed_at__lt=until)
    paid = Payout.objects.filter(
        scope, status=PayoutStatus.PAID.value, settled_at__gte=since, settled_at__lt=until
    )
    return DayFigures(
        day=day,
        earned=earned["total"] or ZERO,
        confirmed=confirmed.aggregate(total=Sum("confirmed"))["total"] or ZERO,
        paid=paid.aggregate(total=Sum("amount"))["total"] or ZERO,
        orders=earned["orders"],
        workers=earned["workers"],
    )


def midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
