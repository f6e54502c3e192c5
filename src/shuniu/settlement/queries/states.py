"""Where each earning stands. Payouts consume releases in the order they were released, so a state is derived from
running totals and nothing is ever marked as paid.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from shuniu.org import queries as org
from shuniu.settlement.contracts import PayoutStatus, State
from shuniu.settlement.models import Earning, Maturity, Payout
from shuniu.settlement.settings import PAYOUT_DAYS
from shuniu.settlement.ways import CASH

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Standing:
    """A maturity's state, and when its money should arrive (None once it has)."""

    state: State
    expected_at: datetime | None


def paid_totals(owners: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[Decimal, Decimal]]:
    """(paid, paid or on its way) by owner."""
    totals: dict[tuple[str, int], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    ids = {id_ for _, id_ in owners}
    rows = (
        Payout.objects.filter(
            beneficiary_id__in=ids, status__in=[PayoutStatus.PAID.value, PayoutStatus.IN_TRANSIT.value]
        )
        .values_list("beneficiary_kind", "beneficiary_id", "status")
        .annotate(total=Sum("amount"))
    )
    for kind, id_, status, total in rows:
        if status == PayoutStatus.PAID.value:
            totals[kind, id_][0] += total
        totals[kind, id_][1] += total
    return {owner: (paid, sent) for owner, (paid, sent) in totals.items()}


def standings(maturity_ids: Iterable[int]) -> dict[int, Standing]:
    """The standing of each maturity, in three queries."""
    rows = list(Maturity.objects.filter(pk__in=set(maturity_ids)))
    paid = paid_totals((row.beneficiary_kind, row.beneficiary_id) for row in rows)
    transfer = org.settings_for([PAYOUT_DAYS.key], {row.unit_id for row in rows})
    found = {}
    for row in rows:
        totals = paid.get((row.beneficiary_kind, row.beneficiary_id), (ZERO, ZERO))
        state = state_of(row, *totals)
        days = timedelta(days=int(transfer[row.unit_id][PAYOUT_DAYS.key]))
        arrived = state in {State.PAID, State.SPENDABLE}
        found[row.pk] = Standing(state, None if arrived else expected(row, days))
    return found


def state_of(row: Maturity, paid: Decimal, sent: Decimal) -> State:
    if row.confirmed_at is None:
        return State.EARNED
    if row.released_at is None:
        return State.CONFIRMED
    if row.account != CASH:
        return State.SPENDABLE
    if row.released_upto <= paid:
        return State.PAID
    return State.IN_TRANSIT if row.released_upto <= sent else State.WITHDRAWABLE


def expected(row: Maturity, transfer: timedelta) -> datetime | None:
    """When the money should arrive; not known where a period has to be closed first."""
    if row.released_at is not None:
        return row.released_at + transfer
    if row.release_due_at is not None:
        return row.release_due_at + transfer
    if row.confirm_due_at is None:
        return None
    return row.confirm_due_at + timedelta(days=row.hold_days) + transfer


def in_state(earnings: QuerySet[Earning], state: State) -> QuerySet[Earning]:
    """Earnings whose maturity stands in that state."""
    maturities = Maturity.objects.filter(pk=OuterRef("maturity_id"))
    if state is State.EARNED:
        return earnings.filter(Exists(maturities.filter(confirmed_at__isnull=True)))
    if state is State.CONFIRMED:
        return earnings.filter(
            Exists(maturities.filter(confirmed_at__isnull=False, released_at__isnull=True))
        )
    if state is State.SPENDABLE:
        return earnings.filter(Exists(maturities.filter(released_at__isnull=False).exclude(account=CASH)))
    released = maturities.filter(released_at__isnull=False, account=CASH).annotate(
        paid=total_of(PayoutStatus.PAID), sent=total_of(PayoutStatus.PAID, PayoutStatus.IN_TRANSIT)
    )
    condition = {
        State.PAID: Q(released_upto__lte=F("paid")),
        State.IN_TRANSIT: Q(released_upto__gt=F("paid"), released_upto__lte=F("sent")),
        State.WITHDRAWABLE: Q(released_upto__gt=F("sent")),
    }[state]
    return earnings.filter(Exists(released.filter(condition)))


def total_of(*statuses: PayoutStatus) -> Coalesce:
    sums = (
        Payout.objects.filter(
            beneficiary_kind=OuterRef("beneficiary_kind"),
            beneficiary_id=OuterRef("beneficiary_id"),
            status__in=[status.value for status in statuses],
        )
        .order_by()
        .values("beneficiary_id")
        .annotate(total=Sum("amount"))
        .values("total")
    )
    return Coalesce(Subquery(sums), Value(ZERO))
