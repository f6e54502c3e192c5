"""What commerce plugs into the hub."""

from collections.abc import Sequence

from shuniu.commerce import queries
from shuniu.commerce.importers import IMPORTERS
from shuniu.commerce.permissions import READ_ORDERS
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import EventType, Fact, FactRelation, Subject, SubjectCard
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

FACTS = (
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

EFFECTS = ()


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
