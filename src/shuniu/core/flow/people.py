"""Who is asked at a node. Rules are resolved by whoever runs the flow; the engine only hands them over."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field as Constraint

from shuniu.core.flow.words import Frozen


class ByRole(Frozen):
    """Everyone who holds the role at the run's unit; `up` climbs to the nearest unit above that has someone.

    `unit` names a fact that holds the id of another unit to look at.
    """

    by: Literal["role"] = "role"
    role: str
    up: bool = True
    unit: str | None = None


class ByPosition(Frozen):
    """Everyone in the position (品控, 督导, 采购) who serves the run's unit, or the unit a fact names."""

    by: Literal["position"] = "position"
    position: str
    up: bool = True
    unit: str | None = None


class ByPerson(Frozen):
    """These members of staff."""

    by: Literal["person"] = "person"
    staff_ids: tuple[int, ...]


class BySupervisor(Frozen):
    """The supervisor 主管 `levels` up from the member of staff that the fact `of` names, else from who started the run.

    `chain` asks every supervisor on the way up, nearest first (连续多级主管).
    """

    by: Literal["supervisor"] = "supervisor"
    levels: Annotated[int, Constraint(ge=1, le=20)] = 1
    of: str | None = None
    chain: bool = False


class ByStoreHead(Frozen):
    """The head of the store that owns the run's customer."""

    by: Literal["store_head"] = "store_head"


class ByFact(Frozen):
    """The member of staff whose id is the value of a fact."""

    by: Literal["assignee"] = "assignee"
    fact: str = "工单.师傅"


class ByStaffField(Frozen):
    """The member of staff chosen in a field of an earlier form; the field keeps its answer as a fact."""

    by: Literal["staff_field"] = "staff_field"
    field: str


class ByStep(Frozen):
    """Whoever handled an earlier step."""

    by: Literal["step"] = "step"
    node: str


class ByStarter(Frozen):
    """The member of staff who started the run."""

    by: Literal["starter"] = "starter"


class ByFeel(Frozen):
    """A FEEL expression over the facts of the run that gives the id of a member of staff, or a list of ids."""

    by: Literal["feel"] = "feel"
    expression: str


class ByCustomer(Frozen):
    """The customer of the run, over a signed link."""

    by: Literal["customer"] = "customer"


class BySystem(Frozen):
    """An effect answers: its result comes back as the step's outcome."""

    by: Literal["system"] = "system"
    effect: str
    params: dict[str, Any] = Constraint(default_factory=dict)


Staff = Annotated[
    ByRole
    | ByPosition
    | ByPerson
    | BySupervisor
    | ByStoreHead
    | ByFact
    | ByStaffField
    | ByStep
    | ByStarter
    | ByFeel,
    Constraint(discriminator="by"),
]
"""Rules that find members of staff."""


class BySeveral(Frozen):
    """Everyone whom one of these rules finds, in their order."""

    by: Literal["several"] = "several"
    rules: tuple[Staff, ...]


People = Annotated[
    ByRole
    | ByPosition
    | ByPerson
    | BySupervisor
    | ByStoreHead
    | ByFact
    | ByStaffField
    | ByStep
    | ByStarter
    | ByFeel
    | BySeveral
    | ByCustomer
    | BySystem,
    Constraint(discriminator="by"),
]


class Nobody(StrEnum):
    """What happens when a rule finds nobody: the administrators are asked, the step passes, or it stops for a person."""

    ADMINISTRATOR = "administrator"
    GO_ON = "pass"
    STOP = "stop"


class SamePerson(StrEnum):
    """What happens when the only person asked handled the step just before: asked again, or skipped."""

    ASK = "ask"
    SKIP = "skip"


class Act(StrEnum):
    """What those asked may do besides answering."""

    CLAIM = "claim"
    TRANSFER = "transfer"
    DELEGATE = "delegate"
    ADD_SIGN = "add_sign"
    RETURN = "return"
    WITHDRAW = "withdraw"
    COPY = "copy"
    URGE = "urge"
    HOLD = "hold"
    SKIP = "skip"


ALL_ACTS = tuple(Act)
