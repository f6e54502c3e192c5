"""Curves: what a bucket's running base (sales, units, earnings) is worth, as data.

A curve is a function C of one number. A bucket whose base is x has earned C(x), and a line the difference of
two values of C, so no order of inputs and no cutting into batches ever changes the whole.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from shuniu.core.settlement.plan.values import Boundary, Comparison, Expression, Number
from shuniu.core.settlement.words import Frozen


class Tier(Frozen):
    """Up to `up_to` (cumulative; None: no bound) every unit of the base is worth `rate`; `flat` once, on entry."""

    up_to: Number | None = None
    rate: Number = "0"
    flat: Number = "0"


Tiers = Annotated[tuple[Tier, ...], Field(min_length=1, max_length=200)]


class Flat(Frozen):
    """C(x) = x × rate; with rate 1 the sum of the inputs itself."""

    kind: Literal["flat"] = "flat"
    rate: Number = "1"


class Graduated(Frozen):
    """超额累进: each part of the base at the rate of the tier it lies in, plus `flat` of every tier entered.

    With `quota` the bounds are shares of it (0.6, 1 …). `floor_zero`: nothing is earned on a base of zero or
    less; without it the first tier goes on below zero. `flat_on_zero`: a base of exactly 0 owes the first flat.
    """

    kind: Literal["graduated"] = "graduated"
    tiers: Tiers
    flat_on_zero: bool = False
    floor_zero: bool = False
    quota: Number | None = None


class Volume(Frozen):
    """达档全额: the tier that holds the whole base prices all of it, plus its `flat`."""

    kind: Literal["volume"] = "volume"
    tiers: Tiers
    boundary: Boundary
    floor_zero: bool = False
    quota: Number | None = None


class Package(Frozen):
    """每满: whole packages of `size` beyond the free units, at `price` each; a started one counts by `partial`."""

    kind: Literal["package"] = "package"
    size: Number
    price: Number
    free: Number = "0"
    partial: Literal["ceil", "floor"]


class BlockTier(Frozen):
    max_blocks: Number | None = None
    block_size: Number
    price: Number


class Blocks(Frozen):
    """Blocks in tiers of limited capacity; beyond the last tier its price goes on."""

    kind: Literal["blocks"] = "blocks"
    policy: Literal["all_tiers", "top_tier"]
    tiers: Annotated[tuple[BlockTier, ...], Field(min_length=1, max_length=200)]


class Target(Frozen):
    """达标奖: once the base passes the threshold, `bonus` and `rate` on the whole base or on the excess."""

    kind: Literal["target"] = "target"
    threshold: Number
    comparison: Comparison
    rate: Number = "0"
    of: Literal["whole", "excess"]
    bonus: Number = "0"


class Bounds(Frozen):
    """保底封顶 of a sum: never above `maximum`, never below `minimum`."""

    kind: Literal["bounds"] = "bounds"
    minimum: Number | None = None
    maximum: Number | None = None


class Shortfall(Frozen):
    """补足: what is missing to `to`; used with `at_close`, when the period can grow no more."""

    kind: Literal["shortfall"] = "shortfall"
    to: Number


class Formulated(Frozen):
    """A formula over 累计, the running base, and over facts of the latest input."""

    kind: Literal["formula"] = "formula"
    amount: Expression


Curve: TypeAlias = Annotated[
    Flat | Graduated | Volume | Package | Blocks | Target | Bounds | Shortfall | Formulated,
    Field(discriminator="kind"),
]
