"""What settlement records in the audit log."""

from shuniu.foundation.audit.words import Deeds
from shuniu.foundation.text import Text

DEEDS = Deeds(
    actions={
        "settlement.publish_plan": Text("发布结算方案", "Settlement plan published"),
        "settlement.confirm": Text("确认收益", "Earnings confirmed"),
        "settlement.create_batch": Text("创建打款批次", "Payout batch created"),
        "settlement.approve_batch": Text("通过打款批次", "Payout batch approved"),
        "settlement.reject_batch": Text("驳回打款批次", "Payout batch rejected"),
        "settlement.bank_file": Text("下载银行付款文件", "Bank file downloaded"),
        "settlement.period_close_requested": Text("申请关账", "Close of a period asked for"),
        "settlement.period_closed": Text("关账", "Period closed"),
        "settlement.period_close_rejected": Text("驳回关账", "Close of a period rejected"),
        "settlement.start_run": Text("开始结算运行", "Settlement run started"),
        "settlement.retry_run": Text("重试结算运行", "Settlement run tried again"),
        "settlement.cancel_run": Text("取消结算运行", "Settlement run cancelled"),
        "settlement.spend_fund": Text("登记推广支出", "Promotion fund spent"),
        "settlement.record_result": Text("登记打款结果", "Payout result recorded"),
    },
    things={"settlement_run": Text("结算运行", "Settlement run")},
    fields={
        "hash": Text("指纹", "Fingerprint"),
        "level": Text("等级", "Level"),
        "effective_from": Text("生效", "In force from"),
        "effective_to": Text("失效", "In force until"),
        "plan_id": Text("方案编号", "Plan no."),
        "payouts": Text("打款笔数", "Payouts"),
        "total": Text("合计", "Total"),
        "earned": Text("收益", "Earned"),
        "adjusted": Text("调整", "Adjusted"),
        "how": Text("方式", "How"),
    },
)
