"""How far the running period is from the next tier: 再卖 12,300.00 元进入 8 % 档."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from shuniu.core.settlement import Compiled, compiled, period_key
from shuniu.core.settlement.curves.pieces import Piece
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref
from shuniu.settlement.contracts import TierDistance
from shuniu.settlement.models import Bucket, PlanVersion
from shuniu.settlement.queries.preview import text_of
from shuniu.settlement.versions import prepared_version


def own_tiers(actor: Actor, now: datetime) -> list[TierDistance]:
    """The actor's own running periods."""
    return tier_distances([Ref("staff", actor.staff_id)], now) if actor.staff_id is not None else []


def tier_distances(owners: Sequence[Ref], now: datetime) -> list[TierDistance]:
    """Every running bucket of these beneficiaries whose plan pays by tiers, the nearest next tier first."""
    found = []
    for row in Bucket.objects.filter(
        beneficiary_kind__in={one.kind for one in owners}, beneficiary_id__in={one.id for one in owners}
    ).order_by("-changed_at")[:200]:
        if Ref(row.beneficiary_kind, row.beneficiary_id) not in owners:
            continue
        ready = in_force(row, now)
        if ready is None or ready.pieces is None or len(ready.pieces) < 2:
            continue
        document = ready.plan.document
        if row.period == period_key(now, document.period_of(ready.component), document.timezone):
            found.append(distance(row, ready))
    return sorted(found, key=lambda one: (one.missing is None, one.missing or 0))


def in_force(row: Bucket, now: datetime) -> Compiled | None:
    """The bucket's component as the plan's version of now has it."""
    versions = PlanVersion.objects.filter(plan_id=row.plan_id, effective_from__lte=now).order_by("-number")
    for version_id, until in versions.values_list("id", "effective_to"):
        if until is None or now < until:
            prepared = prepared_version(version_id)
            keys = {one.key for one in prepared.document.components}
            return compiled(prepared, row.component) if row.component in keys else None
    return None


def distance(row: Bucket, ready: Compiled) -> TierDistance:
    document = ready.plan.document
    pieces: Sequence[Piece] = ready.pieces or ()
    here = max((place for place, piece in enumerate(pieces) if piece.holds(row.base)), default=0)
    following = next(
        (piece for piece in pieces[here + 1 :] if piece.start > row.base or piece.included), None
    )
    missing = None if following is None else max(following.start - row.base, Decimal(0))
    return TierDistance(
        plan_id=row.plan_id,
        plan_name=text_of(document.name),
        component=row.component,
        component_text=text_of(ready.component.name),
        period=row.period,
        base=row.base,
        earned=row.earned,
        missing=missing,
        rate=None if following is None else following.slope,
        current_rate=pieces[here].slope,
        currency=row.currency,
        in_units=ready.column == "quantity",
    )
