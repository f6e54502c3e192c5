"""What may be asked of a run. Everything a command needs is inside it, so that the log alone replays to the state."""

from typing import Annotated, Any, Literal

from pydantic import Field as Constraint
from pydantic import TypeAdapter

from shuniu.core.flow.words import Frozen


class Start(Frozen):
    """`facts` stay with the run; `observed` are facts read elsewhere at this moment, for conditions only."""

    kind: Literal["start"] = "start"
    facts: dict[str, Any] = Constraint(default_factory=dict)
    observed: dict[str, Any] = Constraint(default_factory=dict)


class Complete(Frozen):
    """A party answers an open step. `work` names the work answered; without it, any open work of the party."""

    kind: Literal["complete"] = "complete"
    visit: int
    party: str
    work: int | None = None
    outcome: str | None = None
    answers: dict[str, Any] = Constraint(default_factory=dict)
    facts: dict[str, Any] = Constraint(default_factory=dict)
    observed: dict[str, Any] = Constraint(default_factory=dict)


class Assign(Frozen):
    """These parties, and nobody else, are asked from now on."""

    kind: Literal["assign"] = "assign"
    visit: int
    parties: tuple[str, ...]


class Cancel(Frozen):
    kind: Literal["cancel"] = "cancel"
    reason: str = ""


class FireTimer(Frozen):
    """A rung of a step's deadline has come."""

    kind: Literal["fire_timer"] = "fire_timer"
    visit: int
    rung: str
    observed: dict[str, Any] = Constraint(default_factory=dict)


Command = Annotated[Start | Complete | Assign | Cancel | FireTimer, Constraint(discriminator="kind")]
COMMANDS: TypeAdapter[list[Command]] = TypeAdapter(list[Command])
