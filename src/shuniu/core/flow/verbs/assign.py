"""Assign 指派: these parties, and nobody else, are asked from now on."""

from shuniu.core.flow.commands import Assign
from shuniu.core.flow.errors import NobodyToAsk
from shuniu.core.flow.kinds import seats
from shuniu.core.flow.state import Party
from shuniu.core.flow.walk import Walk


def apply(walk: Walk, command: Assign) -> None:
    here = walk.step(command.visit)
    seats.asking(walk, here)
    parties = tuple(dict.fromkeys(Party.of(key) for key in command.parties))
    if not parties:
        raise NobodyToAsk
    seats.seat(walk, walk.clear(here), parties, {})
