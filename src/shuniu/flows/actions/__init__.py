"""What may be done with flows and their runs. Every change of a run is one command under an idempotency key."""

from shuniu.flows.actions.assign import assign, reassign
from shuniu.flows.actions.cancel import cancel
from shuniu.flows.actions.complete import answer_step, complete
from shuniu.flows.actions.deliver import deliver
from shuniu.flows.actions.deputies import deputise, end_deputy
from shuniu.flows.actions.effects import retry_effect, run_pending, skip_effect
from shuniu.flows.actions.holding import (
    add_sign,
    approve,
    claim,
    delegate,
    hold,
    reject,
    release,
    send_back,
    transfer,
    unhold,
)
from shuniu.flows.actions.load_history import load_history
from shuniu.flows.actions.looking_on import copy, urge, withdraw
from shuniu.flows.actions.migrate import migrate_run, migrate_runs
from shuniu.flows.actions.publish import publish
from shuniu.flows.actions.start import start
from shuniu.flows.actions.start_many import NewRun, start_many
from shuniu.flows.actions.steering import (
    add_child,
    cancel_child,
    cancel_step,
    finish_children,
    resume,
    retry,
    skip,
    stop,
    suspend,
)
from shuniu.flows.actions.timers import fire_due

__all__ = [
    "NewRun",
    "add_child",
    "add_sign",
    "answer_step",
    "approve",
    "assign",
    "cancel",
    "cancel_child",
    "cancel_step",
    "claim",
    "complete",
    "copy",
    "delegate",
    "deliver",
    "deputise",
    "end_deputy",
    "finish_children",
    "fire_due",
    "hold",
    "load_history",
    "migrate_run",
    "migrate_runs",
    "publish",
    "reassign",
    "reject",
    "release",
    "resume",
    "retry",
    "retry_effect",
    "run_pending",
    "send_back",
    "skip",
    "skip_effect",
    "start",
    "start_many",
    "stop",
    "suspend",
    "transfer",
    "unhold",
    "urge",
    "withdraw",
]
