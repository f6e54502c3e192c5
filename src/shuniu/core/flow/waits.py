"""What a wait waits for. With several, the first that comes decides."""

from typing import Annotated, Literal

from pydantic import Field as Constraint
from pydantic import PositiveInt

from shuniu.core.flow.limits import Clock, Unit
from shuniu.core.flow.words import Frozen, Words

Name = Annotated[str, Constraint(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class ForTime(Frozen):
    """Some working or wall time after the step opened. `setting` of the unit replaces `amount`."""

    waits: Literal["time"] = "time"
    key: Name = "time"
    name: Words | None = None
    amount: PositiveInt
    unit: Unit = Unit.DAYS
    clock: Clock = Clock.WORKING
    setting: str | None = None


class ForDate(Frozen):
    """A moment that FEEL computes from the facts of the run: a date (its first minute), or a date and time."""

    waits: Literal["date"] = "date"
    key: Name = "date"
    name: Words | None = None
    date: str


class ForEvent(Frozen):
    """An event of the hub by its name.

    `correlation` is FEEL over the facts of the run; its value, as text, must be the event's. None: any event of that
    name about the run's own subject or customer. `where` is FEEL over `event` and the facts. `keep`: an event that
    came since the run began, before anybody waited, counts (a persistent trigger); otherwise it is lost.
    """

    waits: Literal["event"] = "event"
    key: Name = "event"
    name: Words | None = None
    event: str
    correlation: str | None = None
    where: str | None = None
    keep: bool = False
    facts: dict[str, str] = Constraint(default_factory=dict)
    """Facts of the run taken from the event: name → key of its data."""


WaitFor = Annotated[ForTime | ForDate | ForEvent, Constraint(discriminator="waits")]
