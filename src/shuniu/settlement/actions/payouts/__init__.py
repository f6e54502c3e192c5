"""Paying out: a batch is drawn up, decided, sent, and its results are recorded."""

from shuniu.settlement.actions.payouts.create import create_batch
from shuniu.settlement.actions.payouts.decide import approve_batch, reject_batch
from shuniu.settlement.actions.payouts.results import Outcome, Result, record_results

__all__ = ["Outcome", "Result", "approve_batch", "create_batch", "record_results", "reject_batch"]
