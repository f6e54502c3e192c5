"""Runs: their states, and what is seen of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from shuniu.foundation.hub.contracts import Ref
from shuniu.foundation.text import Text


class RunStatus(StrEnum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    ENDED = "ended"
    CANCELLED = "cancelled"


class StepStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class WorkStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    TAKEN = "taken"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


class WaitStatus(StrEnum):
    OPEN = "open"
    MET = "met"
    CANCELLED = "cancelled"


class TimerStatus(StrEnum):
    """`missed`: a later rung of the same step was due as well, so this one was not told separately."""

    ARMED = "armed"
    PAUSED = "paused"
    FIRED = "fired"
    MISSED = "missed"
    CANCELLED = "cancelled"


class EffectStatus(StrEnum):
    """`incident`: tried and failed for good, a person decides; `skipped`: not needed any more, or given up."""

    PENDING = "pending"
    DONE = "done"
    INCIDENT = "incident"
    SKIPPED = "skipped"


class Light(StrEnum):
    """Time left, and nothing else: yellow from a quarter of the budget or 10 minutes left, red when overdue."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a command left behind: the run, whether it is over, and the open steps (node → visit)."""

    run_id: int
    status: RunStatus
    open: Mapping[str, int]
    replayed: bool = False
    """The key had been used before with the same content: nothing was done again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """Someone who is, or was, asked on a step."""

    id: int
    party: str
    staff_id: int | None
    staff_name: str
    status: WorkStatus
    outcome: str
    comment: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeChoice:
    """A node that may be chosen, such as where a return leads."""

    node: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOffer:
    """Something the person who looks may do: a button.

    `act` names the command; answers carry their `outcome`. `work_id` is the work it is done with, where one is asked.
    `nodes` are the choices of a return. `form`: the step's form is filled in with it; `reason`: one must be given;
    `people`: colleagues are chosen.
    """

    act: str
    name: Text
    outcome: str | None = None
    work_id: int | None = None
    form: bool = False
    reason: bool = False
    people: Literal["none", "one", "many"] = "none"
    nodes: tuple[NodeChoice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One visit of a node. `working_seconds` counts by the unit's calendar, `wall_seconds` by the clock."""

    id: int
    visit: int
    node: str
    kind: str
    name: Text
    guide: Text | None
    milestone: Text | None
    status: StepStatus
    outcome: str
    outcome_name: Text | None
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str
    due_at: datetime | None
    light: Light | None
    provisional: bool
    working_seconds: int
    wall_seconds: int
    works: tuple[WorkView, ...]
    answers: Mapping[str, Any]
    level: int = 0
    levels: int = 0
    form: str | None = None
    ending: str = ""
    returned_from: int | None = None
    claimed_by: str = ""
    held: bool = False
    incident: Text | None = None
    urged_at: datetime | None = None
    offers: tuple[StepOffer, ...] = ()
    """What the person who looks may do here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run with its steps in the order of their visits."""

    id: int
    version_id: int
    flow_key: str
    flow_name: Text
    version_number: int
    subject: Ref
    unit_id: int
    customer_id: int | None
    status: RunStatus
    started_at: datetime
    ended_at: datetime | None
    steps: tuple[StepView, ...]
    offers: tuple[StepOffer, ...] = ()
    """What the person who looks may do with the whole run."""

    def open_at(self, node: str) -> StepView | None:
        """The newest open step at a node."""
        return next((s for s in reversed(self.steps) if s.node == node and s.status is StepStatus.OPEN), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStepView:
    """Where a run stands now, for lists: one open step with those who are asked."""

    run_id: int
    step_id: int
    visit: int
    node: str
    name: Text
    opened_at: datetime
    due_at: datetime | None
    light: Light | None
    staff_ids: tuple[int, ...]
    waits_for_customer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One open work of a member of staff."""

    work_id: int
    run_id: int
    subject: Ref
    node: str
    name: Text
    flow_name: Text
    opened_at: datetime
    due_at: datetime | None
    light: Light | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An effect that failed for good and waits for a person."""

    id: int
    run_id: int
    subject: Ref
    node: str
    effect: str
    error: str
    attempts: int
    wanted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStep:
    """A closed (or still open) step of a run that is loaded with its history."""

    node: str
    kind: str
    opened_at: datetime
    closed_at: datetime | None
    outcome: str = ""
    staff_id: int | None = None
    party: str = "staff"
    answers: Mapping[str, Any] = field(default_factory=dict)
    working_seconds: int | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A run that is loaded with its history. Steps come in the order of their visits."""

    subject: Ref
    unit_id: int
    customer_id: int | None
    started_at: datetime
    ended_at: datetime | None
    steps: tuple[PastStep, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
