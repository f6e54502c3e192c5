"""What settlement plugs into the hub."""

from shuniu.foundation.hub import EventType
from shuniu.foundation.text import Text

MONEY = {"amount_fen": "number", "staff_ids": "ids"}

EVENTS = (
    EventType(
        "earning.posted",
        subject="work_order",
        text=Text(zh="收益入账", en="Earning posted"),
        data={**MONEY, "input_id": "id"},
    ),
    EventType(
        "earning.confirmed",
        subject="work_order",
        text=Text(zh="收益已确认", en="Earning confirmed"),
        data=MONEY,
    ),
    EventType(
        "earning.withdrawable",
        subject="work_order",
        text=Text(zh="收益可提现", en="Earning withdrawable"),
        data=MONEY,
    ),
    EventType(
        "settlement.plan_published",
        subject="settlement_plan",
        text=Text(zh="结算方案已发布", en="Settlement plan published"),
        data={"version_id": "id", "number": "number"},
    ),
)
