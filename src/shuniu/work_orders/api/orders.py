"""The list of orders and one order."""

from datetime import datetime, time, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.http import Column, Day, Page, PageParams, Request, export_response
from shuniu.foundation.text import Text
from shuniu.work_orders import actions, queries
from shuniu.work_orders.api.door import command_key, router
from shuniu.work_orders.contracts import (
    PRIORITY_TEXTS,
    SOURCE_TEXTS,
    STATUS_TEXTS,
    Candidate,
    Moment,
    NewMessage,
    OrderCard,
    OrderSource,
    OrderStatus,
    Priority,
    Sender,
)
from shuniu.work_orders.permissions import CANCEL, CREATE, DISPATCH, EXPORT, READ
from shuniu.work_orders.queries.detail import OrderDetail
from shuniu.work_orders.queries.listing import OrderFilter, OrderRow, View


class OrderFilters(BaseModel):
    """Filters of the list, as query parameters. The days are the house's, both included; `moment` says of what."""

    view: View = View.ALL
    text: str = Field(default="", max_length=80)
    unit_id: int | None = None
    kind_id: int | None = None
    priority: Priority | None = None
    status: OrderStatus | None = None
    customer_id: int | None = None
    worker_id: int | None = None
    city: str = Field(default="", max_length=40)
    rating_max: int | None = Field(default=None, ge=1, le=5)
    moment: Moment = Moment.OPENED
    day_from: Day | None = None
    day_to: Day | None = None
    in_units: bool = False
    exact_unit: bool = False

    def to_contract(self) -> OrderFilter:
        zone = ZoneInfo(settings.SHUNIU.time_zone)
        since, until = self.day_from, self.day_to
        return OrderFilter(
            **self.model_dump(exclude={"day_from", "day_to"}),
            since=datetime.combine(since, time.min, zone) if since else None,
            until=datetime.combine(until, time.min, zone) + timedelta(days=1) if until else None,
        )


class Message(BaseModel):
    """A captured chat line."""

    at: datetime
    sender: Sender
    sender_name: str = Field(default="", max_length=80)
    text: str = Field(max_length=2000)


class CreateOrder(BaseModel):
    """Empty contact fields are taken from the customer."""

    kind_key: str = Field(max_length=60)
    title: str = Field(max_length=500)
    unit_id: int
    customer_id: int | None = None
    priority: Priority = Priority.NORMAL
    source: Literal[OrderSource.CONSOLE, OrderSource.SIDEBAR, OrderSource.API] = OrderSource.CONSOLE
    contact_name: str = Field(default="", max_length=80)
    phone: str = Field(default="", max_length=30)
    address: str = Field(default="", max_length=200)
    city: str = Field(default="", max_length=40)
    floor: int | None = Field(default=None, ge=-5, le=200)
    facts: dict[Annotated[str, Field(max_length=40)], bool | int | str] = Field(
        default_factory=dict, max_length=20
    )
    messages: list[Message] = Field(default_factory=list, max_length=50)


class Dispatch(BaseModel):
    staff_id: int


class Cancel(BaseModel):
    reason: str = Field(min_length=1, max_length=500)


class Urged(BaseModel):
    """Who was told."""

    staff_ids: list[int]


class OrderPhone(BaseModel):
    phone: str


class Counts(BaseModel):
    """Figures on the list's tabs, counted up to 1,000."""

    mine: int
    open: int
    overdue: int


@router.get("/work-orders", permission=READ, response=Page[OrderRow])
def list_orders(request: Request, filters: Query[OrderFilters], page: Query[PageParams]) -> Page[OrderRow]:
    return queries.page_of(actor=request.actor, filters=filters.to_contract(), page=page, now=request.now)


@router.get("/work-orders/counts", permission=READ, response=Counts)
def count_orders(request: Request) -> Counts:
    return Counts(**queries.counts(actor=request.actor, now=request.now))


@router.get("/work-orders/export", permission=EXPORT)
def export_orders(
    request: Request, filters: Query[OrderFilters], format: Literal["xlsx", "csv"] = "xlsx"
) -> HttpResponseBase:
    locale = request.locale
    columns: list[Column[OrderRow]] = [
        Column(Text("工单号", "No."), lambda row: row.no),
        Column(Text("类型", "Kind"), lambda row: row.kind_name.pick(locale)),
        Column(Text("需求", "Need"), lambda row: row.title),
        Column(Text("状态", "Status"), lambda row: STATUS_TEXTS[row.status].pick(locale)),
        Column(Text("节点", "Step"), lambda row: row.step.pick(locale) if row.step else ""),
        Column(Text("优先级", "Priority"), lambda row: PRIORITY_TEXTS[row.priority].pick(locale)),
        Column(Text("来源", "Source"), lambda row: SOURCE_TEXTS[row.source].pick(locale)),
        Column(Text("客户", "Customer"), lambda row: row.customer_name),
        Column(Text("电话", "Phone"), lambda row: row.phone_masked),
        Column(Text("地址", "Address"), lambda row: f"{row.city}{row.address}"),
        Column(Text("门店", "Store"), lambda row: row.unit_name),
        Column(Text("师傅", "Field worker"), lambda row: row.worker_name),
        Column(Text("建单时间", "Opened"), lambda row: row.opened_at),
        Column(Text("完工时间", "Completed"), lambda row: row.completed_at),
        Column(Text("关闭时间", "Closed"), lambda row: row.closed_at),
        Column(Text("评分", "Rating"), lambda row: row.rating),
    ]
    rows = queries.matching(actor=request.actor, filters=filters.to_contract(), now=request.now)
    name = Text("工单", "Work orders").pick(locale)
    return export_response(name, columns=columns, rows=rows, format=format, locale=locale)


@router.post("/work-orders", permission=CREATE, response=OrderCard)
def create_order(request: Request, body: CreateOrder) -> OrderCard:
    given: dict[str, Any] = body.model_dump(exclude={"messages"})
    messages = [NewMessage(**message.model_dump()) for message in body.messages]
    return actions.create(**given, messages=messages, by=request.actor, now=request.now)


@router.get("/work-orders/{order_id}", permission=READ, response=OrderDetail)
def see_order(request: Request, order_id: int) -> OrderDetail:
    return queries.detail(order_id, actor=request.actor, now=request.now)


@router.post("/work-orders/{order_id}/phone", permission=READ, response=OrderPhone)
def see_phone(request: Request, order_id: int) -> OrderPhone:
    """The contact number in clear; each look is audited."""
    return OrderPhone(phone=actions.phone(order_id=order_id, by=request.actor, now=request.now))


@router.get("/work-orders/{order_id}/candidates", permission=DISPATCH, response=list[Candidate])
def list_candidates(request: Request, order_id: int) -> list[Candidate]:
    """Everyone in the order's city with their figures of now, the best first."""
    return actions.candidates_for(order_id=order_id, actor=request.actor, now=request.now)


@router.post("/work-orders/{order_id}/dispatch", permission=DISPATCH)
def dispatch_order(request: Request, order_id: int, body: Dispatch) -> None:
    """Choose by hand who is offered the order."""
    actions.dispatch_by_hand(
        order_id=order_id, staff_id=body.staff_id, by=request.actor, now=request.now, key=command_key(request)
    )


@router.post("/work-orders/{order_id}/urge", permission=READ, response=Urged)
def urge_order(request: Request, order_id: int) -> Urged:
    """Urge whoever the order waits for, at most once in 10 minutes."""
    return Urged(staff_ids=actions.urge(order_id=order_id, by=request.actor, now=request.now))


@router.post("/work-orders/{order_id}/cancel", permission=CANCEL)
def cancel_order(request: Request, order_id: int, body: Cancel) -> None:
    actions.cancel(
        order_id=order_id, reason=body.reason, by=request.actor, now=request.now, key=command_key(request)
    )
