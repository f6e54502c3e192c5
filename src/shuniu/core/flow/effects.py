"""What a command brought about, in order: rows to write and things to do after the commit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from shuniu.core.flow.document import Clock, Unit
from shuniu.core.flow.people import People
from shuniu.core.flow.state import Party, RunStatus


class StepEnd(StrEnum):
    CLOSED = "closed"
    CANCELLED = "cancelled"


class WorkEnd(StrEnum):
    """`done` answered, `taken` another answered first, `replaced` handed to others, `cancelled` with its step."""

    DONE = "done"
    TAKEN = "taken"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class StepOpened:
    visit: int
    node: str
    kind: str
    origin: int | None
    via: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StepClosed:
    visit: int
    node: str
    end: StepEnd
    outcome: str | None = None
    party: Party | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkOpened:
    visit: int
    number: int
    party: Party


@dataclass(frozen=True, slots=True)
class WorkClosed:
    visit: int
    number: int
    end: WorkEnd
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class PeopleWanted:
    """Who is asked must be found outside and handed back as an `Assign`."""

    visit: int
    rule: People


@dataclass(frozen=True, slots=True)
class TimerArmed:
    """`before` minutes ahead of `amount` units after the step opened, on the given clock."""

    visit: int
    rung: str
    amount: int
    unit: Unit
    clock: Clock
    setting: str | None
    before: int = 0


@dataclass(frozen=True, slots=True)
class TimerFired:
    visit: int
    rung: str


@dataclass(frozen=True, slots=True)
class CallWanted:
    """An effect to run after the commit. `awaited`: the step stays open until its result completes it."""

    visit: int
    number: int
    effect: str
    params: Mapping[str, Any]
    awaited: bool = False


@dataclass(frozen=True, slots=True)
class RunEnded:
    status: RunStatus


Effect = (
    StepOpened
    | StepClosed
    | WorkOpened
    | WorkClosed
    | PeopleWanted
    | TimerArmed
    | TimerFired
    | CallWanted
    | RunEnded
)
