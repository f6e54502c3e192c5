"""Holds and nightly checks, as listed."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import QuerySet

from shuniu.foundation.access import Actor, scope_of
from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.ledger.contracts import CheckRow, Finding, HoldRow
from shuniu.ledger.models import Check, Hold
from shuniu.ledger.permissions import READ
from shuniu.ledger.queries.titles import NO_CARD, cards


def hold_set(
    actor: Actor, *, standing: bool | None = None, owner_kind: str | None = None, owner_id: int | None = None
) -> QuerySet[Hold]:
    """Holds the actor may see: all for whoever reads the whole ledger, else one's own."""
    holds = Hold.objects.all()
    if not scope_of(actor, READ).everything:
        holds = holds.filter(owner_kind="staff", owner_id=actor.staff_id or 0)
    if standing is not None:
        holds = holds.filter(ended_at__isnull=standing)
    if owner_kind is not None:
        holds = holds.filter(owner_kind=owner_kind)
    if owner_id is not None:
        holds = holds.filter(owner_id=owner_id)
    return holds


def holds_page(holds: QuerySet[Hold], page: PageParams) -> Page[HoldRow]:
    sorts = {"placed_at": "placed_at", "amount": "amount"}
    return paginate(holds, page, sorts=sorts, default="-placed_at", to=hold_rows)


def hold_rows(holds: Sequence[Hold]) -> list[HoldRow]:
    titles = cards((one.owner_kind, one.owner_id) for one in holds)
    return [
        HoldRow(
            id=one.pk,
            owner_kind=one.owner_kind,
            owner_id=one.owner_id,
            owner_title=titles.get((one.owner_kind, one.owner_id), NO_CARD).title,
            amount=one.amount,
            currency=one.currency,
            reason=one.reason,
            placed_at=one.placed_at,
            placed_by_name=one.placed_by_name,
            ended_at=one.ended_at,
            ended_by_name=one.ended_by_name,
            ended_reason=one.ended_reason,
        )
        for one in holds
    ]


def checks_page(page: PageParams) -> Page[CheckRow]:
    """Nightly checks, newest first."""
    return paginate(Check.objects.all(), page, sorts={"day": "day"}, default="-day", to=check_rows)


def check_rows(checks: Sequence[Check]) -> list[CheckRow]:
    return [
        CheckRow(
            id=one.pk,
            day=one.day,
            at=one.at,
            findings=tuple(
                Finding(each["rule"], each["row_id"], Decimal(each["off_by"])) for each in one.findings
            ),
        )
        for one in checks
    ]
