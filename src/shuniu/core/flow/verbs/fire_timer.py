"""A rung of a limit has come 到时: reminder, escalation, timeout, or the end of a wait."""

from typing import Any

from shuniu.core.flow.approvals import APPROVED
from shuniu.core.flow.commands import FireTimer
from shuniu.core.flow.document import (
    ApprovalNode,
    Deadline,
    Edge,
    EffectCall,
    LeavingNode,
    On,
    Reminder,
    WaitNode,
)
from shuniu.core.flow.effects import PeopleWanted, TimerFired
from shuniu.core.flow.errors import NoWayOut, StepNotOpen
from shuniu.core.flow.kinds import deciding, limits, waits
from shuniu.core.flow.state import SYSTEM, OpenStep
from shuniu.core.flow.walk import Arrival, Walk


def apply(walk: Walk, command: FireTimer) -> None:
    if command.visit == limits.RUN:
        _of_run(walk, command.rung)
        return
    here = walk.step(command.visit)
    if command.rung in here.fired:
        raise StepNotOpen
    walk.effects.append(TimerFired(here.visit, command.rung))
    here = walk.put(here.but(fired=(*here.fired, command.rung)))
    if command.rung.startswith(waits.PREFIX):
        if isinstance(walk.node(here), WaitNode):
            walk.close(here, outcome=command.rung.removeprefix(waits.PREFIX))
        return
    deadline = limits.deadline_of(walk, here)
    if deadline is not None:
        here = _rung(walk, here, deadline, command.rung)
        if command.rung == limits.DUE:
            _time_out(walk, here, deadline)


def _of_run(walk: Walk, rung: str) -> None:
    """The limit of the whole run speaks through its oldest open step."""
    deadline = walk.document.deadline
    here = min(walk.open.values(), key=lambda one: one.visit, default=None)
    if deadline is None or here is None or rung in walk.fired:
        raise StepNotOpen
    walk.effects.append(TimerFired(limits.RUN, rung))
    walk.fired = (*walk.fired, rung)
    _rung(walk, here, deadline, rung)


def _rung(walk: Walk, here: OpenStep, deadline: Deadline, rung: str) -> OpenStep:
    """A reminder, or the escalations of this rung."""
    for reminder in deadline.reminders:
        if limits.before(reminder.before) == rung:
            return _remind(walk, here, reminder)
    for one in deadline.escalated:
        if limits.after(one.after) != rung:
            continue
        if one.to is not None:
            words = one.text.model_dump() if one.text else None
            here = walk.notice(here, one.to.model_dump(), "overdue", text=words)
            if one.hand_over:
                walk.effects.append(PeopleWanted(here.visit, one.to))
        if one.call is not None:
            here = _cause(walk, here, one.call)
    return here


def _remind(walk: Walk, here: OpenStep, reminder: Reminder) -> OpenStep:
    if reminder.call is not None:
        return _cause(walk, here, reminder.call)
    to: dict[str, Any] = reminder.to.model_dump() if reminder.to else {"by": "asked"}
    return walk.notice(here, to, "reminder", text=reminder.text.model_dump() if reminder.text else None)


def _cause(walk: Walk, here: OpenStep, call: EffectCall) -> OpenStep:
    computed = {name: walk.value(text) for name, text in call.inputs.items()}
    return walk.call(here, call.effect, {**call.params, **computed})


def _time_out(walk: Walk, here: OpenStep, deadline: Deadline) -> None:
    """The outcome the limit names, or the edge it takes."""
    node = walk.node(here)
    way = walk.document.way_on(node.id, On.TIMEOUT)
    if deadline.timeout is not None and isinstance(node, ApprovalNode):
        if deadline.timeout == APPROVED:
            deciding.level_passed(walk, here, node, SYSTEM, {})
        else:
            deciding.level_rejected(walk, here, node, SYSTEM, {}, (), ())
    elif deadline.timeout is not None and isinstance(node, LeavingNode):
        walk.close(here, outcome=deadline.timeout, party=SYSTEM)
    elif deadline.timeout is not None:
        raise NoWayOut(node.id)
    elif way is not None:
        _take(walk, here, way)


def _take(walk: Walk, here: OpenStep, way: Edge) -> None:
    if way.beside:
        walk.arrivals.append(Arrival(way.target, here.via, here.visit, way.id, here.after))
    else:
        walk.close(here, party=SYSTEM, ways=(way,))
