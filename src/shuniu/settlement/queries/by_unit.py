"""What units earned for their people, side by side."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from shuniu.foundation.access import Actor
from shuniu.settlement.queries.earnings import earning_set


def earned_by_unit(actor: Actor, *, since: datetime, until: datetime) -> dict[int, Decimal]:
    """Earnings of [since, until) by event time, in yuan, by the units the actor may see."""
    rows = (
        earning_set(actor, since=since, until=until)
        .values("unit_id")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    return {row["unit_id"]: row["total"] for row in rows}
