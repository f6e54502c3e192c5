"""Writes of settlement: one verb, one file."""

from shuniu.settlement.actions.check import check_day
from shuniu.settlement.actions.collect import collect_inputs
from shuniu.settlement.actions.confirm import confirm, confirm_due, confirm_many, release_due
from shuniu.settlement.actions.expect import expect
from shuniu.settlement.actions.funds import spend_fund
from shuniu.settlement.actions.history import load_completed_orders, load_history
from shuniu.settlement.actions.payouts import (
    Outcome,
    Result,
    approve_batch,
    create_batch,
    record_results,
    reject_batch,
)
from shuniu.settlement.actions.periods import approve_close, reject_close, request_close
from shuniu.settlement.actions.plans import publish_plan, publish_shipped
from shuniu.settlement.actions.record import record_input, record_inputs, record_measured, record_sales
from shuniu.settlement.actions.runs import (
    cancel_run,
    retry_failed,
    start_recalculation,
    start_run,
    start_waiting,
    work_run,
)

__all__ = [
    "Outcome",
    "Result",
    "approve_batch",
    "approve_close",
    "cancel_run",
    "check_day",
    "collect_inputs",
    "confirm",
    "confirm_due",
    "confirm_many",
    "create_batch",
    "expect",
    "load_completed_orders",
    "load_history",
    "publish_plan",
    "publish_shipped",
    "record_input",
    "record_inputs",
    "record_measured",
    "record_results",
    "record_sales",
    "reject_batch",
    "reject_close",
    "release_due",
    "request_close",
    "retry_failed",
    "spend_fund",
    "start_recalculation",
    "start_run",
    "start_waiting",
    "work_run",
]
