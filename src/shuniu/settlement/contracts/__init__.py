"""What others may know of settlement: inputs to record, earnings and their explanations, payouts, refusals."""

from shuniu.settlement.contracts.earnings import (
    DayFigures,
    EarningRow,
    Explanation,
    ExplanationFact,
    ExplanationNode,
    ExplanationSource,
    IncomeLine,
    Preview,
    StateTotals,
    WorkerEarnings,
)
from shuniu.settlement.contracts.errors import (
    BatchDecided,
    FourEyes,
    InputReused,
    NothingToPay,
    PayoutSettled,
    PlanRefused,
    UnknownParty,
)
from shuniu.settlement.contracts.inputs import NewInput, PastWork, Recorded
from shuniu.settlement.contracts.payouts import (
    BATCH_TEXT,
    PAYOUT_TEXT,
    AttemptRow,
    BatchRow,
    BatchStatus,
    PayoutRow,
    PayoutStatus,
    Withdrawable,
)
from shuniu.settlement.contracts.plans import PlanProblem, PlanRow, PlanVersionRow
from shuniu.settlement.contracts.states import STATE_TEXT, State

__all__ = [
    "BATCH_TEXT",
    "PAYOUT_TEXT",
    "STATE_TEXT",
    "AttemptRow",
    "BatchDecided",
    "BatchRow",
    "BatchStatus",
    "DayFigures",
    "EarningRow",
    "Explanation",
    "ExplanationFact",
    "ExplanationNode",
    "ExplanationSource",
    "FourEyes",
    "IncomeLine",
    "InputReused",
    "NewInput",
    "NothingToPay",
    "PastWork",
    "PayoutRow",
    "PayoutSettled",
    "PayoutStatus",
    "PlanProblem",
    "PlanRefused",
    "PlanRow",
    "PlanVersionRow",
    "Preview",
    "Recorded",
    "State",
    "StateTotals",
    "UnknownParty",
    "Withdrawable",
    "WorkerEarnings",
]
