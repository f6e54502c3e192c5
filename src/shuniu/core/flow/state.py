"""The state of one run as the engine sees it: its open steps. Closed steps are history and never read to move on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class RunStatus(StrEnum):
    NEW = "new"
    RUNNING = "running"
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


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One party asked on an open step; `number` counts within the step."""

    number: int
    party: Party


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A token at a node. `via` holds, for each node on its path, the latest visit; `origin` is where it came from.

    `works_made` and `effects_made` count what the step has caused so far, closed works included: they number the next.
    """

    visit: int
    node: str
    origin: int | None
    via: Mapping[str, int]
    works: tuple[OpenWork, ...] = ()
    works_made: int = 0
    effects_made: int = 0


@dataclass(frozen=True, slots=True)
class RunState:
    status: RunStatus = RunStatus.NEW
    visits_made: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the run itself knows: given at the start, or kept from answers. Names may be dotted."""
    steps: tuple[OpenStep, ...] = ()

    def step(self, visit: int) -> OpenStep | None:
        return next((step for step in self.steps if step.visit == visit), None)

    def at(self, node: str) -> OpenStep | None:
        """The newest open step at a node."""
        return max(
            (step for step in self.steps if step.node == node), key=lambda step: step.visit, default=None
        )


NEW = RunState()
