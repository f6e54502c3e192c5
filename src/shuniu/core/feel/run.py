"""What one evaluation carries: the clock's answer, the working calendar, and its step budget."""

from __future__ import annotations

from typing import Any

from shuniu.core.calendar.working import WorkingCalendar
from shuniu.core.feel.errors import FeelError

MAX_STEPS = 2_000_000
MAX_ITEMS = 100_000
MAX_STRING = 1_000_000
MAX_CALLS = 60
"""How deep user functions may call each other."""


def over_budget(zh: str, en: str) -> FeelError:
    return FeelError(f"运算量超出上限:{zh}", f"over budget: {en}", code="over_budget")


class Run:
    """One evaluation. `spend` counts loop turns, calls and items looked at; too many end in FeelError."""

    __slots__ = ("calendar", "calls", "now", "steps")

    def __init__(
        self, now: Any = None, calendar: WorkingCalendar | None = None, steps: float = MAX_STEPS
    ) -> None:
        self.now = now
        self.calendar = calendar
        self.steps = steps
        self.calls = 0

    def spend(self, count: int) -> None:
        self.steps -= count
        if self.steps < 0:
            raise over_budget(f"最多 {MAX_STEPS} 步", f"at most {MAX_STEPS} steps")

    def items(self, count: int) -> None:
        """Accounts for a list of `count` items being made."""
        if count > MAX_ITEMS:
            raise over_budget(f"一个列表最多 {MAX_ITEMS} 项", f"at most {MAX_ITEMS} items in a list")
        self.spend(count)

    def string(self, length: int) -> None:
        """Accounts for a string of `length` characters being made."""
        if length > MAX_STRING:
            raise over_budget(f"一段文字最多 {MAX_STRING} 字", f"at most {MAX_STRING} characters in a string")
        self.spend(length // 100)
