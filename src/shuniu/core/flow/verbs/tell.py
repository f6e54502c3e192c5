"""Copy 抄送 and urge 催办: somebody is told; nothing moves."""

from datetime import timedelta

from shuniu.core.flow.commands import Copy, Urge
from shuniu.core.flow.effects import Copied, Urged
from shuniu.core.flow.errors import NobodyToAsk, NotAllowed, UrgedLately
from shuniu.core.flow.kinds import seats
from shuniu.core.flow.people import Act
from shuniu.core.flow.state import Party, PartyKind
from shuniu.core.flow.walk import Walk

URGE_EVERY = timedelta(minutes=10)


def copy(walk: Walk, command: Copy) -> None:
    here = walk.step(command.visit)
    if Act.COPY not in getattr(walk.node(here), "acts", (Act.COPY,)):
        raise NotAllowed
    parties = tuple(dict.fromkeys(Party.of(key) for key in command.to))
    if not parties:
        raise NobodyToAsk
    walk.effects.append(Copied(here.visit, parties, Party.of(command.party), command.text))
    told = [party.id for party in parties if party.kind is PartyKind.STAFF]
    if told:
        walk.notice(here, {"by": "ids", "staff_ids": told}, "copied")


def urge(walk: Walk, command: Urge) -> None:
    here = walk.step(command.visit)
    if Act.URGE not in seats.asking(walk, here).acts:
        raise NotAllowed
    if here.urged_at is not None and walk.now - here.urged_at < URGE_EVERY:
        raise UrgedLately
    here = walk.put(here.but(urged_at=walk.now))
    walk.effects.append(Urged(here.visit, Party.of(command.party)))
    told = [w.party.id for w in here.works if w.party.kind is PartyKind.STAFF and seats.speaks(here, w)]
    if told:
        walk.notice(here, {"by": "ids", "staff_ids": told}, "urged", urgent=True)
