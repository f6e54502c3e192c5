"""Who may see what somebody earned, publish plans, and move money out."""

from shuniu.foundation.access import Permission
from shuniu.foundation.text import Text

READ = Permission("settlement.read", Text(zh="查看收益", en="See earnings"))
PLAN_READ = Permission("settlement.plan_read", Text(zh="查看结算方案", en="See settlement plans"))
PLAN_PUBLISH = Permission(
    "settlement.plan_publish", Text(zh="发布结算方案", en="Publish settlement plans"), sensitive=True
)
CONFIRM = Permission("settlement.confirm", Text(zh="确认收益", en="Confirm earnings"), sensitive=True)
PAYOUT_READ = Permission("settlement.payout_read", Text(zh="查看打款", en="See payouts"))
PAYOUT_CREATE = Permission(
    "settlement.payout_create", Text(zh="创建打款批次", en="Create payout batches"), sensitive=True
)
PAYOUT_APPROVE = Permission(
    "settlement.payout_approve", Text(zh="审批打款批次", en="Approve payout batches"), sensitive=True
)
PAYOUT_RECORD = Permission(
    "settlement.payout_record", Text(zh="登记打款结果", en="Record payout results"), sensitive=True
)

RUN_READ = Permission("settlement.run_read", Text(zh="查看结算运行", en="See settlement runs"))
RUN = Permission("settlement.run", Text(zh="运行与重新计算结算", en="Run and recalculate"), sensitive=True)
RECORD = Permission(
    "settlement.record", Text(zh="登记计量与更正", en="Record inputs and corrections"), sensitive=True
)
PERIOD_READ = Permission("settlement.period_read", Text(zh="查看账期", en="See settlement periods"))
PERIOD_CLOSE = Permission(
    "settlement.period_close", Text(zh="申请关账", en="Ask for a close"), sensitive=True
)
PERIOD_LOCK = Permission(
    "settlement.period_lock", Text(zh="审批关账并锁定", en="Approve a close and lock"), sensitive=True
)
FUND_READ = Permission("settlement.fund_read", Text(zh="查看推广基金", en="See promotion funds"))
FUND_SPEND = Permission(
    "settlement.fund_spend", Text(zh="登记推广支出", en="Spend promotion funds"), sensitive=True
)

PERMISSIONS = (
    READ,
    PLAN_READ,
    PLAN_PUBLISH,
    CONFIRM,
    PAYOUT_READ,
    PAYOUT_CREATE,
    PAYOUT_APPROVE,
    PAYOUT_RECORD,
    RUN_READ,
    RUN,
    RECORD,
    PERIOD_READ,
    PERIOD_CLOSE,
    PERIOD_LOCK,
    FUND_READ,
    FUND_SPEND,
)
