"""What other domains know of work orders: frozen values, enums and errors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from shuniu.foundation.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from shuniu.foundation.text import Text


class Priority(StrEnum):
    """A word, never a colour: the light speaks of time only."""

    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


PRIORITY_TEXTS: Mapping[Priority, Text] = {
    Priority.NORMAL: Text(zh="普通", en="Normal"),
    Priority.HIGH: Text(zh="优先", en="High"),
    Priority.URGENT: Text(zh="紧急", en="Urgent"),
}


class Moment(StrEnum):
    """What happened to an order at a moment that lists can be cut by."""

    OPENED = "opened"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    CONFIRMED = "confirmed"
    RATED = "rated"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    LATE = "late"
    """A step was closed past its limit."""


class OrderStatus(StrEnum):
    """`done`: the work is done and the customer asked; `closed`: nothing more happens."""

    OPEN = "open"
    DONE = "done"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STATUS_TEXTS: Mapping[OrderStatus, Text] = {
    OrderStatus.OPEN: Text(zh="进行中", en="Open"),
    OrderStatus.DONE: Text(zh="已完工", en="Done"),
    OrderStatus.CLOSED: Text(zh="已关闭", en="Closed"),
    OrderStatus.CANCELLED: Text(zh="已取消", en="Cancelled"),
}


class OrderSource(StrEnum):
    CONSOLE = "console"
    SIDEBAR = "sidebar"
    API = "api"
    HISTORY = "history"


SOURCE_TEXTS: Mapping[OrderSource, Text] = {
    OrderSource.CONSOLE: Text(zh="后台录入", en="Console"),
    OrderSource.SIDEBAR: Text(zh="企微侧边栏", en="WeCom side bar"),
    OrderSource.API: Text(zh="开放接口", en="API"),
    OrderSource.HISTORY: Text(zh="历史数据", en="History"),
}


class OfferOutcome(StrEnum):
    """`withdrawn`: the store chose somebody else, or the order was cancelled."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    WITHDRAWN = "withdrawn"


class Sender(StrEnum):
    CUSTOMER = "customer"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A chat line captured with an order. `text` is kept with the order and goes when the customer is erased."""

    at: datetime
    sender: Sender
    sender_name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCard:
    """A kind of work order."""

    id: int
    key: str
    name: Text
    flow_key: str
    service_minutes: int
    skills: tuple[str, ...]
    difficulty: Decimal
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCard:
    """What a reference to an order shows."""

    id: int
    no: str
    title: str
    kind_key: str
    kind_name: Text
    customer_id: int | None
    unit_id: int
    priority: Priority
    status: OrderStatus
    worker_id: int | None
    run_id: int | None
    city: str
    floor: int | None
    opened_at: datetime
    completed_at: datetime | None
    confirmed_at: datetime | None
    closed_at: datetime | None
    rating: int | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Someone weighed for an order. `free` is 空闲率: 1 − booked ÷ rostered minutes of the last three working days.

    `rank` is None for those who were not eligible; `why` then says so.
    """

    staff_id: int
    name: str
    unit_name: str
    booked_minutes: int
    rostered_minutes: int
    free: float
    last_offered_at: datetime | None
    rank: int | None
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """An order offered to a field worker."""

    id: int
    order_id: int
    staff_id: int
    staff_name: str
    offered_at: datetime
    answered_at: datetime | None
    outcome: OfferOutcome | None
    reason: str
    by_hand: bool
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOffer:
    """An offer that is loaded with its order."""

    staff_id: int
    offered_at: datetime
    answered_at: datetime | None
    outcome: OfferOutcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOrder:
    """An order that is loaded with its history. Steps of its run are `flows.contracts.PastStep`."""

    kind_key: str
    title: str
    customer_id: int
    unit_id: int
    priority: Priority
    contact_name: str
    phone: str
    address: str
    city: str
    floor: int | None
    opened_at: datetime
    completed_at: datetime | None
    confirmed_at: datetime | None
    closed_at: datetime | None
    worker_id: int | None
    rating: int | None
    solved: bool | None
    created_by: str
    steps: tuple[Any, ...]
    offers: tuple[PastOffer, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


class OrderNotFound(NotFound):
    code = "work_order.not_found"
    zh = "没有这张工单，或您无权查看"
    en = "There is no such work order, or you may not see it."


class KindUnknown(Invalid):
    code = "work_order.kind_unknown"
    zh = "请选择工单类型"
    en = "Choose a kind of work order."


class KindKeyTaken(Conflict):
    code = "work_order.kind_key_taken"
    zh = "已有编号为 {key} 的工单类型"
    en = "There is already a kind with the key {key}."


class TitleMissing(Invalid):
    code = "work_order.title_missing"
    zh = "请填写需求说明"
    en = "Say what is needed."


class PhoneInvalid(Invalid):
    code = "work_order.phone_invalid"
    zh = "手机号应为 11 位数字，以 1 开头"
    en = "A mobile number has 11 digits and starts with 1."


class AddressMissing(Invalid):
    code = "work_order.address_missing"
    zh = "上门工单需要填写城市和地址"
    en = "An order on site needs a city and an address."


class CustomerUnknown(Invalid):
    code = "work_order.customer_unknown"
    zh = "没有这位客户，或您无权查看"
    en = "There is no such customer, or you may not see them."


class OfferNotFound(NotFound):
    code = "work_order.offer_not_found"
    zh = "没有这条派单，或它不是派给您的"
    en = "There is no such offer, or it was not made to you."


class OfferAnswered(Conflict):
    code = "work_order.offer_answered"
    zh = "这条派单已经有了结果"
    en = "This offer has been answered already."


class NotAFieldWorker(Invalid):
    code = "work_order.not_a_field_worker"
    zh = "请选择一位在岗的师傅"
    en = "Choose a field worker who is in service."


class NotDispatchable(Conflict):
    code = "work_order.not_dispatchable"
    zh = "工单当前不在派单或接单环节，不能改派"
    en = "The order is not being dispatched or offered now; nobody else can be chosen."


class UrgedAlready(Conflict):
    code = "work_order.urged_already"
    zh = "10 分钟内已催办过，请在 {minutes} 分钟后再试"
    en = "This was urged in the last 10 minutes; try again in {minutes} minutes."


class NobodyToUrge(Conflict):
    code = "work_order.nobody_to_urge"
    zh = "当前没有等待处理的人"
    en = "Nobody is being waited for."


class OrderOver(Conflict):
    code = "work_order.over"
    zh = "工单已结束"
    en = "The order is over."


class LinkInvalid(NotFound):
    code = "work_order.link_invalid"
    zh = "链接无效，请向服务人员索取新的链接"
    en = "This link is not valid; ask us for a new one."


class LinkExpired(DomainError):
    code = "work_order.link_expired"
    status = 410
    zh = "链接已过期，请联系门店查看"
    en = "This link has expired; please contact the store."


class NotYet(Conflict):
    code = "work_order.not_yet"
    zh = "现在还不需要这一步"
    en = "This is not asked of you now."


class NotOnThisOrder(Forbidden):
    code = "work_order.not_on_this_order"
    zh = "您没有参与这张工单"
    en = "You do not take part in this order."
