"""Settings that units may vary within the bounds set above them."""

from decimal import Decimal

from shuniu.foundation.text import Text
from shuniu.org.contracts import Bounds, NoticeKind, Setting, SettingType

GROUP = Text(zh="结算", en="Settlement")

HOLD_DAYS = Setting(
    key="settlement.hold_days",
    text=Text(zh="确认后多少天可提现", en="Days from confirmed to withdrawable"),
    type=SettingType.INTEGER,
    default=0,
    group=GROUP,
    bounds=Bounds(minimum=Decimal(0), maximum=Decimal(90)),
    unit_of_measure=Text(zh="天", en="days"),
)
CONFIRM_AFTER_HOURS = Setting(
    key="settlement.confirm_after_hours",
    text=Text(zh="客户未确认时，多少小时后自动确认", en="Hours after which silence counts as confirmed"),
    type=SettingType.INTEGER,
    default=72,
    group=GROUP,
    bounds=Bounds(minimum=Decimal(1), maximum=Decimal(720)),
    unit_of_measure=Text(zh="小时", en="hours"),
)
PAYOUT_DAYS = Setting(
    key="settlement.payout_days",
    text=Text(zh="可提现后预计多少天到账", en="Days from withdrawable to the bank account, as expected"),
    type=SettingType.INTEGER,
    default=1,
    group=GROUP,
    bounds=Bounds(minimum=Decimal(0), maximum=Decimal(60)),
    unit_of_measure=Text(zh="天", en="days"),
)
FOUR_EYES = Setting(
    key="settlement.four_eyes",
    text=Text(zh="打款批次须由他人审批", en="A payout batch is approved by somebody else"),
    type=SettingType.BOOLEAN,
    default=False,
    group=GROUP,
    varies=False,
)

PERIOD_FOUR_EYES = Setting(
    key="settlement.period_four_eyes",
    text=Text(zh="关账须由申请人以外的人审批", en="A close is approved by somebody else"),
    type=SettingType.BOOLEAN,
    default=True,
    group=GROUP,
    varies=False,
)

SETTINGS = (HOLD_DAYS, CONFIRM_AFTER_HOURS, PAYOUT_DAYS, FOUR_EYES, PERIOD_FOUR_EYES)

NOTICE_KINDS = (
    NoticeKind("payout.sent", Text(zh="打款已发出", en="Payout sent")),
    NoticeKind("payout.paid", Text(zh="打款已到账", en="Payout paid")),
    NoticeKind("payout.failed", Text(zh="打款失败", en="Payout failed")),
    NoticeKind("settlement.close_requested", Text(zh="关账待审批", en="A close awaits approval")),
    NoticeKind("settlement.run_failed", Text(zh="结算运行有异常", en="A settlement run has exceptions")),
    NoticeKind("settlement.check_failed", Text(zh="结算核对", en="Settlement check")),
)
