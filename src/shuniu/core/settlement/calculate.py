"""Plan + inputs → buckets and their lines. The same set of inputs gives the same buckets, however it is cut up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from shuniu.core.settlement.buckets import EMPTY, Compiled, compiled, derived_inputs, layers
from shuniu.core.settlement.context import PreparedPlan
from shuniu.core.settlement.inputs import BucketEarning, BucketKey, BucketState, Calculation, Input, Line
from shuniu.core.settlement.plan import ZERO

Effect: TypeAlias = tuple[Input, Decimal]
Effects: TypeAlias = dict[BucketKey, list[Effect]]
Earlier: TypeAlias = Callable[[str, str], Sequence[Input]]
"""(component, group) → the inputs of the group settled before, those corrected since left out."""


def calculate(
    prepared: PreparedPlan,
    inputs: Iterable[Input],
    *,
    as_of: datetime | None = None,
    opening: Mapping[BucketKey, BucketState] | None = None,
    earlier: Earlier | None = None,
    closed: Container[str] = (),
) -> Calculation:
    """What the inputs known at `as_of` move in every bucket they touch, starting from `opening`.

    A correction moves the difference between its own worth and that of the input it replaces; where the two
    belong to different buckets, each bucket gets its own line. `closed` names the periods that can grow no more,
    in which components with `at_close` earn. Raises PlanError; nothing is calculated then.
    """
    known = [one for one in inputs if as_of is None or one.recorded_at <= as_of]
    by_id = {one.id: one for one in known}
    states = opening or {}
    earnings: dict[BucketKey, BucketEarning] = {}
    for layer in layers(prepared.document):
        for component in layer:
            ready = compiled(prepared, component.key)
            own: Sequence[Input] = known
            if component.after is not None:
                own = derived_inputs(component, lines_of(earnings, component.after), by_id.__getitem__)
            if component.at_close:
                own = [one for one in own if ready.key(one, "").period in closed]
            for key, moved in component_effects(ready, own, as_of=as_of, earlier=earlier).items():
                earnings[key] = settle_bucket(prepared, key, states.get(key, EMPTY), moved)
    return Calculation(tuple(earnings[key] for key in sorted(earnings)))


def lines_of(earnings: Mapping[BucketKey, BucketEarning], component: str) -> list[Line]:
    """All lines of a component in (event time, id) order."""
    found = [line for key, bucket in earnings.items() if key.component == component for line in bucket.lines]
    return sorted(found, key=lambda line: (line.at, line.input_id))


def effects(prepared: PreparedPlan, inputs: Iterable[Input], earlier: Earlier | None = None) -> Effects:
    """Every bucket the inputs touch, with what each of them adds to its base, in (event time, id) order.

    Components with inputs of their own only: what stands `after` another follows from its lines.
    """
    known = list(inputs)
    found: Effects = {}
    for component in prepared.document.components:
        if component.after is None and not component.at_close:
            found |= component_effects(compiled(prepared, component.key), known, earlier=earlier)
    return found


def component_effects(
    ready: Compiled,
    inputs: Iterable[Input],
    *,
    as_of: datetime | None = None,
    earlier: Earlier | None = None,
) -> Effects:
    """The effects of one component; an input without effect on a bucket is not listed there."""
    known = sorted(inputs, key=lambda one: (one.at, one.id))
    found: Effects = defaultdict(list)
    groups: dict[str, list[Input]] = defaultdict(list)
    for one in known:
        if ready.column is not None and one.corrects is None:
            for beneficiary, amount in ready.plain_move(one):
                found[ready.key(one, beneficiary)].append((one, amount))
            continue
        group = group_of(ready, one, as_of)
        if group is None:
            for key, amount in moved_alone(ready, one, as_of).items():
                found[key].append((one, amount))
        else:
            groups[group].append(one)
    for group, new in groups.items():
        settled = earlier(ready.component.key, group) if earlier is not None else ()
        for one, moved in moved_together(ready, settled, new, as_of):
            for key, amount in moved.items():
                found[key].append((one, amount))
    for moves in found.values():
        moves.sort(key=lambda effect: (effect[0].at, effect[0].id))
    return found


def group_of(ready: Compiled, one: Input, as_of: datetime | None) -> str | None:
    """The group of an input, or of the input it corrects when it is itself no longer looked at."""
    for each in (one, one.corrects):
        if each is not None and ready.looks_at(each, as_of):
            return ready.together(each, as_of)
    return None


def moved_alone(ready: Compiled, one: Input, as_of: datetime | None) -> dict[BucketKey, Decimal]:
    """What one input moves in each bucket, less what the input it corrects had moved."""
    moved: dict[BucketKey, Decimal] = {}
    for sign, each in ((1, one), (-1, one.corrects)):
        if each is None or not ready.looks_at(each, as_of):
            continue
        for beneficiary, amount in ready.moves([each], as_of)[0]:
            key = ready.key(each, beneficiary)
            moved[key] = moved.get(key, ZERO) + sign * amount
    return moved


def moved_together(
    ready: Compiled, settled: Sequence[Input], new: Sequence[Input], as_of: datetime | None
) -> list[tuple[Input, dict[BucketKey, Decimal]]]:
    """What each new input of a group moves: what the group is worth with it, less what it was worth without."""
    standing = {one.id: one for one in settled}
    newest = max(((one.at, one.id) for one in settled), default=None)
    in_order = newest is None or (new[0].at, new[0].id) > newest
    if in_order and not any(one.corrects for one in new):
        every = [*sorted(settled, key=lambda one: (one.at, one.id)), *new]
        every = [one for one in every if ready.looks_at(one, as_of)]
        moves = ready.moves(every, as_of)
        found = [(one, keyed(ready, one, shares)) for one, shares in zip(every, moves, strict=True)]
        return found[-len(new) :]
    before = group_worth(ready, standing, as_of)
    found = []
    for one in new:
        if one.corrects is not None:
            standing.pop(one.corrects.id, None)
        standing[one.id] = one
        after = group_worth(ready, standing, as_of)
        keys = dict.fromkeys((*after, *before))
        moved = {key: after.get(key, ZERO) - before.get(key, ZERO) for key in keys}
        found.append((one, {key: amount for key, amount in moved.items() if amount}))
        before = after
    return found


def keyed(ready: Compiled, one: Input, shares: Iterable[tuple[str, Decimal]]) -> dict[BucketKey, Decimal]:
    found: dict[BucketKey, Decimal] = {}
    for beneficiary, amount in shares:
        key = ready.key(one, beneficiary)
        found[key] = found.get(key, ZERO) + amount
    return found


def group_worth(
    ready: Compiled, standing: Mapping[int, Input], as_of: datetime | None
) -> dict[BucketKey, Decimal]:
    """What all inputs of a group together put into each bucket."""
    every = sorted(standing.values(), key=lambda one: (one.at, one.id))
    looked_at = [one for one in every if ready.looks_at(one, as_of)]
    worth: dict[BucketKey, Decimal] = {}
    for one, shares in zip(looked_at, ready.moves(looked_at, as_of), strict=True):
        for key, amount in keyed(ready, one, shares).items():
            worth[key] = worth.get(key, ZERO) + amount
    return worth


def settle_bucket(
    prepared: PreparedPlan, key: BucketKey, opening: BucketState, moved: Sequence[Effect]
) -> BucketEarning:
    """The lines by which a bucket goes from `opening` to its new state."""
    ready = compiled(prepared, key.component)
    lines = []
    state = opening
    steps = ready.walk(opening, [amount for _, amount in moved])
    for (one, _), (base, earned) in zip(moved, steps, strict=True):
        after = BucketState(base, earned)
        lines.append(Line(one.id, one.at, key, state.base, after.base, state.earned, after.earned))
        state = after
    return BucketEarning(key, opening, state, tuple(lines), ready.component.pays)


def booked(prepared: PreparedPlan, key: BucketKey, base: Decimal) -> BucketState:
    """The state of a bucket into which `base` was booked before, however many lines that took."""
    return BucketState(base, compiled(prepared, key.component).earned(base))
