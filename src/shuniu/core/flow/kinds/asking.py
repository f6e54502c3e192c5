"""Tasks, surveys, approvals, and a start that was returned to: somebody is asked, and the step stays open."""

from shuniu.core.flow.approvals import APPROVED
from shuniu.core.flow.document import (
    ApprovalNode,
    Node,
    StartNode,
    SurveyNode,
    TaskNode,
    asks_customer,
    asks_system,
)
from shuniu.core.flow.effects import PeopleWanted
from shuniu.core.flow.kinds import limits, seats
from shuniu.core.flow.people import People
from shuniu.core.flow.state import CUSTOMER, SYSTEM, OpenStep
from shuniu.core.flow.walk import Arrival, Walk


def task(walk: Walk, here: OpenStep, node: TaskNode | SurveyNode, arrival: Arrival) -> None:
    system = asks_system(node)
    if system is not None:
        here = walk.ask(here, SYSTEM)
        here = walk.call(here, system.effect, system.params, awaited=True)
    elif asks_customer(node):
        here = seats.seat(walk, here, (CUSTOMER,), {})
    elif arrival.parties:
        here = seats.seat(walk, here, arrival.parties, {})
    else:
        walk.effects.append(PeopleWanted(here.visit, node.people))
    limits.arm(walk, here.visit, node.deadline)


def approval(walk: Walk, here: OpenStep, node: ApprovalNode, arrival: Arrival) -> None:
    """The first level that applies; passed at once when none does."""
    level = next_level(walk, node, here.level)
    if level is None:
        walk.close(here, outcome=APPROVED)
        return
    here = walk.put(here.but(level=level))
    if arrival.parties:
        seats.seat(walk, here, arrival.parties, {})
    else:
        walk.effects.append(PeopleWanted(here.visit, node.levels[level].people))
    limits.arm(walk, here.visit, limits.deadline_of(walk, here))


def start(walk: Walk, here: OpenStep, node: StartNode, arrival: Arrival) -> None:
    """Goes on; after a return, whoever started the run is asked to mend what they handed in."""
    if arrival.returned_from is not None and walk.starter is not None:
        here = seats.seat(walk, here, (walk.starter,), {})
        limits.arm(walk, here.visit, node.deadline)
        return
    walk.close(here)


def next_level(walk: Walk, node: ApprovalNode, level: int) -> int | None:
    """The first level from `level` on whose condition holds."""
    for number in range(level, len(node.levels)):
        when = node.levels[number].when
        if when is None or walk.holds(when):
            return number
    return None


def rule_of(walk: Walk, here: OpenStep) -> People | None:
    """The rule that finds the people of a step."""
    node: Node = walk.node(here)
    if isinstance(node, ApprovalNode):
        return node.levels[here.level].people
    return node.people if isinstance(node, TaskNode | SurveyNode) else None


def on_to_level(walk: Walk, here: OpenStep, level: int) -> None:
    """The token goes on to the next level of its approval."""
    walk.arrivals.append(
        Arrival(
            here.node, here.via, here.visit, here.edge, after=here.after, level=level, back_to=here.back_to
        )
    )
