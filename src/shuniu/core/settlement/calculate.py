"""Plan + inputs → buckets and their lines. The same set of inputs gives the same buckets, however it is cut up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from shuniu.core.money import round_money
from shuniu.core.settlement.expressions import PreparedPlan
from shuniu.core.settlement.inputs import BucketEarning, BucketKey, BucketState, Calculation, Input, Line
from shuniu.core.settlement.models.work_order import fee_of
from shuniu.core.settlement.periods import period_key
from shuniu.core.settlement.plan import ZERO, AnyComponent, Floor

Effect: TypeAlias = tuple[Input, Decimal]

NOTHING = BucketState()


def calculate(
    prepared: PreparedPlan,
    inputs: Iterable[Input],
    *,
    as_of: datetime | None = None,
    opening: Mapping[BucketKey, BucketState] | None = None,
) -> Calculation:
    """What the inputs known at `as_of` move in every bucket they touch, starting from `opening`.

    A correction moves the difference between its own worth and that of the input it replaces; where the two
    belong to different buckets, each bucket gets its own line. Raises PlanError.
    """
    known = [one for one in inputs if as_of is None or one.recorded_at <= as_of]
    states = opening or {}
    found = effects(prepared, known)
    return Calculation(
        tuple(settle_bucket(prepared, key, states.get(key, NOTHING), found[key]) for key in sorted(found))
    )


def effects(prepared: PreparedPlan, inputs: Iterable[Input]) -> dict[BucketKey, list[Effect]]:
    """Every bucket the inputs touch, with what each of them adds to its base, in (event time, id) order."""
    known = sorted(inputs, key=lambda one: (one.at, one.id))
    found: dict[BucketKey, list[Effect]] = {}
    for component in prepared.document.components:
        found |= effects_by_bucket(prepared, component, known)
    return found


def bucket_of(prepared: PreparedPlan, component: AnyComponent, one: Input) -> BucketKey | None:
    """The bucket an input belongs to, or None when nobody holds the role that earns."""
    beneficiary = one.parties.get(component.beneficiary)
    if beneficiary is None:
        return None
    document = prepared.document
    return BucketKey(
        component.key, beneficiary, period_key(one.at, document.period_of(component), document.timezone)
    )


def effects_by_bucket(
    prepared: PreparedPlan, component: AnyComponent, inputs: Sequence[Input]
) -> dict[BucketKey, list[Effect]]:
    """Per bucket, what each input adds to the base; an input without effect on a bucket is not listed there."""
    found: dict[BucketKey, list[Effect]] = defaultdict(list)
    for one in inputs:
        if one.measure != component.measure:
            continue
        moved: dict[BucketKey, Decimal] = {}
        for sign, each in ((1, one), (-1, one.corrects)):
            if each is None or (key := bucket_of(prepared, component, each)) is None:
                continue
            worth = worth_of(prepared, component, each)
            if worth is not None:
                moved[key] = moved.get(key, ZERO) + sign * worth
        for key, amount in moved.items():
            found[key].append((one, amount))
    return found


def worth_of(prepared: PreparedPlan, component: AnyComponent, one: Input) -> Decimal | None:
    """What the input adds to its bucket's base: for fees, the fee itself. None when the component passes it over."""
    value = fee_of(prepared, component, one.facts, one.at)
    return None if value is None else value.total


def earned_at(prepared: PreparedPlan, component: AnyComponent, base: Decimal) -> Decimal:
    """E of a bucket whose base is `base`: a pure function, so batches and their order do not matter."""
    if component.floor is Floor.ZERO_CARRY:
        base = max(base, ZERO)
    return round_money(base, prepared.document.rounding_of(component).rounding())


def settle_bucket(
    prepared: PreparedPlan, key: BucketKey, opening: BucketState, moved: Sequence[Effect]
) -> BucketEarning:
    """The lines by which a bucket goes from `opening` to its new state."""
    component = prepared.document.component(key.component)
    lines = []
    state = opening
    for one, amount in moved:
        base = state.base + amount
        after = BucketState(base, earned_at(prepared, component, base))
        lines.append(Line(one.id, one.at, key, state.base, after.base, state.earned, after.earned))
        state = after
    return BucketEarning(key, opening, state, tuple(lines))
