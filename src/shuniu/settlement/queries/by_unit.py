"""What units earned for their people, side by side."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from shuniu.foundation import access
from shuniu.foundation.access import Actor
from shuniu.settlement.permissions import READ
from shuniu.settlement.queries.earnings import earning_set


def earned_by_unit(actor: Actor, *, since: datetime, until: datetime) -> dict[int, Decimal] | None:
    """Earnings of [since, until) by event time, in yuan, by the units the actor may see; None for who may see none."""
    if not access.may(actor, READ):
        return None
    rows = (
        earning_set(actor, since=since, until=until)
        .values("unit_id")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    return {row["unit_id"]: row["total"] for row in rows}
