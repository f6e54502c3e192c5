"""Who has money to withdraw."""

from decimal import Decimal

from django.db.models import Sum

from shuniu.foundation.access import Actor
from shuniu.ledger import queries as ledger
from shuniu.ledger.contracts import CURRENCY
from shuniu.org import queries as org
from shuniu.settlement.contracts import PayoutStatus, Withdrawable
from shuniu.settlement.models import Payout
from shuniu.settlement.permissions import PAYOUT_READ

CENT = Decimal("0.01")


def withdrawables(
    *, actor: Actor, at_least: Decimal = CENT, unit_id: int | None = None
) -> list[Withdrawable]:
    """Staff with at least so much to withdraw, in the units the actor may see, the largest first."""
    owners = dict(ledger.wallet_owners("withdrawable", at_least=CENT).get("staff", ()))
    cards = org.staff_card(owners)
    allowed = org.visible_units(actor=actor, permission=PAYOUT_READ)
    drafts = dict(
        Payout.objects.filter(status=PayoutStatus.DRAFT.value, beneficiary_kind="staff")
        .values_list("beneficiary_id")
        .annotate(total=Sum("amount"))
    )
    found = []
    for staff_id, balance in owners.items():
        card, drafted = cards[staff_id], drafts.get(staff_id, Decimal("0.00"))
        if allowed is not None and card.unit_id not in allowed:
            continue
        if unit_id is not None and card.unit_id != unit_id:
            continue
        if balance - drafted < at_least:
            continue
        found.append(
            Withdrawable(
                beneficiary_kind="staff",
                beneficiary_id=staff_id,
                name=card.name,
                unit_id=card.unit_id,
                unit_name=card.unit_name,
                withdrawable=balance,
                in_drafts=drafted,
                available=balance - drafted,
                currency=CURRENCY,
            )
        )
    return sorted(found, key=lambda one: (-one.available, one.beneficiary_id))
