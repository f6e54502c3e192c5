"""Which periods are closed, and how posting and closing keep out of each other's way."""

from collections.abc import Collection, Iterable

from django.db import connection

from shuniu.settlement.models import Period
from shuniu.settlement.periods import following

# Whoever posts for a plan holds this shared, whoever closes one of its periods alone: a period closes between
# two postings, never during one.
CLASS = 0x5E771E
SHARED = "SELECT pg_advisory_xact_lock_shared(%s, k) FROM unnest(%s::int[]) AS k ORDER BY k"
ALONE = "SELECT pg_advisory_xact_lock(%s, %s)"


def keep_periods(plan_ids: Iterable[int]) -> None:
    """No period of these plans closes before this transaction ends."""
    ids = sorted(set(plan_ids))
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(SHARED, [CLASS, ids])


def stop_posting(plan_id: int) -> None:
    """Nothing is posted for the plan before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [CLASS, plan_id])


def closed_periods(plan_ids: Collection[int]) -> set[tuple[int, str]]:
    """(plan, period) of all that are closed."""
    found = Period.objects.filter(plan_id__in=plan_ids, status="closed")
    return set(found.values_list("plan_id", "period"))


def first_open(closed: Collection[tuple[int, str]], plan_id: int, period: str) -> str:
    """The period itself, or the first one after it that is not closed."""
    while (plan_id, period) in closed:
        period = following(period)
    return period
