"""The plan document: components over facts, with rounding, periods and the way to the money stated.

What contracts leave open a plan must say, so those fields have no silent meaning: what several coefficients
do together, what happens below zero, when an amount is rounded, who confirms.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from shuniu.core.money import Rounding, RoundingMode
from shuniu.core.settlement.words import Frozen, Label

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Expression = Annotated[str, Field(min_length=1, max_length=2000)]
FactType = Literal["number", "string", "boolean", "date", "date and time"]


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


class Component(Frozen):
    """What every component says: which inputs it looks at, for whom it earns, and how long a bucket collects.

    `beneficiary` is the role of the input's parties that earns; `account` is the purpose of the ledger account
    the money goes to first. With `after` the inputs are the lines of another component instead of a measure.
    """

    key: Key
    name: Label
    measure: str = Field(default="", max_length=80)
    after: Key | None = None
    when: Expression | None = None
    beneficiary: Key = "worker"
    period: PeriodUnit | None = None
    rounding: RoundingRule | None = None
    account: Key = "earned"


class FeeRow(Frozen):
    """One row of a fee table: the first whose condition holds is the base fee."""

    text: Label
    amount: Expression
    when: Expression | None = None


class CoefficientRow(Frozen):
    """A coefficient that applies when its condition holds; all that apply are combined."""

    text: Label
    value: Expression
    when: Expression | None = None


class AmountRow(Frozen):
    """An allowance or a deduction; written as a positive amount in both cases."""

    text: Label
    amount: Expression
    when: Expression | None = None


class WorkOrderFee(Component):
    """Base fee × difficulty coefficients + allowances − deductions, for every input alone."""

    model: Literal["work_order"] = "work_order"
    base: tuple[FeeRow, ...] = Field(min_length=1, max_length=500)
    coefficients: tuple[CoefficientRow, ...] = Field(default=(), max_length=100)
    combine: Combine
    allowances: tuple[AmountRow, ...] = Field(default=(), max_length=100)
    deductions: tuple[AmountRow, ...] = Field(default=(), max_length=100)
    floor: Floor

    def tables(self) -> Iterator[tuple[str, list[list[tuple[str, str]]]]]:
        """Expressions by table and row, for checking and compiling: (table, [[(field, text)]])."""
        yield "base", [named(("amount", row.amount), ("when", row.when)) for row in self.base]
        yield "coefficients", [named(("value", row.value), ("when", row.when)) for row in self.coefficients]
        yield "allowances", [named(("amount", row.amount), ("when", row.when)) for row in self.allowances]
        yield "deductions", [named(("amount", row.amount), ("when", row.when)) for row in self.deductions]


def named(*fields: tuple[str, str | None]) -> list[tuple[str, str]]:
    return [(name, text) for name, text in fields if text is not None]


# A union by `model`, once there is a second one.
AnyComponent: TypeAlias = WorkOrderFee


class PlanDocument(Frozen):
    """A whole plan. `facts` declares the names its expressions may use, with their types.

    `hold_days` pass between 已确认 and 可提现; None leaves it to the unit's setting.
    """

    format: Literal[1] = 1
    key: Key
    name: Label
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "CNY"
    timezone: str = "Asia/Shanghai"
    rounding: RoundingRule = RoundingRule()
    period: PeriodUnit = PeriodUnit.MONTH
    confirmation: Confirmation = Confirmation()
    hold_days: int | None = Field(default=None, ge=0, le=365)
    facts: dict[str, FactType] = Field(default_factory=dict)
    components: tuple[AnyComponent, ...] = Field(min_length=1, max_length=100)

    @field_validator("timezone")
    @classmethod
    def known_zone(cls, value: str) -> str:
        ZoneInfo(value)
        return value

    def component(self, key: str) -> AnyComponent:
        """The component of that key; KeyError when the plan has none."""
        for component in self.components:
            if component.key == key:
                return component
        raise KeyError(key)

    def rounding_of(self, component: Component) -> RoundingRule:
        return component.rounding or self.rounding

    def period_of(self, component: Component) -> PeriodUnit:
        return component.period or self.period

    def measures(self) -> frozenset[str]:
        return frozenset(component.measure for component in self.components if component.measure)

    def canonical(self) -> str:
        """The document as text that is the same for the same plan."""
        return json.dumps(
            self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )

    def content_hash(self) -> bytes:
        return hashlib.sha256(self.canonical().encode()).digest()


ONE = Decimal(1)
ZERO = Decimal(0)
