"""Tables of settlement.

`settlement_input` and `settlement_earning` grow with the population: their first key column is the one they would
be distributed by, nothing points at them by foreign key, and they point at nothing. Their keys are composite in
the database (migration SQL); Django sees the `id` alone.
"""

from shuniu.settlement.models.earnings import Bucket, Earning, Group, Input, Period
from shuniu.settlement.models.payouts import Payout, PayoutAttempt, PayoutBatch
from shuniu.settlement.models.plans import Plan, PlanVersion
from shuniu.settlement.models.runs import Check, Expectation, Run, RunPart, Waiting
from shuniu.settlement.models.ways import Confirmation, FundSpending, Maturity

__all__ = [
    "Bucket",
    "Check",
    "Confirmation",
    "Earning",
    "Expectation",
    "FundSpending",
    "Group",
    "Input",
    "Maturity",
    "Payout",
    "PayoutAttempt",
    "PayoutBatch",
    "Period",
    "Plan",
    "PlanVersion",
    "Run",
    "RunPart",
    "Waiting",
]
