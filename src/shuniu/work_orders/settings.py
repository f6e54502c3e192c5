"""Settings of work orders that units may vary."""

from decimal import Decimal

from shuniu.foundation.text import Text
from shuniu.org.contracts import Bounds, NoticeKind, Setting, SettingType

_GROUP = Text(zh="工单", en="Work orders")

OFFER_ANSWER_MINUTES = Setting(
    key="work_orders.offer_answer_minutes",
    text=Text(zh="接单时限", en="Time to answer an offer"),
    type=SettingType.INTEGER,
    default=30,
    group=_GROUP,
    help=Text(
        zh="师傅在这么多个工作分钟内没有回应，就派给下一位并提醒店长",
        en="Without an answer in these working minutes the next field worker is offered the order and the store is told.",
    ),
    bounds=Bounds(minimum=Decimal(5), maximum=Decimal(480)),
    unit_of_measure=Text(zh="工作分钟", en="working minutes"),
)
VISIT_HOURS = Setting(
    key="work_orders.visit_hours",
    text=Text(zh="上门完工时限", en="Time to complete a visit"),
    type=SettingType.INTEGER,
    default=8,
    group=_GROUP,
    help=Text(zh="从接单到完工的工作小时", en="Working hours from accepting to completing."),
    bounds=Bounds(minimum=Decimal(1), maximum=Decimal(80)),
    unit_of_measure=Text(zh="工作小时", en="working hours"),
)
AUTO_CONFIRM_HOURS = Setting(
    key="work_orders.auto_confirm_hours",
    text=Text(zh="自动确认", en="Automatic confirmation"),
    type=SettingType.INTEGER,
    default=72,
    group=_GROUP,
    help=Text(
        zh="完工后客户在这么多小时内没有确认，视为确认",
        en="When the customer has not confirmed in these hours after completion, the order counts as confirmed.",
    ),
    bounds=Bounds(minimum=Decimal(1), maximum=Decimal(720)),
    unit_of_measure=Text(zh="小时", en="hours"),
)
HOT_WEATHER = Setting(
    key="work_orders.hot_weather",
    text=Text(zh="高温天气", en="Hot weather"),
    type=SettingType.BOOLEAN,
    default=False,
    group=_GROUP,
    help=Text(
        zh="开启期间新建的上门工单记为高温作业，按结算方案给高温补贴",
        en="Orders on site made while this is on count as work in hot weather, as the settlement plan pays it.",
    ),
)

SETTINGS = (OFFER_ANSWER_MINUTES, VISIT_HOURS, AUTO_CONFIRM_HOURS, HOT_WEATHER)

NOTICE_KINDS = (
    NoticeKind("work_order.offer", Text(zh="新派单", en="New offers")),
    NoticeKind("work_order.urge", Text(zh="催办", en="Urged")),
    NoticeKind("work_order.confirmed", Text(zh="客户已确认", en="Customer confirmed")),
    NoticeKind("work_order.rated", Text(zh="客户评价", en="Customer rated")),
)
