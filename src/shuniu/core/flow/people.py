"""Who is asked at a node. Rules are resolved by whoever runs the flow; the engine only hands them over."""

from typing import Annotated, Any, Literal

from pydantic import Field as Constraint

from shuniu.core.flow.words import Frozen


class ByRole(Frozen):
    """Everyone who holds the role at the run's unit; `up` climbs to the nearest unit above that has someone."""

    by: Literal["role"] = "role"
    role: str
    up: bool = True


class ByFact(Frozen):
    """The member of staff whose id is the value of a fact."""

    by: Literal["assignee"] = "assignee"
    fact: str = "工单.师傅"


class ByStaffField(Frozen):
    """The member of staff chosen in a field of an earlier form; the field keeps its answer as a fact."""

    by: Literal["staff_field"] = "staff_field"
    field: str


class ByCustomer(Frozen):
    """The customer of the run, over a signed link."""

    by: Literal["customer"] = "customer"


class BySystem(Frozen):
    """An effect answers: its result comes back as the step's outcome."""

    by: Literal["system"] = "system"
    effect: str
    params: dict[str, Any] = Constraint(default_factory=dict)


People = Annotated[
    ByRole | ByFact | ByStaffField | ByCustomer | BySystem,
    Constraint(discriminator="by"),
]
