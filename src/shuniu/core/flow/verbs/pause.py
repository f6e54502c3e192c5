"""Hold 等客户 and unhold; suspend 挂起 and resume: limits stand still and run on."""

from shuniu.core.flow.commands import Hold, Resume, Suspend, Unhold
from shuniu.core.flow.document import asks_customer
from shuniu.core.flow.effects import RunResumed, RunSuspended, StepChanged, TimersPaused, TimersResumed
from shuniu.core.flow.errors import NotAllowed
from shuniu.core.flow.kinds import limits, seats
from shuniu.core.flow.people import Act
from shuniu.core.flow.state import OpenStep, Party, RunStatus
from shuniu.core.flow.walk import Walk


def hold(walk: Walk, command: Hold | Unhold) -> None:
    here = walk.step(command.visit)
    holding = isinstance(command, Hold)
    if Act.HOLD not in seats.asking(walk, here).acts or here.held is holding:
        raise NotAllowed
    party = Party.of(command.party)
    seats.holder(here, party)
    reason = {"reason": command.reason} if isinstance(command, Hold) else {}
    walk.put(here.but(held=holding))
    walk.effects.append(StepChanged(here.visit, "held" if holding else "unheld", party, reason))


def suspend(walk: Walk, command: Suspend) -> None:
    walk.status = RunStatus.SUSPENDED
    walk.effects.append(RunSuspended(command.reason))


def resume(walk: Walk, _command: Resume) -> None:
    if walk.status is not RunStatus.SUSPENDED:
        raise NotAllowed
    walk.status = RunStatus.RUNNING
    walk.effects.append(RunResumed())


def settle(walk: Walk) -> bool:
    """After every command: let ledgers stand still or run on; whether the run's own stands still."""
    for here in list(walk.open.values()):
        still = _still(walk, here)
        if still is not here.paused:
            walk.effects.append(TimersPaused(here.visit) if still else TimersResumed(here.visit))
            walk.put(here.but(paused=still))
    limit = walk.document.deadline
    still = walk.status is RunStatus.SUSPENDED or (
        limit is not None and limit.pauses_for_customer and _customer_asked(walk, None)
    )
    over = walk.status in {RunStatus.ENDED, RunStatus.CANCELLED}
    if limit is not None and not over and still is not walk.before.paused:
        walk.effects.append(TimersPaused(limits.RUN) if still else TimersResumed(limits.RUN))
    return still


def _still(walk: Walk, here: OpenStep) -> bool:
    if here.held or walk.status is RunStatus.SUSPENDED:
        return True
    limit = limits.deadline_of(walk, here)
    return limit is not None and limit.pauses_for_customer and _customer_asked(walk, here)


def _customer_asked(walk: Walk, but: OpenStep | None) -> bool:
    return any(asks_customer(walk.node(one)) for one in walk.open.values() if one is not but)
