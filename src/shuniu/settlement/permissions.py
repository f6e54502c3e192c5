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

PERMISSIONS = (
    READ,
    PLAN_READ,
    PLAN_PUBLISH,
    CONFIRM,
    PAYOUT_READ,
    PAYOUT_CREATE,
    PAYOUT_APPROVE,
    PAYOUT_RECORD,
)
