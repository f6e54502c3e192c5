"""Components: a small set of kinds that together say every way of earning the house knows.

Each says which inputs it looks at, for whom it earns, and what an input (or several inputs that belong
together) adds to the running base of a bucket. The curve turns the base into money; most kinds have none, and
there the base is the money.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from shuniu.core.settlement.plan.curves import Curve, Flat
from shuniu.core.settlement.plan.values import (
    Combine,
    Expression,
    Floor,
    Key,
    Name,
    Number,
    PeriodUnit,
    RoundingRule,
    Window,
)
from shuniu.core.settlement.words import Frozen, Label


class Guard(Frozen):
    """What must hold for every input, or the whole call is refused with this code."""

    holds: Expression
    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    text: Label


class Component(Frozen):
    """What every component says.

    `beneficiary` is the role of the input's parties that earns; `account` is the purpose of the ledger account
    the money goes to first. With `after` the inputs are the lines of another component instead of a measure:
    their amount is 金额. `at_close`: the bucket earns only when its period is closed. `pays` False: a step on the
    way (a pool to be split, an amount to be converted) that others use and nobody is paid.
    """

    key: Key
    name: Label
    measure: str = Field(default="", max_length=80)
    after: Key | None = None
    when: Expression | None = None
    guards: tuple[Guard, ...] = Field(default=(), max_length=20)
    beneficiary: Key = "worker"
    period: PeriodUnit | None = None
    rounding: RoundingRule | None = None
    account: Key = "earned"
    at_close: bool = False
    pays: bool = True


class FeeRow(Frozen):
    """One row of a fee table: the first whose condition holds is the base fee."""

    text: Label
    amount: Number
    when: Expression | None = None


class CoefficientRow(Frozen):
    """A coefficient that applies when its condition holds; all that apply are combined."""

    text: Label
    value: Number
    when: Expression | None = None


class AmountRow(Frozen):
    """An allowance or a deduction; written as a positive amount in both cases."""

    text: Label
    amount: Number
    when: Expression | None = None


class WorkOrderFee(Component):
    """基础费 × 难度系数 + 补贴 − 扣款, for every input alone."""

    model: Literal["work_order"] = "work_order"
    base: tuple[FeeRow, ...] = Field(min_length=1, max_length=500)
    coefficients: tuple[CoefficientRow, ...] = Field(default=(), max_length=100)
    combine: Combine
    allowances: tuple[AmountRow, ...] = Field(default=(), max_length=100)
    deductions: tuple[AmountRow, ...] = Field(default=(), max_length=100)
    floor: Floor


class First(Frozen):
    """Only the earliest input counts: of each `per` (a customer …) ever and whoever earned it; without `per` the
    beneficiary's first in the period.
    """

    per: Expression | None = None


class Formula(Component):
    """A formula for every input alone, between bounds if there are any."""

    model: Literal["formula"] = "formula"
    amount: Number
    minimum: Number | None = None
    maximum: Number | None = None
    first: First | None = None


class PerOrder(Component):
    """按单抽成: a fixed fee and a share of every order; orders within the allowance pay no fee.

    `order` names the order an input belongs to: its refunds then move its net, and the fixed fee is given back
    only when the net is 0 (or never, with `keep_fee`). An allowance spans the bucket: `free_orders` orders,
    but not more than `free_amount` together.
    """

    model: Literal["per_order"] = "per_order"
    amount: Number = "金额"
    fixed: Number = "0"
    rate: Number = "0"
    minimum: Number | None = None
    maximum: Number | None = None
    free_orders: int | None = Field(default=None, ge=0)
    free_amount: Number | None = None
    order: Expression | None = None
    keep_fee: bool = False


class CurveSeason(Frozen):
    """Another curve for a while: a new version from a day on, or a season that ends by itself."""

    window: Window
    curve: Curve


class Cumulative(Component):
    """A running base and its curve: rebates in tiers, targets, caps, packages, consumption, payments received.

    `base` is what an input adds; `together` gives every matter (a contract, a package, an invoice) a base of its
    own. Where the curve depends on facts or the season, `on_change` says what a change means: `shared` prices
    each line by the curve of its own day over one base, `separate` starts a base for each season, `restate`
    prices everything by the curve of the latest input.
    """

    model: Literal["cumulative"] = "cumulative"
    base: Number = "金额"
    curve: Curve | None = Flat()
    seasons: tuple[CurveSeason, ...] = Field(default=(), max_length=100)
    on_change: Literal["shared", "separate", "restate"] = "shared"
    together: Expression | None = None


class Stage(Frozen):
    key: str
    text: Label | None = None
    share: Number


class Milestone(Component):
    """项目进度分成: round(contract × accepted shares) − already paid. A changed contract is caught up by the next stage."""

    model: Literal["milestone"] = "milestone"
    contract: Number
    stage: Expression
    stages: tuple[Stage, ...] = Field(min_length=1, max_length=100)
    together: Expression | None = None


class Part(Frozen):
    """One share of a split: the role that gets it, and its weight."""

    role: Key
    weight: Number


class Split(Component):
    """按权重拆分: one amount among several, to the smallest unit. Refunds split what is retained.

    Shares by role (`parts`), or a fact that lists {party, weight}. `together` names what is split (default: the
    source of the input): its refunds take back from the same shares.
    """

    model: Literal["split"] = "split"
    amount: Number = "金额"
    parts: tuple[Part, ...] = Field(default=(), max_length=100)
    among: Name | None = None
    method: Literal["largest_remainder", "first", "largest_weight", "separate"] = "largest_remainder"
    scale: int = Field(default=2, ge=0, le=12)
    remainder: str = Field(default="platform:0", max_length=80)
    together: Expression | None = None


class Credit(Component):
    """业绩分摊: everybody named gets amount × share × the rate of his kind; shares of `whole` kinds must total 1."""

    model: Literal["credit"] = "credit"
    amount: Number = "金额"
    among: Name
    rates: dict[str, Number] = Field(min_length=1, max_length=50)
    whole: tuple[str, ...] = Field(default=(), max_length=50)


class Hierarchy(Component):
    """代理层级: the upline chain of a sale, nearest first, by fixed shares per distance or by differences of rates.

    `chain` is a fact that lists {party, active, rate}. `inactive`: skip uses up the place of an inactive agent,
    compress does not. Nobody beyond `levels` places is paid. `recruiting` says the plan pays for bringing people
    in; the check warns.
    """

    model: Literal["hierarchy"] = "hierarchy"
    amount: Number = "金额"
    mode: Literal["absolute", "differential"]
    chain: Name
    rates: tuple[Number, ...] = Field(default=(), max_length=50)
    inactive: Literal["skip", "compress"]
    levels: int = Field(default=10, ge=1, le=50)
    cap: Number | None = None
    over_cap: Literal["cut_far_end", "refuse"] = "cut_far_end"
    recruiting: bool = False


class Draw(Component):
    """预支与保底: what a period pays beyond its earnings, and what later periods give back.

    Looks at one number per period, 金额: what was earned in it. `recovery`: only earnings above the amount give
    back (the default of a guarantee), or all of them (the default of the others). A period that is drawn upon gives
    nothing back.
    """

    model: Literal["draw"] = "draw"
    type: Literal["non_recoverable_guarantee", "recoverable_guarantee", "recoverable", "non_recoverable"]
    amount: Number
    recovery: Literal["above_guarantee", "full_earnings"] | None = None
    periods: int | None = Field(default=None, ge=0)


class Option(Frozen):
    """One offer: who makes it, when it is valid, what a quantity costs, and how it ranks among equals."""

    key: str
    when: Expression | None = None
    base: Number = "数量"
    curve: Curve
    rank: tuple[Number, ...] = ()


class Choice(Component):
    """择优: the best of the valid options; none valid refuses the call."""

    model: Literal["choice"] = "choice"
    options: tuple[Option, ...] = Field(min_length=1, max_length=1000)
    best: Literal["lowest", "highest"] = "lowest"


AnyComponent: TypeAlias = (
    WorkOrderFee | Formula | PerOrder | Cumulative | Milestone | Split | Credit | Hierarchy | Draw | Choice
)
