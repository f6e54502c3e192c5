"""The step function: `(document, state, command, now) → (state', effects)`. Pure; refusals raise FlowRefused.

A run moves until nothing can move: every token then stands at a node that waits for a person, the customer, an effect,
a moment, an event, a sub-flow or other lanes. What each command means is written in docs/flows.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shuniu.core.flow import commands as c
from shuniu.core.flow.commands import Command
from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.effects import Effect
from shuniu.core.flow.entering import enter
from shuniu.core.flow.errors import EndlessLoop, NotAllowed, RunIsOver, RunIsSuspended
from shuniu.core.flow.kinds import joins
from shuniu.core.flow.kinds.limits import DUE
from shuniu.core.flow.state import RunState, RunStatus
from shuniu.core.flow.verbs import (
    ask,
    assign,
    cancel,
    children,
    claim,
    complete,
    deliver,
    fire_timer,
    hand_on,
    mend,
    pause,
    send_back,
    start,
    tell,
    undo,
)
from shuniu.core.flow.walk import NOTICE, Walk

MOVES_MAX = 1000

_VERBS: Mapping[type, Callable[[Walk, Any], None]] = {
    c.Start: start.apply,
    c.Ask: ask.apply,
    c.Assign: assign.apply,
    c.Claim: claim.claim,
    c.Release: claim.release,
    c.Complete: complete.complete,
    c.Approve: complete.approve,
    c.Reject: complete.reject,
    c.Return: send_back.send_back,
    c.Withdraw: send_back.withdraw,
    c.Transfer: hand_on.transfer,
    c.Delegate: hand_on.delegate,
    c.AddSign: hand_on.add_sign,
    c.Copy: tell.copy,
    c.Urge: tell.urge,
    c.Hold: pause.hold,
    c.Unhold: pause.hold,
    c.Suspend: pause.suspend,
    c.Resume: pause.resume,
    c.Cancel: cancel.apply,
    c.Fail: mend.fail,
    c.Retry: mend.retry,
    c.Skip: mend.skip,
    c.Deliver: deliver.apply,
    c.FireTimer: fire_timer.apply,
    c.ChildEnded: children.ended,
    c.AddChild: children.add,
    c.CancelChild: children.cancel,
    c.FinishChildren: children.finish,
    c.Undo: undo.apply,
}
_WHILE_SUSPENDED = (c.Resume, c.Cancel)


@dataclass(frozen=True, slots=True)
class Moved:
    state: RunState
    effects: tuple[Effect, ...]


def step(document: FlowDocument, state: RunState, command: Command, now: datetime) -> Moved:
    """Apply one command."""
    if not isinstance(command, c.Start):
        if state.status is RunStatus.SUSPENDED and not isinstance(command, _WHILE_SUSPENDED):
            raise RunIsSuspended
        if state.status not in {RunStatus.RUNNING, RunStatus.SUSPENDED}:
            raise RunIsOver
    verb = _VERBS.get(type(command))
    if verb is None:
        raise NotAllowed
    walk = Walk.of(document, state, now)
    walk.observed = command.observed
    walk.by_person = _by_person(command)
    verb(walk, command)
    return run(walk)


def run(walk: Walk) -> Moved:
    """Move every token as far as it goes."""
    moves = 0
    while walk.status is RunStatus.RUNNING:
        moves += 1
        if moves > MOVES_MAX:
            raise EndlessLoop
        if walk.arrivals:
            enter(walk, walk.arrivals.popleft())
        elif not joins.settle(walk):
            break
    if walk.status is RunStatus.RUNNING and not walk.open:
        walk.end(RunStatus.ENDED)
    return Moved(_state(walk), tuple(walk.effects))


def _state(walk: Walk) -> RunState:
    paused = pause.settle(walk)
    return RunState(
        status=walk.status,
        visits_made=walk.visits,
        facts=walk.facts,
        steps=tuple(walk.open[visit] for visit in sorted(walk.open)),
        kept=tuple(walk.kept),
        starter=walk.starter,
        paused=paused,
        fired=walk.fired,
        result=walk.result,
    )


def _by_person(command: Command) -> bool:
    asked_by = command.starter if isinstance(command, c.Start) else getattr(command, "party", None)
    return asked_by is not None and asked_by != "system"


__all__ = ["DUE", "MOVES_MAX", "NOTICE", "Moved", "run", "step"]
