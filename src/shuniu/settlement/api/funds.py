"""Promotion funds over HTTP, and how far the next tier is."""

from decimal import Decimal

from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.access import SIGNED_IN
from shuniu.foundation.http import Page, PageParams, Request
from shuniu.foundation.hub import Ref
from shuniu.settlement import actions, queries
from shuniu.settlement.api.router import router
from shuniu.settlement.contracts import FundRow, FundSpendingRow, TierDistance
from shuniu.settlement.permissions import FUND_READ, FUND_SPEND


class SpendFundBody(BaseModel):
    """Whose fund pays how much for which promotion."""

    owner_kind: str = Field(min_length=1, max_length=40)
    owner_id: int
    amount: Decimal = Field(gt=0, max_digits=20, decimal_places=2)
    what: str = Field(min_length=1, max_length=200)


class FundSpent(BaseModel):
    id: int


@router.get("/settlement/funds", permission=FUND_READ, response=list[FundRow])
def list_funds(request: Request) -> list[FundRow]:
    """Everybody's promotion fund, the largest first."""
    return queries.funds()


@router.get("/settlement/funds/spendings", permission=FUND_READ, response=Page[FundSpendingRow])
def list_spendings(request: Request, page: Query[PageParams]) -> Page[FundSpendingRow]:
    """What promotion funds paid for, newest first."""
    return queries.spendings_page(page)


@router.post("/settlement/funds/spendings", permission=FUND_SPEND, response=FundSpent)
def spend_fund(request: Request, body: SpendFundBody) -> FundSpent:
    """Pay for a promotion out of a fund."""
    spent = actions.spend_fund(
        owner=Ref(body.owner_kind, body.owner_id),
        amount=body.amount,
        what=body.what,
        by=request.actor,
        now=request.now,
    )
    return FundSpent(id=spent)


@router.get("/settlement/me/tiers", permission=SIGNED_IN, response=list[TierDistance])
def my_tiers(request: Request) -> list[TierDistance]:
    """How far one's running periods are from their next tier."""
    return queries.own_tiers(request.actor, request.now)
