"""Promotion funds: what each beneficiary may spend on promotion, and what was spent."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Sum

from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.foundation.hub import registry
from shuniu.ledger import queries as ledger
from shuniu.ledger.contracts import CURRENCY
from shuniu.settlement.contracts import FundRow, FundSpendingRow
from shuniu.settlement.models import FundSpending
from shuniu.settlement.ways import FUND, WAYS

ZERO = Decimal("0.00")


def funds() -> list[FundRow]:
    """Everybody who has or had a fund, the largest first."""
    owners = ledger.wallet_owners(FUND, at_least=ZERO)
    spent = {
        (kind, id_): amount
        for kind, id_, amount in FundSpending.objects.values_list("owner_kind", "owner_id").annotate(
            total=Sum("amount")
        )
    }
    rows = []
    for kind, few in owners.items():
        names = card_titles([(kind, id_) for id_, _ in few])
        stages = ledger.balances_of(kind, [id_ for id_, _ in few], CURRENCY, purposes=WAYS[FUND].values())
        for id_, balance in few:
            pending = sum(
                (stages[id_].get(WAYS[FUND][stage], ZERO) for stage in ("earned", "confirmed")), ZERO
            )
            rows.append(
                FundRow(
                    owner_kind=kind,
                    owner_id=id_,
                    name=names.get((kind, id_), f"{kind} {id_}"),
                    unit_name="",
                    balance=balance,
                    pending=pending,
                    spent=spent.get((kind, id_), ZERO),
                    currency=CURRENCY,
                )
            )
    return sorted(rows, key=lambda row: (-row.balance, row.owner_kind, row.owner_id))


def spendings_page(page: PageParams) -> Page[FundSpendingRow]:
    return paginate(FundSpending.objects.all(), page, sorts={"at": "at"}, default="-id", to=spending_rows)


def spending_rows(spendings: Sequence[FundSpending]) -> list[FundSpendingRow]:
    names = card_titles([(one.owner_kind, one.owner_id) for one in spendings])
    return [
        FundSpendingRow(
            id=one.pk,
            owner_kind=one.owner_kind,
            owner_id=one.owner_id,
            name=names.get((one.owner_kind, one.owner_id), f"{one.owner_kind} {one.owner_id}"),
            amount=one.amount,
            currency=one.currency,
            what=one.what,
            at=one.at,
            by_name=one.by_name,
        )
        for one in spendings
    ]


def card_titles(refs: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Names of beneficiaries of whatever kind."""
    return {
        (kind, id_): card.title
        for kind in {kind for kind, _ in refs} & set(registry.subjects)
        for id_, card in registry.subject(kind)
        .cards(sorted({id_ for each, id_ in refs if each == kind}))
        .items()
    }
