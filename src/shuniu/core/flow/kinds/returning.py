"""Going back 退回: which tokens are cancelled, which arrivals stand again, where the token begins anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shuniu.core.flow.commands import DoneAction, PastStep
from shuniu.core.flow.document import JoinNode
from shuniu.core.flow.effects import StepClosed, StepEnd, StepOpened, WorkEnd
from shuniu.core.flow.errors import NotAllowed, NotOnPath
from shuniu.core.flow.state import Handled, OpenStep, Party
from shuniu.core.flow.walk import Arrival, Walk


@dataclass(frozen=True, slots=True)
class Back:
    """Where to and why. `parties`: asked there instead of whom the node's rule finds."""

    to: str
    party: Party | None
    reason: str = ""
    back: bool = False
    past: tuple[PastStep, ...] = ()
    done: tuple[DoneAction, ...] = ()
    parties: tuple[Party, ...] = ()
    visit: int | None = None
    """The visit to go back to, where it is not the latest on the path: an earlier level of the same approval."""
    level: int = 0
    outcome: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


def go_back(walk: Walk, here: OpenStep, back: Back) -> None:
    """Cancel every token that descends from the visit returned to, and begin there anew."""
    target = back.visit or here.via.get(back.to)
    if target is None or target == here.visit or back.to not in walk.document.by_id:
        raise NotOnPath
    doomed = [one for one in walk.open.values() if one.via.get(back.to, 0) >= target]
    if back.back and len(doomed) > 1:
        raise NotAllowed
    path = next((dict(past.via) for past in back.past if past.visit == target), None)
    if path is None:
        path = {node: visit for node, visit in here.via.items() if visit < target}
    path = {node: visit for node, visit in path.items() if node in walk.document.by_id and node != back.to}
    for one in sorted(doomed, key=lambda step: step.visit):
        if one.visit == here.visit:
            _leave(walk, one, back)
        else:
            walk.drop(one)
    _restore(walk, back, target)
    node = walk.document.by_id[back.to]
    walk.arrivals.append(
        Arrival(
            back.to,
            path,
            here.visit,
            next((past.edge for past in back.past if past.visit == target), ""),
            after=Handled(here.visit, back.party) if back.party else None,
            back_to=here.node if back.back else None,
            level=back.level,
            returned_from=here.visit,
            parties=back.parties,
            done=tuple(one for one in back.done if one.visit >= target),
            straight=isinstance(node, JoinNode),
        )
    )


def handled(here: OpenStep, party: Party | None) -> OpenStep:
    """The step as the origin of the next, remembering who answered it."""
    return (
        here
        if party is None or party.kind == "system"
        else here.but(after=Handled(here.visit, party, here.level))
    )


def _leave(walk: Walk, here: OpenStep, back: Back) -> None:
    mine = tuple(work for work in here.works if work.party == back.party)[:1]
    here = walk.close_works(here, mine, WorkEnd.DONE, outcome=back.outcome, how="return", comment=back.reason)
    here = walk.let_go(here, WorkEnd.CANCELLED)
    answers = {**back.answers, "reason": back.reason} if back.reason else back.answers
    walk.effects.append(
        StepClosed(here.visit, here.node, StepEnd.RETURNED, back.outcome, back.party, answers)
    )
    del walk.open[here.visit]


def _restore(walk: Walk, back: Back, target: int) -> None:
    """Arrivals that a join let through since, on lanes that do not descend from the visit, stand again."""
    rounds: dict[int, list[PastStep]] = {}
    for past in back.past:
        if past.joined is not None:
            rounds.setdefault(past.joined, []).append(past)
    for lanes in rounds.values():
        if not any(lane.via.get(back.to, 0) >= target for lane in lanes):
            continue
        for lane in sorted(lanes, key=lambda one: one.visit):
            if lane.via.get(back.to, 0) < target and lane.node in walk.document.by_id:
                walk.visits += 1
                via = {**lane.via, lane.node: walk.visits}
                step = walk.put(OpenStep(walk.visits, lane.node, lane.visit, via, edge=lane.edge))
                walk.effects.append(StepOpened(step.visit, lane.node, "join", lane.visit, via, lane.edge))
