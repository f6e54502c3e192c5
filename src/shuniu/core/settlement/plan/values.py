"""The words of a plan document: keys, numbers written as text, calendars, rounding, and who says yes.

What contracts leave open a plan must say, so those fields have no silent meaning: what several coefficients
do together, what happens below zero, when an amount is rounded, who confirms.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from shuniu.core.money import Rounding, RoundingMode
from shuniu.core.settlement.words import Frozen

ONE = Decimal(1)
ZERO = Decimal(0)

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Spoken:
    """Marks text of the rule language, wherever in the document it stands."""


Expression = Annotated[str, Field(min_length=1, max_length=2000), Spoken()]
FactType = Literal["number", "string", "boolean", "date", "date and time", "list"]


def number_text(value: Any) -> Any:
    """Numbers arrive as text, so that nothing exact is lost; exact numbers of a program are welcome too."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    return value


Number = Annotated[Expression, BeforeValidator(number_text)]
"""A decimal number ("0.05", "1,280.00"), a ratio ("1/3"), or an expression that gives a number."""
Name = Annotated[str, Field(min_length=1, max_length=80)]
"""A name expressions may use, such as 返点 or 区域.返点."""


class Moment(StrEnum):
    """When an amount is rounded."""

    LINE = "line"  # every line alone
    CUMULATIVE_DELTA = "cumulative_delta"  # line = round(C(after)) − round(C(before)): lines sum to the whole
    TOTAL = "total"  # once, on the sum of the bucket


class PeriodUnit(StrEnum):
    """How long a bucket collects, by the calendar of the plan's time zone."""

    DAY = "day"
    ISO_WEEK = "iso_week"
    HALF_MONTH = "half_month"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ONCE = "once"


class Combine(StrEnum):
    """What several difficulty coefficients do together."""

    MULTIPLY = "multiply"
    MAX = "max"
    SUM_INCREMENTS = "sum_increments"  # 1 + Σ(c − 1)


class Floor(StrEnum):
    """What happens when deductions exceed the fee."""

    NONE = "none"
    ZERO = "zero"
    ZERO_CARRY = "zero_carry"  # not below zero; the rest is carried to the next line


class Boundary(StrEnum):
    """To which tier a number exactly on a bound belongs."""

    UPPER_INCLUSIVE = (
        "upper_inclusive"  # (lower, upper]: 超过 / 不满 read upward; the bound is the lower tier's
    )
    LOWER_INCLUSIVE = "lower_inclusive"  # [lower, upper): 满 / 达到; the bound is the upper tier's


class Comparison(StrEnum):
    """How a threshold is passed. 以上 and 达到 include the number (>=), 超过 does not (>)."""

    OVER = ">"
    AT_LEAST = ">="


class RoundingRule(Frozen):
    mode: RoundingMode = RoundingMode.HALF_UP
    scale: int | None = Field(default=2, ge=0, le=12)
    moment: Moment = Moment.CUMULATIVE_DELTA

    def rounding(self) -> Rounding:
        return Rounding(self.mode, self.scale)


class Confirmation(Frozen):
    """Who turns 待确认 into 已确认; silence counts as a yes after `after_hours` of wall time (None: the setting)."""

    by: Literal["customer", "manager", "period_close"] = "customer"
    after_hours: int | None = Field(default=None, ge=0, le=24 * 90)


Instant = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}([T ].+)?$|^\d{2}-\d{2}$", max_length=40)]
"""A local day (2026-07-01), an instant (with its offset, or local), or a day of every year (07-01)."""


class Window(Frozen):
    """When something holds: since ≤ local time < until, and `when` a condition over facts holds.

    Ends written as month and day come back every year; a window from 12-20 to 02-20 spans New Year. Of several
    windows that hold the highest `priority` wins, then the one recorded last, then the one listed last.
    `recorded_at` is when the row became known: a calculation as of an earlier moment does not see it.
    """

    since: Instant | None = None
    until: Instant | None = None
    when: Expression | None = None
    priority: int = 0
    recorded_at: Instant | None = None
    text: str = ""
