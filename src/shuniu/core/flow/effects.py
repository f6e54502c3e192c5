"""What a command brought about, in order: rows to write and things to do after the commit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from shuniu.core.flow.limits import Clock, Unit
from shuniu.core.flow.people import People
from shuniu.core.flow.state import Incident, Party, RunStatus, WorkRole


class StepEnd(StrEnum):
    """`joined`: a lane that went on as another's; `returned`: left backwards; `failed`: by its error path."""

    CLOSED = "closed"
    CANCELLED = "cancelled"
    JOINED = "joined"
    SKIPPED = "skipped"
    RETURNED = "returned"
    FAILED = "failed"


class WorkEnd(StrEnum):
    """`done` answered, `taken` another answered first, `replaced` handed to others, `cancelled` with its step."""

    DONE = "done"
    TAKEN = "taken"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class StepOpened:
    """`returned_from` is the visit a return came from."""

    visit: int
    node: str
    kind: str
    origin: int | None
    via: Mapping[str, int]
    edge: str = ""
    level: int = 0
    form: str | None = None
    returned_from: int | None = None


@dataclass(frozen=True, slots=True)
class StepClosed:
    """`joined` is the visit a lane was joined into."""

    visit: int
    node: str
    end: StepEnd
    outcome: str | None = None
    party: Party | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    joined: int | None = None


@dataclass(frozen=True, slots=True)
class StepChanged:
    """Something of an open step changed that is no row of its own: a claim, a hold, a vote, an incident."""

    visit: int
    what: str
    party: Party | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepMoved:
    """An open step stands at a node of another version now."""

    visit: int
    node: str
    edge: str
    via: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class WorkOpened:
    visit: int
    number: int
    party: Party
    role: WorkRole = WorkRole.ASKED
    seat: int = 0


@dataclass(frozen=True, slots=True)
class WorkClosed:
    """`how` is the command that handed it on: transfer, delegate."""

    visit: int
    number: int
    end: WorkEnd
    outcome: str | None = None
    how: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class PeopleWanted:
    """Who is asked must be found outside and handed back as an `Ask`."""

    visit: int
    rule: People


@dataclass(frozen=True, slots=True)
class TimerArmed:
    """`amount` units after the step opened on the given clock; `before` minutes ahead of that, `after` minutes past it."""

    visit: int
    rung: str
    amount: int
    unit: Unit
    clock: Clock
    setting: str | None
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class MomentArmed:
    """At this moment: ISO 8601; a date alone is its first minute in the unit's zone."""

    visit: int
    rung: str
    at: str


@dataclass(frozen=True, slots=True)
class TimerFired:
    visit: int
    rung: str


@dataclass(frozen=True, slots=True)
class TimersPaused:
    """All armed timers of the step (0: of the run) stand still."""

    visit: int


@dataclass(frozen=True, slots=True)
class TimersResumed:
    visit: int


@dataclass(frozen=True, slots=True)
class CallWanted:
    """An effect to run after the commit. `awaited`: the step stays open until its result completes it."""

    visit: int
    number: int
    effect: str
    params: Mapping[str, Any]
    awaited: bool = False


@dataclass(frozen=True, slots=True)
class WaitOpened:
    """An event this step waits for."""

    visit: int
    number: int
    event: str
    correlation: str | None


@dataclass(frozen=True, slots=True)
class WaitClosed:
    visit: int
    number: int
    met: bool


@dataclass(frozen=True, slots=True)
class ChildWanted:
    """A run of another flow, which ends with a `ChildEnded`. `row` counts from 0."""

    visit: int
    number: int
    flow: str
    version: int | None
    facts: Mapping[str, Any]
    row: int | None
    awaited: bool = True


@dataclass(frozen=True, slots=True)
class ChildCancelled:
    visit: int
    number: int


@dataclass(frozen=True, slots=True)
class UndoWanted:
    """What these actions did (all, when none is named) must be looked up and handed back as an `Undo`."""

    visit: int
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """The closed action of this visit is taken back; it is not handed over again."""

    visit: int


@dataclass(frozen=True, slots=True)
class IncidentRaised:
    visit: int
    incident: Incident


@dataclass(frozen=True, slots=True)
class IncidentCleared:
    visit: int


@dataclass(frozen=True, slots=True)
class Copied:
    visit: int
    parties: tuple[Party, ...]
    by: Party
    text: str


@dataclass(frozen=True, slots=True)
class Urged:
    visit: int
    by: Party


@dataclass(frozen=True, slots=True)
class RunSuspended:
    reason: str


@dataclass(frozen=True, slots=True)
class RunResumed:
    pass


@dataclass(frozen=True, slots=True)
class RunEnded:
    status: RunStatus
    result: str | None = None


Effect = (
    StepOpened
    | StepClosed
    | StepChanged
    | StepMoved
    | WorkOpened
    | WorkClosed
    | PeopleWanted
    | TimerArmed
    | MomentArmed
    | TimerFired
    | TimersPaused
    | TimersResumed
    | CallWanted
    | WaitOpened
    | WaitClosed
    | ChildWanted
    | ChildCancelled
    | UndoWanted
    | Undone
    | IncidentRaised
    | IncidentCleared
    | Copied
    | Urged
    | RunSuspended
    | RunResumed
    | RunEnded
)
