"""Claim and release 认领: one of those asked takes the step; the others are put aside, or asked again."""

from dataclasses import replace

from shuniu.core.flow.commands import Claim, Release
from shuniu.core.flow.effects import StepChanged
from shuniu.core.flow.errors import ClaimedByOther, NotAllowed
from shuniu.core.flow.kinds import seats
from shuniu.core.flow.people import Act
from shuniu.core.flow.state import Party
from shuniu.core.flow.walk import Walk


def claim(walk: Walk, command: Claim) -> None:
    here = walk.step(command.visit)
    if Act.CLAIM not in seats.asking(walk, here).acts or seats.level_of(walk, here) is not None:
        raise NotAllowed
    party = Party.of(command.party)
    if here.claimed not in (None, party):
        raise ClaimedByOther
    mine = seats.holder(here, party)
    if mine is None:
        raise NotAllowed
    works = tuple(
        work if work.seat == mine.seat or work.seat in here.added else replace(work, aside=True)
        for work in here.works
    )
    walk.put(here.but(works=works, claimed=party))
    walk.effects.append(StepChanged(here.visit, "claimed", party))


def release(walk: Walk, command: Release) -> None:
    here = walk.step(command.visit)
    party = Party.of(command.party)
    if here.claimed is None:
        raise NotAllowed
    if party not in (here.claimed, Party.of("system")):
        raise ClaimedByOther
    delegated = {work.seat for work in here.works if work.role == "delegate"}
    works = tuple(work if work.seat in delegated else replace(work, aside=False) for work in here.works)
    walk.put(here.but(works=works, claimed=None))
    walk.effects.append(StepChanged(here.visit, "released", party))
