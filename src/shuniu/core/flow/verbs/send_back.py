"""Return 退回 to an earlier node; withdraw 撤回 one's own answer."""

from shuniu.core.flow.commands import PastStep, Return, Withdraw
from shuniu.core.flow.document import StartNode
from shuniu.core.flow.effects import StepClosed, StepEnd, WorkEnd
from shuniu.core.flow.errors import ActedSince, NotAllowed, NotAsked, NotOnPath
from shuniu.core.flow.kinds import returning, seats
from shuniu.core.flow.people import Act
from shuniu.core.flow.state import SYSTEM, OpenStep, Party, RunStatus
from shuniu.core.flow.walk import Walk


def send_back(walk: Walk, command: Return) -> None:
    here = walk.step(command.visit)
    party = Party.of(command.party)
    if party != SYSTEM:
        node = seats.asking(walk, here)
        if Act.RETURN not in node.acts or (node.returns_to and command.to not in node.returns_to):
            raise NotAllowed
        seats.holder(here, party)
    back = returning.Back(
        command.to, party, command.reason, command.then == "back", command.past, command.done
    )
    returning.go_back(walk, here, back)


def withdraw(walk: Walk, command: Withdraw) -> None:
    party = Party.of(command.party)
    mine = next((past for past in command.past if past.visit == command.visit), None)
    moved = [one for one in walk.open.values() if one.after is not None and one.after.visit == command.visit]
    if not moved:
        raise ActedSince
    if any(one.after is None or one.after.party != party for one in moved):
        raise NotAsked
    _nobody_acted(walk, command, mine, moved)
    if mine is not None and mine.node not in walk.document.by_id:
        raise NotOnPath
    if mine is None or isinstance(walk.document.by_id[mine.node], StartNode):
        _withdraw_run(walk, command, moved, party)
        return
    here = min(moved, key=lambda one: one.visit)
    back = returning.Back(
        mine.node,
        party,
        command.reason,
        past=command.past,
        done=command.done,
        parties=(party,),
        visit=mine.visit,
        level=here.after.level if here.after else 0,
    )
    returning.go_back(walk, here, back)


def _nobody_acted(walk: Walk, command: Withdraw, mine: PastStep | None, moved: list[OpenStep]) -> None:
    node = mine.node if mine else walk.document.start.id
    descend = [one for one in walk.open.values() if one.via.get(node, 0) >= command.visit]
    since = [past for past in command.past if past.via.get(node, 0) >= command.visit]
    if (
        len(descend) != len(moved)
        or any(one.votes or one.claimed or one.added or one.leaving for one in moved)
        or any(past.party not in (None, "system") for past in since if past.visit != command.visit)
    ):
        raise ActedSince


def _withdraw_run(walk: Walk, command: Withdraw, moved: list[OpenStep], party: Party) -> None:
    """The starter takes the whole run back."""
    if command.visit != 1 or walk.starter != party:
        raise NotAllowed
    answers = {"reason": command.reason}
    for here in sorted(moved, key=lambda one: one.visit):
        walk.let_go(here, WorkEnd.CANCELLED)
        walk.effects.append(StepClosed(here.visit, here.node, StepEnd.CANCELLED, None, party, answers))
        del walk.open[here.visit]
    walk.result = "withdrawn"
    walk.end(RunStatus.CANCELLED)
