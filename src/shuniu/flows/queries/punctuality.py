"""How many runs kept the limits of their people's steps."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from shuniu.flows.contracts import StepStatus
from shuniu.flows.models import FlowStep
from shuniu.flows.permissions import READ
from shuniu.foundation.access import Actor
from shuniu.org import queries as org

_LATE = Q(closed_at__gt=F("due_at"))


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Runs of one unit in which staff closed a step that had a limit, and in how many of them one was late."""

    limited: int
    late: int


def punctuality(
    *, actor: Actor, subject_kind: str, since: datetime, until: datetime
) -> dict[int, Punctuality]:
    """By unit, over steps closed in [since, until). A customer's silence makes nobody late."""
    rows = (
        _limited(since, until)
        .filter(
            org.visible(actor=actor, permission=READ, unit="run__unit_id"), run__subject_kind=subject_kind
        )
        .values("run__unit_id")
        .annotate(limited=Count("run", distinct=True), late=Count("run", distinct=True, filter=_LATE))
        .order_by()
    )
    return {row["run__unit_id"]: Punctuality(row["limited"], row["late"]) for row in rows}


def late_between(since: datetime | None, until: datetime | None, *, run: str = "run_id") -> Q:
    """Rows of others in whose run staff closed a step past its limit then, as a condition on their column `run`."""
    return Q(**{f"{run}__in": _limited(since, until).filter(_LATE).values("run_id")})


def _limited(since: datetime | None, until: datetime | None) -> "QuerySet[FlowStep]":
    steps = FlowStep.objects.filter(status=StepStatus.CLOSED, due_at__isnull=False, works__party="staff")
    if since is not None:
        steps = steps.filter(closed_at__gte=since)
    if until is not None:
        steps = steps.filter(closed_at__lt=until)
    return steps
