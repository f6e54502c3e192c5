"""Transfer 转办, delegate 委派, add-sign 加签: others are asked, by one who is."""

from dataclasses import replace

from shuniu.core.flow.commands import AddSign, Delegate, Transfer
from shuniu.core.flow.effects import WorkEnd
from shuniu.core.flow.errors import AskedAlready, NobodyToAsk, NotAllowed
from shuniu.core.flow.kinds import seats
from shuniu.core.flow.people import Act
from shuniu.core.flow.state import OpenStep, OpenWork, Party, WorkRole
from shuniu.core.flow.walk import Walk


def transfer(walk: Walk, command: Transfer) -> None:
    here, work = _mine(walk, command, Act.TRANSFER)
    to = _other(here, command.to)
    claimed = here.claimed == work.party
    here = walk.close_works(here, (work,), WorkEnd.REPLACED, how="transfer", comment=command.reason)
    here = walk.ask(here, to, role=work.role, seat=work.seat, waits_for=work.waits_for)
    if claimed:
        here = walk.put(here.but(claimed=to))
    seats.tell(walk, here, (to,))


def delegate(walk: Walk, command: Delegate) -> None:
    here, work = _mine(walk, command, Act.DELEGATE)
    to = _other(here, command.to)
    if work.role is WorkRole.DELEGATE:
        raise NotAllowed
    works = tuple(replace(w, aside=True) if w.seat == work.seat else w for w in here.works)
    here = walk.put(here.but(works=works))
    here = walk.ask(here, to, role=WorkRole.DELEGATE, seat=work.seat, waits_for=work.waits_for)
    seats.tell(walk, here, (to,))


def add_sign(walk: Walk, command: AddSign) -> None:
    here, work = _mine(walk, command, Act.ADD_SIGN)
    who = tuple(dict.fromkeys(_other(here, key) for key in command.who))
    if not who:
        raise NobodyToAsk
    if work.role is WorkRole.DELEGATE:
        raise NotAllowed
    before = command.where == "before"
    fresh: tuple[int, ...] = ()
    for party in who:
        role = WorkRole.BEFORE if before else WorkRole.AFTER
        here = walk.ask(here, party, role=role, waits_for=() if before else (work.seat,))
        fresh = (*fresh, here.works_made)
    works = here.works
    if before:
        works = tuple(
            replace(w, waits_for=(*w.waits_for, *fresh)) if w.seat == work.seat else w for w in works
        )
    here = walk.put(here.but(works=works, added=(*here.added, *fresh)))
    if before:
        seats.tell(walk, here, who)


def _mine(walk: Walk, command: Transfer | Delegate | AddSign, act: Act) -> tuple[OpenStep, OpenWork]:
    here = walk.step(command.visit)
    if act not in seats.asking(walk, here).acts:
        raise NotAllowed
    work = seats.holder(here, Party.of(command.party))
    if work is None:
        raise NotAllowed
    return here, work


def _other(here: OpenStep, key: str) -> Party:
    party = Party.of(key)
    if any(work.party == party for work in here.works):
        raise AskedAlready
    return party
