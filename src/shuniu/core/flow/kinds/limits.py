"""Arming the limit of a step, and finding it again when a rung comes."""

from shuniu.core.flow.document import ApprovalNode, Deadline
from shuniu.core.flow.effects import TimerArmed
from shuniu.core.flow.state import OpenStep
from shuniu.core.flow.walk import Walk

DUE = "due"
RUN = 0
"""The step number under which the limit of the whole run is kept."""


def before(minutes: int) -> str:
    """The name of a reminder's rung; the limit itself is `due`."""
    return f"before_{minutes}"


def after(minutes: int) -> str:
    """The name of an escalation's rung; one without delay comes with `due`."""
    return f"after_{minutes}" if minutes else DUE


def deadline_of(walk: Walk, here: OpenStep) -> Deadline | None:
    """The limit of a step: of its level in an approval, of its node elsewhere."""
    node = walk.node(here)
    if isinstance(node, ApprovalNode):
        return node.levels[here.level].deadline or node.deadline
    return node.deadline


def arm(walk: Walk, visit: int, deadline: Deadline | None) -> None:
    """Arm every rung of a limit."""
    if deadline is None:
        return
    budget = (deadline.amount, deadline.unit, deadline.clock, deadline.setting)
    walk.effects.append(TimerArmed(visit, DUE, *budget))
    for reminder in deadline.reminders:
        walk.effects.append(TimerArmed(visit, before(reminder.before), *budget, reminder.before))
    for minutes in dict.fromkeys(one.after for one in deadline.escalated if one.after):
        walk.effects.append(TimerArmed(visit, after(minutes), *budget, 0, minutes))
