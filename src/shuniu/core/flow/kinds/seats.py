"""Who is asked on a step, and who of them may speak now."""

from collections.abc import Mapping

from shuniu.core.flow.approvals import Level, Mode
from shuniu.core.flow.document import ApprovalNode, SurveyNode, TaskNode
from shuniu.core.flow.effects import WorkEnd
from shuniu.core.flow.errors import ClaimedByOther, NotAllowed, NotAsked, NotYourTurn
from shuniu.core.flow.people import Nobody, SamePerson
from shuniu.core.flow.state import SYSTEM, OpenStep, OpenWork, Party, PartyKind, WorkRole
from shuniu.core.flow.walk import Walk


def level_of(walk: Walk, here: OpenStep) -> Level | None:
    """The level of an approval a step stands at; None elsewhere."""
    node = walk.node(here)
    return node.levels[here.level] if isinstance(node, ApprovalNode) else None


def policies(walk: Walk, here: OpenStep) -> tuple[Nobody, SamePerson]:
    """What the node says of nobody found and of the same person twice."""
    node = walk.node(here)
    asking = level_of(walk, here) or (node if isinstance(node, TaskNode) else None)
    return (asking.nobody, asking.same_person) if asking else (Nobody.ADMINISTRATOR, SamePerson.ASK)


def seat(walk: Walk, here: OpenStep, parties: tuple[Party, ...], deputies: Mapping[Party, Party]) -> OpenStep:
    """These parties, and nobody else, hold the seats of the step. Those who stay keep their works."""
    asked = dict.fromkeys(parties)
    gone = tuple(work for work in here.works if work.party not in asked)
    here = walk.close_works(here, gone, WorkEnd.REPLACED)
    kept = {work.party: work.seat for work in here.works}
    in_turn = _in_turn(walk, here)
    voted = tuple(vote.seat for vote in here.votes if vote.base)
    base: tuple[int, ...] = voted
    fresh: list[Party] = []
    for party in asked:
        if party in kept:
            base = (*base, kept[party])
            continue
        waits = base[-1:] if in_turn else ()
        here = walk.ask(here, party, waits_for=waits)
        number = here.works_made
        base = (*base, number)
        fresh.append(party)
        if party in deputies and deputies[party] not in asked:
            here = walk.ask(here, deputies[party], role=WorkRole.DEPUTY, seat=number, waits_for=waits)
            fresh.append(deputies[party])
    here = walk.put(here.but(base=tuple(dict.fromkeys(base)), claimed=None))
    return tell(walk, here, tuple(party for party in fresh if speaks(here, _of(here, party))))


def tell(walk: Walk, here: OpenStep, parties: tuple[Party, ...]) -> OpenStep:
    """Notify members of staff that they are asked."""
    told = [party.id for party in parties if party.kind is PartyKind.STAFF]
    if not told or getattr(walk.node(here), "quiet", False):
        return here
    return walk.notice(here, {"by": "ids", "staff_ids": told}, "asked")


def tell_freed(walk: Walk, before: OpenStep, here: OpenStep) -> OpenStep:
    """Notify those whose turn has come since `before`."""
    was = {work.number for work in before.works if speaks(before, work)}
    return tell(walk, here, tuple(w.party for w in here.works if speaks(here, w) and w.number not in was))


def speaks(here: OpenStep, work: OpenWork) -> bool:
    """Whether a work may be answered now: not put aside, and those before it have answered."""
    if work.aside:
        return False
    voted = {vote.seat for vote in here.votes}
    return here.leaving is not None or all(before in voted for before in work.waits_for)


def work_of(here: OpenStep, party: Party, number: int | None) -> OpenWork | None:
    """The active work with which a party answers; None only for the house, which may answer for anybody."""
    mine = [work for work in here.works if work.party == party and number in (None, work.number)]
    if not mine:
        if party == SYSTEM:
            return None
        raise ClaimedByOther if here.claimed and number is None and _aside(here, party) else NotAsked
    work = next((one for one in mine if speaks(here, one)), None)
    if work is None:
        raise ClaimedByOther if mine[0].aside and here.claimed not in (None, party) else NotYourTurn
    return work


def holder(here: OpenStep, party: Party) -> OpenWork | None:
    """As `work_of`, for verbs other than answering."""
    return work_of(here, party, None)


def asking(walk: Walk, here: OpenStep) -> TaskNode | ApprovalNode | SurveyNode:
    """The node of a step at which people are asked; NotAllowed elsewhere."""
    node = walk.node(here)
    if not isinstance(node, TaskNode | ApprovalNode | SurveyNode):
        raise NotAllowed
    return node


def _in_turn(walk: Walk, here: OpenStep) -> bool:
    level = level_of(walk, here)
    return level is not None and level.mode is Mode.IN_TURN


def _of(here: OpenStep, party: Party) -> OpenWork:
    return next(work for work in reversed(here.works) if work.party == party)


def _aside(here: OpenStep, party: Party) -> bool:
    return any(work.party == party and work.aside for work in here.works)
