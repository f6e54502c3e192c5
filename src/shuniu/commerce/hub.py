"""What commerce plugs into the hub."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Field

from shuniu.commerce import actions, queries
from shuniu.commerce.importers import IMPORTERS
from shuniu.commerce.permissions import READ_ORDERS
from shuniu.foundation.access import Actor
from shuniu.foundation.errors import Invalid
from shuniu.foundation.hub import Effect, EventType, Fact, FactRelation, Ref, Subject, SubjectCard
from shuniu.foundation.text import Text
from shuniu.org import queries as org

__all__ = ["EFFECTS", "EVENTS", "FACTS", "IMPORTERS", "SUBJECTS", "SUBSCRIBERS"]

EVENTS = (
    EventType(
        "shop_order.paid", "shop_order", Text(zh="订单已付款", en="Shop order paid"), {"total": "number"}
    ),
    EventType(
        "shop_order.refunded",
        "shop_order",
        Text(zh="订单已退款", en="Shop order refunded"),
        {"refund_id": "id", "amount": "number"},
    ),
    EventType(
        "coupon.given",
        "customer",
        Text(zh="发放优惠券", en="Coupon given"),
        {"coupon_id": "id", "amount": "number"},
    ),
)

SUBSCRIBERS = ()

_SPENDING = FactRelation(
    name="commerce.spending",
    subject="customer",
    sql="""
        select asked.id,
            coalesce(sum(o.total) filter (where o.paid_at >= %(now)s - interval '90 days'), 0) as spend_90d,
            count(o.id) as orders,
            max(o.paid_at) as last_paid_at
        from unnest(%(ids)s) as asked(id)
        left join shop_order o on o.customer_id = asked.id and o.status in ('paid', 'shipped', 'done')
            and o.paid_at <= %(now)s
        group by asked.id
    """,
)

_COUPONS = FactRelation(
    name="commerce.coupons",
    subject="customer",
    sql="""
        select asked.id, count(c.id) as coupons from unnest(%(ids)s) as asked(id)
        left join coupon c on c.customer_id = asked.id and c.used_at is null and c.valid_until > %(now)s
        group by asked.id
    """,
)

FACTS = (
    Fact(
        "客户.可用优惠券",
        "customer",
        "number",
        _COUPONS,
        "coupons",
        Text(zh="客户可用优惠券张数", en="Customer's coupons at hand"),
    ),
    Fact(
        "客户.近90天消费",
        "customer",
        "number",
        _SPENDING,
        "spend_90d",
        Text(zh="客户近 90 天消费（元）", en="Customer's spending in 90 days (yuan)"),
    ),
    Fact(
        "客户.订单数",
        "customer",
        "number",
        _SPENDING,
        "orders",
        Text(zh="客户已付款订单数", en="Customer's paid orders"),
    ),
    Fact(
        "客户.最近消费",
        "customer",
        "datetime",
        _SPENDING,
        "last_paid_at",
        Text(zh="客户最近一次付款", en="Customer's last payment"),
    ),
)


class CouponParams(BaseModel):
    """A coupon over so many yuan, good for so many days."""

    name: str = Field(max_length=60)
    amount: Decimal = Field(gt=0, max_digits=14, decimal_places=2)
    days: int = Field(default=30, ge=1, le=3650)


def _give_coupon(
    *, params: CouponParams, subject: Ref, by: Actor, now: datetime, key: str
) -> dict[str, Any] | None:
    if subject.kind != "customer":
        raise Invalid(field="subject")
    coupon_id = actions.give_coupon(
        customer_id=subject.id,
        name=params.name,
        amount=params.amount,
        days=params.days,
        by=by,
        now=now,
        key=key,
    )
    return {"coupon_id": coupon_id}


EFFECTS = (
    Effect("commerce.give_coupon", Text(zh="发放优惠券", en="Give a coupon"), CouponParams, _give_coupon),
)


def _cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        row.id: SubjectCard(
            title=row.no, subtitle=f"{row.customer_name} ¥{row.total}", link=f"/console/orders?open={row.id}"
        )
        for row in queries.orders_by_id(ids)
    }


def _visible(actor: Actor, ids: Sequence[int]) -> set[int]:
    return queries.visible_ids(actor=actor, ids=ids)


SUBJECTS = (
    Subject(
        kind="shop_order",
        text=Text(zh="订单", en="Shop order"),
        link="/console/orders?open={id}",
        cards=_cards,
        visible=_visible,
        units=lambda actor: org.visible_units(actor=actor, permission=READ_ORDERS),
        read=READ_ORDERS,
    ),
)
