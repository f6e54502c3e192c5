"""What work orders plug into the hub."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Effect, EventType, Fact, FactRelation, Ref, Subject, SubjectCard
from shuniu.foundation.search import SearchKind
from shuniu.foundation.text import Text
from shuniu.org import queries as org
from shuniu.work_orders import actions, queries
from shuniu.work_orders.actions.marking import Mark
from shuniu.work_orders.contracts import STATUS_TEXTS
from shuniu.work_orders.events import KIND
from shuniu.work_orders.permissions import READ
from shuniu.work_orders.searching import documents
from shuniu.work_orders.settings import NOTICE_KINDS, SETTINGS

__all__ = ["EFFECTS", "EVENTS", "FACTS", "NOTICE_KINDS", "SEARCH_KINDS", "SETTINGS", "SUBJECTS"]

_PEOPLE: Mapping[str, Any] = {"worker_id": "id", "staff_ids": "ids"}
_OFFER: Mapping[str, Any] = {"offer_id": "id", **_PEOPLE}


def _event(name: str, zh: str, en: str, data: Mapping[str, Any] | None = None) -> EventType:
    return EventType(f"{KIND}.{name}", KIND, Text(zh=zh, en=en), {**(data or {}), "history": "boolean"})


EVENTS = (
    _event("created", "工单创建", "Order created", {"kind_id": "id"}),
    _event("offered", "派给师傅", "Offered", _OFFER),
    _event("accepted", "师傅接单", "Accepted", _OFFER),
    _event("declined", "未接单", "Not accepted", {**_OFFER, "outcome": "text"}),
    _event("completed", "上门完工", "Completed", _PEOPLE),
    _event("confirmed", "客户确认", "Confirmed", {**_PEOPLE, "how": "text"}),
    _event("rated", "客户评价", "Rated", {**_PEOPLE, "rating": "number", "solved": "boolean"}),
    _event("closed", "工单关闭", "Closed", _PEOPLE),
    _event("cancelled", "工单取消", "Cancelled", _PEOPLE),
    _event("urged", "催办", "Urged", {"staff_ids": "ids"}),
)

_ORDER = FactRelation(
    name="work_order.order",
    subject=KIND,
    sql="""
        select o.id, k.key as kind, o.priority, o.floor, o.city, o.worker_id, o.rating, k.difficulty,
            coalesce((o.facts->>'高温')::boolean, false) as hot, k.service_minutes, o.status, o.solved
        from work_order o join work_order_kind k on k.id = o.kind_id
        where o.id = any(%(ids)s)
    """,
)


def _fact(name: str, type: Any, column: str, en: str) -> Fact:
    return Fact(f"工单.{name}", KIND, type, _ORDER, column, Text(zh=f"工单{name}", en=en))


FACTS = (
    _fact("类型", "text", "kind", "Kind of order"),
    _fact("优先级", "text", "priority", "Priority of order"),
    _fact("楼层", "number", "floor", "Floor"),
    _fact("城市", "text", "city", "City of order"),
    _fact("师傅", "number", "worker_id", "Field worker"),
    _fact("评分", "number", "rating", "Rating"),
    _fact("难度系数", "number", "difficulty", "Difficulty coefficient"),
    _fact("高温", "boolean", "hot", "Hot weather"),
    _fact("服务时长", "number", "service_minutes", "Service minutes"),
    _fact("状态", "text", "status", "Status of order"),
    _fact("已解决", "boolean", "solved", "Solved"),
)


class DispatchParams(BaseModel):
    """Nothing to set: city, skills and capacity come from the order and its kind."""


class MarkParams(BaseModel, populate_by_name=True):
    """What a step of the flow means for the order."""

    as_: Mark = Field(alias="as")


def _dispatch(*, params: DispatchParams, subject: Ref, by: Actor, now: datetime, key: str) -> dict[str, Any]:
    del params, key
    return actions.offer_next(order_id=subject.id, by=by, now=now)


def _mark(*, params: MarkParams, subject: Ref, by: Actor, now: datetime, key: str) -> None:
    del key
    actions.mark(order_id=subject.id, what=params.as_, by=by, now=now)


EFFECTS = (
    Effect("work_order.dispatch", Text(zh="智能派单", en="Smart dispatch"), DispatchParams, _dispatch),
    Effect("work_order.mark", Text(zh="更新工单状态", en="Mark the order"), MarkParams, _mark),
)


def _cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        card.id: SubjectCard(
            title=f"{card.no} {card.title}"[:80],
            subtitle=f"{card.kind_name.zh} · {STATUS_TEXTS[card.status].zh}",
            link=f"/console/work-orders/{card.id}",
        )
        for card in queries.cards(ids).values()
    }


SUBJECTS = (
    Subject(
        kind=KIND,
        text=Text(zh="工单", en="Work order"),
        link="/console/work-orders/{id}",
        cards=_cards,
        visible=lambda actor, ids: queries.visible_ids(actor=actor, ids=ids),
        units=lambda actor: org.visible_units(actor=actor, permission=READ),
        read=READ,
    ),
)


def _findable(actor: Actor) -> tuple[str, list[Any]]:
    return org.visible_sql(
        actor=actor,
        permission=READ,
        unit="d.unit_id",
        owner="d.owner_id",
        subject_kind=KIND,
        pk="d.subject_id",
    )


SEARCH_KINDS = (SearchKind(kind=KIND, visible=_findable, documents=documents),)
