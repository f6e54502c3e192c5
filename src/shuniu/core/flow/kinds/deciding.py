"""How the answers at a step become its outcome: one answer at a task, votes at a level of an approval."""

from collections.abc import Mapping
from dataclasses import replace
from math import ceil
from typing import Any

from shuniu.core.flow.approvals import APPROVED, REJECTED, Level, Mode, OnReject
from shuniu.core.flow.commands import DoneAction, PastStep
from shuniu.core.flow.document import ApprovalNode, outcome_fact
from shuniu.core.flow.effects import WorkEnd
from shuniu.core.flow.kinds import asking, returning, seats
from shuniu.core.flow.state import Leaving, OpenStep, OpenWork, Party, RunStatus, Vote, WorkRole
from shuniu.core.flow.walk import Arrival, Walk

Answers = Mapping[str, Any]


def vote(
    walk: Walk, here: OpenStep, work: OpenWork, *, yes: bool, outcome: str, answers: Answers
) -> OpenStep:
    """Record the answer of a seat; other works of the seat are taken."""
    comment = str(answers.get("reason") or answers.get("comment") or "")
    here = walk.close_works(here, (work,), WorkEnd.DONE, outcome=outcome, comment=comment)
    rest = tuple(other for other in here.works if other.seat == work.seat)
    here = walk.close_works(here, rest, WorkEnd.TAKEN)
    base = work.seat not in here.added
    return walk.put(here.but(votes=(*here.votes, Vote(work.seat, work.party, yes, base))))


def came_back(walk: Walk, here: OpenStep, work: OpenWork, answers: Answers) -> bool:
    """A delegate's answer goes back to the holder of the seat, who decides."""
    if work.role is not WorkRole.DELEGATE:
        return False
    comment = str(answers.get("reason") or answers.get("comment") or "")
    here = walk.close_works(here, (work,), WorkEnd.DONE, how="delegate", comment=comment)
    before = here
    works = tuple(replace(w, aside=False) if w.seat == work.seat else w for w in here.works)
    seats.tell_freed(walk, before, walk.put(here.but(works=works)))
    return True


def task_answered(walk: Walk, here: OpenStep, work: OpenWork | None, leaving: Leaving) -> None:
    """The first answer decides a task; added signatures come before it leaves."""
    if work is None:
        walk.close(here, outcome=leaving.outcome, party=leaving.party, answers=leaving.answers)
        return
    before = here
    base = work.seat not in here.added
    here = vote(walk, here, work, yes=True, outcome=leaving.outcome, answers=leaving.answers)
    if base:
        others = tuple(w for w in here.works if w.seat not in here.added)
        here = walk.close_works(here, others, WorkEnd.TAKEN)
    if base or here.leaving is not None:
        here = walk.put(here.but(leaving=leaving))
    if here.leaving is None or here.works:
        seats.tell_freed(walk, before, here)
        return
    walk.close(
        here,
        outcome=here.leaving.outcome,
        party=leaving.party,
        answers=here.leaving.answers,
        works=WorkEnd.TAKEN,
    )


def decided(walk: Walk, here: OpenStep, node: ApprovalNode) -> bool | None:
    """Whether the level is approved or rejected; None while votes are missing."""
    level = node.levels[here.level]
    said = _base(level, here)
    added = [v for v in here.votes if not v.base]
    if said is False or any(not v.yes for v in added):
        return False
    if said is None or len(added) < len(here.added):
        return None
    return True


def base_decided(here: OpenStep, node: ApprovalNode) -> bool:
    """Whether those asked by the rule have approved, so that only added signatures are missing."""
    return _base(node.levels[here.level], here) is True


def _base(level: Level, here: OpenStep) -> bool | None:
    yes = sum(v.yes for v in here.votes if v.base)
    no = sum(not v.yes for v in here.votes if v.base)
    asked = max(len(here.base), 1)
    needed = asked
    if level.mode is Mode.ANY:
        needed = 1
        if no and not yes:
            return False
    elif level.mode is Mode.N_OF_M:
        wanted = level.needed or ceil(asked * (level.percent or 100) / 100)
        needed = min(max(wanted, 1), asked)
    if yes >= needed:
        return True
    return False if asked - no < needed else None


def level_passed(
    walk: Walk, here: OpenStep, node: ApprovalNode, party: Party | None, answers: Answers
) -> None:
    """On to the next level, or out by `approved`."""
    level = asking.next_level(walk, node, here.level + 1)
    if level is None:
        walk.close(here, outcome=APPROVED, party=party, answers=answers, works=WorkEnd.TAKEN)
        return
    gone = walk.close(here, outcome=APPROVED, party=party, answers=answers, works=WorkEnd.TAKEN, ways=())
    asking.on_to_level(walk, returning.handled(gone, party), level)


def level_rejected(
    walk: Walk,
    here: OpenStep,
    node: ApprovalNode,
    party: Party | None,
    answers: Answers,
    past: tuple[PastStep, ...],
    done: tuple[DoneAction, ...],
) -> None:
    """Out by `rejected`, back to an earlier node, or the end of the run."""
    if node.on_reject is OnReject.RETURN and node.reject_to:
        walk.facts[outcome_fact(node.id)] = REJECTED
        if node.reject_to not in here.via:
            # It came another way: there is nothing to undo, the token only goes on from there.
            gone = walk.close(
                here, outcome=REJECTED, party=party, answers=answers, works=WorkEnd.TAKEN, ways=()
            )
            walk.arrivals.append(Arrival(node.reject_to, gone.via, gone.visit, after=gone.after))
            return
        back = returning.Back(node.reject_to, party, past=past, done=done, outcome=REJECTED, answers=answers)
        returning.go_back(walk, here, back)
    elif node.on_reject is OnReject.END:
        walk.close(here, outcome=REJECTED, party=party, answers=answers, works=WorkEnd.TAKEN, ways=())
        walk.result = REJECTED
        walk.end(RunStatus.ENDED)
    else:
        walk.close(here, outcome=REJECTED, party=party, answers=answers, works=WorkEnd.TAKEN)
