"""The customer's page: a signed link is the only right, and it opens one order."""

from typing import Any

from pydantic import BaseModel, Field

from shuniu.foundation.access import PUBLIC
from shuniu.foundation.errors import TooMany
from shuniu.foundation.http import Request
from shuniu.foundation.identity.addresses import client_address
from shuniu.foundation.live import tickets
from shuniu.foundation.live.contracts import Ticket
from shuniu.work_orders import actions, queries
from shuniu.work_orders.api.door import router
from shuniu.work_orders.contracts import LinkInvalid
from shuniu.work_orders.events import ref
from shuniu.work_orders.links import order_of
from shuniu.work_orders.models import WorkOrder
from shuniu.work_orders.queries.progress import Progress
from shuniu.work_orders.rates import count_use

USES_PER_LINK = 120
WRONG_LINKS_PER_ADDRESS = 30


class Rate(BaseModel):
    """The survey's answers as its form asks: rating 1-5, solved, comment."""

    answers: dict[str, Any] = Field(max_length=20)


def _open(request: Request, token: str) -> WorkOrder:
    """The order of the link. Uses per minute are limited: of one link, and of wrong links from one address."""
    try:
        order = order_of(token, now=request.now)
    except LinkInvalid:
        if count_use(f"address:{client_address(request)}", now=request.now) > WRONG_LINKS_PER_ADDRESS:
            raise TooMany(seconds=60) from None
        raise
    if count_use(f"order:{order.pk}", now=request.now) > USES_PER_LINK:
        raise TooMany(seconds=60)
    return order


@router.get("/c/{token}", permission=PUBLIC, response=Progress)
def see_progress(request: Request, token: str) -> Progress:
    """Where the order stands, who comes, and what is asked of the customer now."""
    return queries.progress_of(_open(request, token), now=request.now)


@router.post("/c/{token}/confirm", permission=PUBLIC, response=Progress)
def confirm(request: Request, token: str) -> Progress:
    """The customer confirms that the work is done."""
    order = _open(request, token)
    actions.confirm(order=order, now=request.now, key=f"customer:{request.headers['Idempotency-Key']}")
    return queries.progress_of(order_of(token, now=request.now), now=request.now)


@router.post("/c/{token}/rate", permission=PUBLIC, response=Progress)
def rate(request: Request, token: str, body: Rate) -> Progress:
    """The customer rates, once."""
    order = _open(request, token)
    key = f"customer:{request.headers['Idempotency-Key']}"
    actions.rate(order=order, answers=body.answers, now=request.now, key=key)
    return queries.progress_of(order_of(token, now=request.now), now=request.now)


# a ticket changes nothing, so asking twice needs no key
@router.post("/c/{token}/live", permission=PUBLIC, response=Ticket, idempotent=False)
def live_ticket(request: Request, token: str) -> Ticket:
    """A ticket to follow this order, and nothing else."""
    order = _open(request, token)
    return tickets.make([str(ref(order.pk))], request=request)
