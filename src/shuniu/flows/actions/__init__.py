"""What may be done with flows and their runs. Every change of a run is one command under an idempotency key."""

from shuniu.flows.actions.assign import assign
from shuniu.flows.actions.cancel import cancel
from shuniu.flows.actions.complete import answer_step, complete
from shuniu.flows.actions.effects import retry_effect, run_pending, skip_effect
from shuniu.flows.actions.load_history import load_history
from shuniu.flows.actions.publish import publish
from shuniu.flows.actions.start import start
from shuniu.flows.actions.timers import fire_due

__all__ = [
    "answer_step",
    "assign",
    "cancel",
    "complete",
    "fire_due",
    "load_history",
    "publish",
    "retry_effect",
    "run_pending",
    "skip_effect",
    "start",
]
