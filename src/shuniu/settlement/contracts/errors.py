"""Refusals of settlement."""

from shuniu.foundation.errors import Conflict, DomainError, Forbidden, Invalid


class InputReused(Conflict):
    code = "settlement.input_reused"
    zh = "计量编号 {key} 已用于其他内容"
    en = "The input key {key} was already used for other content."


class UnknownParty(Invalid):
    code = "settlement.no_party"
    zh = "没有可结算的收益人"
    en = "Nobody is named who could earn."


class PlanRefused(Invalid):
    code = "settlement.plan_refused"
    zh = "结算方案有误：{reason}"
    en = "The plan cannot be used: {reason}"


class NothingToPay(DomainError):
    code = "settlement.nothing_to_pay"
    status = 422
    zh = "所选人员没有可提现的金额"
    en = "Nobody selected has anything to withdraw."


class BatchDecided(Conflict):
    code = "settlement.batch_decided"
    zh = "该批次已处理，不能重复操作"
    en = "This batch has already been decided."


class FourEyes(Forbidden):
    code = "settlement.four_eyes"
    zh = "创建人不能审批自己的打款批次"
    en = "Whoever created a batch may not approve it."


class PayoutSettled(Conflict):
    code = "settlement.payout_settled"
    zh = "打款单 {bill_no} 已有最终结果"
    en = "Payout {bill_no} already has its final result."
