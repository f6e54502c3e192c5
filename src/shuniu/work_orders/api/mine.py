"""A field worker's own orders, on the phone."""

import io
from typing import Any

import segno
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.access import SIGNED_IN
from shuniu.foundation.http import Page, PageParams, Request
from shuniu.work_orders import actions, queries
from shuniu.work_orders.api.door import command_key, router
from shuniu.work_orders.permissions import READ
from shuniu.work_orders.queries.listing import OrderRow
from shuniu.work_orders.queries.mine import Tab, TabCounts


class Decline(BaseModel):
    reason: str = Field(min_length=1, max_length=500)


class CompleteVisit(BaseModel):
    """Answers to the visit's form: photos and signature are ids of uploaded files."""

    answers: dict[str, Any] = Field(max_length=100)


class CustomerCode(BaseModel):
    """The progress link as a path, a whole address, and a QR code (SVG) for the customer to scan."""

    path: str
    url: str
    svg: str


@router.get("/my/work-orders", permission=SIGNED_IN, response=Page[OrderRow])
def list_mine(request: Request, page: Query[PageParams], tab: Tab = Tab.DOING) -> Page[OrderRow]:
    return queries.mine(actor=request.actor, tab=tab, page=page, now=request.now)


@router.get("/my/work-orders/counts", permission=SIGNED_IN, response=TabCounts)
def count_mine(request: Request) -> TabCounts:
    return queries.tab_counts(actor=request.actor)


@router.post("/work-orders/{order_id}/accept", permission=SIGNED_IN)
def accept(request: Request, order_id: int) -> None:
    """Take the order one was offered."""
    actions.accept(order_id=order_id, by=request.actor, now=request.now, key=command_key(request))


@router.post("/work-orders/{order_id}/decline", permission=SIGNED_IN)
def decline(request: Request, order_id: int, body: Decline) -> None:
    """Decline the order one was offered; the next candidate is asked."""
    actions.decline(
        order_id=order_id, reason=body.reason, by=request.actor, now=request.now, key=command_key(request)
    )


@router.post("/work-orders/{order_id}/complete", permission=SIGNED_IN)
def complete(request: Request, order_id: int, body: CompleteVisit) -> None:
    """The work on site is done."""
    actions.complete_visit(
        order_id=order_id, answers=body.answers, by=request.actor, now=request.now, key=command_key(request)
    )


@router.get("/work-orders/{order_id}/customer-code", permission=READ, response=CustomerCode)
def customer_code(request: Request, order_id: int) -> CustomerCode:
    """What the field worker shows for the customer to scan and confirm."""
    path = queries.detail(order_id, actor=request.actor, now=request.now).customer_link
    url = request.build_absolute_uri(path)
    drawn = io.BytesIO()
    segno.make(url, error="m").save(drawn, kind="svg", xmldecl=False, svgns=True, scale=6, border=2)
    return CustomerCode(path=path, url=url, svg=drawn.getvalue().decode())
