"""The plan document: named numbers and tables, components, and the way to the money stated."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from shuniu.core.settlement.plan.components import AnyComponent, Component
from shuniu.core.settlement.plan.lookups import Lookup, Parameter
from shuniu.core.settlement.plan.values import (
    Confirmation,
    Expression,
    FactType,
    Key,
    Name,
    PeriodUnit,
    RoundingRule,
    Window,
)
from shuniu.core.settlement.words import Frozen, Label


class Scope(Frozen):
    """Where a plan holds. Empty means everywhere; a unit counts with all units below it."""

    units: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    when: Expression | None = None


class PlanDocument(Frozen):
    """A whole plan. `facts` declares the names its expressions may use, with their types.

    Beside the facts expressions know 金额 and 数量 of the input, the plan's parameters and lookups, and
    收益.<key>, what another component pays for the same input. `hold_days` pass between 已确认 and 可提现; None
    leaves it to the unit's setting.
    """

    format: Annotated[int, Field(ge=1, le=1)] = 1
    key: Key
    name: Label
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "CNY"
    timezone: str = "Asia/Shanghai"
    rounding: RoundingRule = RoundingRule()
    period: PeriodUnit = PeriodUnit.MONTH
    confirmation: Confirmation = Confirmation()
    hold_days: int | None = Field(default=None, ge=0, le=365)
    scope: Scope = Scope()
    effective: Window = Window()
    facts: dict[str, FactType] = Field(default_factory=dict)
    parameters: dict[Name, Parameter] = Field(default_factory=dict, max_length=500)
    lookups: tuple[Lookup, ...] = Field(default=(), max_length=200)
    components: tuple[Annotated[AnyComponent, Field(discriminator="model")], ...] = Field(
        min_length=1, max_length=100
    )

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
        """The document as text that is the same for the same plan, whatever its writer left to the defaults."""
        return json.dumps(
            self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )

    def content_hash(self) -> bytes:
        return hashlib.sha256(self.canonical().encode()).digest()
