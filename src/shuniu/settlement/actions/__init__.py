"""Writes of settlement: one verb, one file."""

from shuniu.settlement.actions.confirm import confirm, confirm_due, confirm_many, release_due
from shuniu.settlement.actions.plans import publish_plan
from shuniu.settlement.actions.record import record_input, record_inputs

__all__ = [
    "confirm",
    "confirm_due",
    "confirm_many",
    "publish_plan",
    "record_input",
    "record_inputs",
    "release_due",
]
