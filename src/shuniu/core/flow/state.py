"""The state of one run as the engine sees it: its open steps. Closed steps are history and never read to move on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class RunStatus(StrEnum):
    NEW = "new"
    RUNNING = "running"
    SUSPENDED = "suspended"
    ENDED = "ended"
    CANCELLED = "cancelled"


class PartyKind(StrEnum):
    STAFF = "staff"
    CUSTOMER = "customer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who may answer a step. Only members of staff carry an id."""

    kind: PartyKind
    id: int | None = None

    @property
    def key(self) -> str:
        return self.kind.value if self.id is None else f"{self.kind.value}:{self.id}"

    @classmethod
    def of(cls, key: str) -> "Party":
        kind, _, number = key.partition(":")
        return cls(PartyKind(kind), int(number) if number else None)


SYSTEM = Party(PartyKind.SYSTEM)
CUSTOMER = Party(PartyKind.CUSTOMER)


def staff(staff_id: int) -> Party:
    return Party(PartyKind.STAFF, staff_id)


class WorkRole(StrEnum):
    """Asked by the node's rule, added by a signature before or after, doing it for its holder, or deputising."""

    ASKED = "asked"
    BEFORE = "before"
    AFTER = "after"
    DELEGATE = "delegate"
    DEPUTY = "deputy"


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One party asked on an open step; `number` counts within the step.

    `seat` is the voice it speaks with: works of one seat share a vote. `waits_for` are seats that answer first;
    `aside`: put aside while it is claimed by another or delegated.
    """

    number: int
    party: Party
    role: WorkRole = WorkRole.ASKED
    seat: int = 0
    waits_for: tuple[int, ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """How a seat answered. `base`: the seat was asked by the node's rule, not added."""

    seat: int
    party: Party
    yes: bool
    base: bool = True


@dataclass(frozen=True, slots=True)
class Leaving:
    """An answer that decides the step, held until the added signatures are given."""

    outcome: str
    party: Party
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OpenWait:
    """An event an open step waits for. `correlation` None: any event of that name about the run's own subject."""

    number: int
    key: str
    event: str
    correlation: str | None


@dataclass(frozen=True, slots=True)
class Child:
    """An open run of a sub-flow; `row` counts from 0."""

    number: int
    row: int


@dataclass(frozen=True, slots=True)
class Children:
    """The sub-flows of a step: those open, those still to start (rows), how many ended, what they left."""

    open: tuple[Child, ...] = ()
    later: tuple[int, ...] = ()
    made: int = 0
    ended: int = 0
    results: tuple[tuple[int, Mapping[str, Any]], ...] = ()
    rows: tuple[Any, ...] = ()
    failed: tuple[int, ...] = ()
    """Rows whose run did not end well and which nobody has retried."""


@dataclass(frozen=True, slots=True)
class Incident:
    """Why a step stands still until a person retries or skips it."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Handled:
    """The last answer a person gave on a token's path; `level` of an approval, from 0."""

    visit: int
    party: Party
    level: int = 0


@dataclass(frozen=True)
class OpenStep:
    """A token at a node. `via` holds, for each node on its path, the latest visit; `origin` is where it came from.

    `works_made` and `effects_made` count what the step has caused so far, closed works included: they number the next.
    `fired` are the rungs that came; `lanes`, at a join that let its first lanes through, the edges that have arrived.
    """

    visit: int
    node: str
    origin: int | None
    via: Mapping[str, int]
    works: tuple[OpenWork, ...] = ()
    works_made: int = 0
    effects_made: int = 0
    edge: str = ""
    level: int = 0
    form: str | None = None
    after: Handled | None = None
    votes: tuple[Vote, ...] = ()
    base: tuple[int, ...] = ()
    """Seats asked by the node's rule, those that answered included."""
    added: tuple[int, ...] = ()
    """Seats of added signatures, all of which must agree."""
    leaving: Leaving | None = None
    claimed: Party | None = None
    held: bool = False
    paused: bool = False
    fired: tuple[str, ...] = ()
    waits: tuple[OpenWait, ...] = ()
    awaiting: int | None = None
    """The number of the call whose result the step waits for."""
    children: Children | None = None
    incident: Incident | None = None
    back_to: str | None = None
    """Where its answer goes straight back to, after a return that asked for it."""
    urged_at: datetime | None = None
    lanes: tuple[str, ...] = ()

    def but(self, **changes: Any) -> "OpenStep":
        """The step with these changes. Every command makes several: `dataclasses.replace` costs many times as much."""
        changed = object.__new__(OpenStep)
        changed.__dict__.update(self.__dict__)
        changed.__dict__.update(changes)
        return changed


@dataclass(frozen=True, slots=True)
class Kept:
    """An event that came before anybody waited for it."""

    event: str
    correlation: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RunState:
    status: RunStatus = RunStatus.NEW
    visits_made: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the run itself knows: given at the start, or kept from answers. Names may be dotted."""
    steps: tuple[OpenStep, ...] = ()
    kept: tuple[Kept, ...] = ()
    starter: Party | None = None
    paused: bool = False
    """The limit of the whole run stands still."""
    fired: tuple[str, ...] = ()
    """Rungs of the whole run's limit that came."""
    result: str | None = None

    def step(self, visit: int) -> OpenStep | None:
        return next((step for step in self.steps if step.visit == visit), None)

    def at(self, node: str) -> OpenStep | None:
        """The newest open step at a node."""
        return max(
            (step for step in self.steps if step.node == node), key=lambda step: step.visit, default=None
        )


NEW = RunState()
