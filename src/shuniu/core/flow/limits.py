"""Limits of steps: how long something may take, who is reminded before it is over, who is called after."""

from enum import StrEnum
from typing import Any

from pydantic import Field as Constraint
from pydantic import NonNegativeInt, PositiveInt

from shuniu.core.flow.people import People
from shuniu.core.flow.words import Frozen, Words


class Clock(StrEnum):
    """Which time a limit counts: that of the unit's working calendar, or the one on the wall."""

    WORKING = "working"
    WALL = "wall"


class Unit(StrEnum):
    """Days of a working calendar are whole working days, not 24 working hours: the units are kept apart."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


class EffectCall(Frozen):
    """An effect of the hub with its parameters. `inputs` are parameters computed by FEEL over the facts of the run."""

    effect: str
    params: dict[str, Any] = Constraint(default_factory=dict)
    inputs: dict[str, str] = Constraint(default_factory=dict)


class Reminder(Frozen):
    """Told to whoever is asked (or `to`), `before` minutes ahead of the limit, on the limit's own clock.

    With `call`, that effect is caused instead of a notice.
    """

    before: PositiveInt
    text: Words | None = None
    to: People | None = None
    call: EffectCall | None = None


class Escalation(Frozen):
    """Told once, `after` minutes past the limit, on the limit's own clock. With `hand_over`, `to` are asked instead.

    With `call`, that effect is caused as well (a coupon for a customer who was silent for three days).
    """

    to: People | None = None
    text: Words | None = None
    after: NonNegativeInt = 0
    hand_over: bool = False
    call: EffectCall | None = None


class Deadline(Frozen):
    """The limit of a step 时限. `setting` names a setting of the unit that replaces `amount`, in the same unit.

    When the limit passes the step leaves by the outcome `timeout`, or by its edge `on: timeout` where there is one;
    otherwise it stays open and overdue.
    """

    amount: PositiveInt
    unit: Unit = Unit.MINUTES
    clock: Clock = Clock.WORKING
    setting: str | None = None
    reminders: tuple[Reminder, ...] = ()
    escalation: Escalation | None = None
    escalations: tuple[Escalation, ...] = ()
    """Further ones, each at its own time past the limit."""
    timeout: str | None = None
    """Outcome with which the step closes by itself when the limit passes."""
    pauses_for_customer: bool = False
    """Stands still while another open step of the run asks the customer."""

    @property
    def escalated(self) -> tuple[Escalation, ...]:
        """All escalations, the first one first."""
        first = (self.escalation,) if self.escalation else ()
        return tuple(sorted((*first, *self.escalations), key=lambda one: one.after))
