"""Levels of an approval 审批: who decides, and how many of them must agree."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field as Constraint
from pydantic import PositiveInt

from shuniu.core.flow.limits import Deadline
from shuniu.core.flow.people import Nobody, People, SamePerson
from shuniu.core.flow.words import Frozen, Words

LEVELS_MAX = 20
APPROVED = "approved"
REJECTED = "rejected"


class Mode(StrEnum):
    """All of them 会签, any of them 或签, one after another 依次, or `needed` of them 票签."""

    ALL = "all"
    ANY = "any"
    IN_TURN = "in_turn"
    N_OF_M = "n_of_m"


class Level(Frozen):
    """One level: its people, how they decide, its own limit. `when` (FEEL) false: the level is passed over.

    `needed` counts votes in `n_of_m`; `percent` says it as a share of those asked, rounded up.
    """

    people: People
    mode: Mode = Mode.ANY
    needed: PositiveInt | None = None
    percent: Annotated[int, Constraint(ge=1, le=100)] | None = None
    name: Words | None = None
    when: str | None = None
    deadline: Deadline | None = None
    nobody: Nobody = Nobody.ADMINISTRATOR
    same_person: SamePerson = SamePerson.ASK


class OnReject(StrEnum):
    """After a rejection 驳回: the edge named `rejected`, back to an earlier node, or the end of the run."""

    WAY = "way"
    RETURN = "return"
    END = "end"
