"""What is wrong or doubtful in a plan, as values: the place, a stable code, and a sentence in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shuniu.core.settlement.words import Label


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` is a path into the document such as components.service_fee.base.0.when.

    An error refuses the plan, a warning asks for a second look, a note says how a number is read.
    """

    place: str
    code: str
    text: Label
    severity: Literal["error", "warning", "note"] = "error"


class PlanError(ValueError):
    """The plan or an input cannot be calculated; the call is refused as a whole."""

    def __init__(self, code: str, place: str, zh: str, en: str) -> None:
        super().__init__(f"{place}: {en}")
        self.problem = Problem(place, code, Label(zh=zh, en=en))

    @property
    def code(self) -> str:
        return self.problem.code
