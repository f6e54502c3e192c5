"""The interface for whoever runs plans over stored inputs: how one component fills its buckets.

A bucket (component, beneficiary, period) keeps two numbers: `base`, the sum of what its inputs added to it, and
`earned`, what that base is worth. Three ways of filling it, told by `Compiled`:

1. **Plain columns** — `column` is "amount" or "quantity": the base of a bucket is the sum of that column over its
   inputs, without looking at anything else. This is the fast path for a million lines: read (id, amount) per
   bucket in (event time, id) order, then `walk(state, amounts)` gives base and earned after every line, one
   exact decimal operation or two a line. Or settle in SQL: `pieces` holds C as rows (start, constant, slope,
   included); earned = round(constant + slope × base) by the piece that holds the base. Python and SQL agree to the
   cent, because no piece divides.
2. **Alone** — `together(input)` is None: what an input adds does not depend on other inputs. `moves([input])`
   gives the shares; add them to the bases, then `earned(base)`.
3. **Together** — `together(input)` is a text: all inputs of the component with the same text (a contract, an
   order with its refunds, a hospital, a beneficiary's whole bucket) are looked at together, whatever bucket they
   fall in. Give `effects(..., earlier=...)` the standing inputs of that group and it returns what the new ones
   move. To find them again, store (component, text) beside each input as it is settled: `groups_of(input)`. The
   earlier inputs of a component with `after` are those derived from the lines settled before.

In all three the order of arrival and the cutting into batches never change a bucket: E is a function of the set
of its inputs, settled by difference. `E(empty bucket)` is zero, even where C(0) is not.

A component with `after` has no inputs of its own: they are made from the lines of another (`derived_inputs`), so
components run in the order of `layers(document)`. A component with `pays` False keeps its buckets and lines like any
other, but nothing of them is posted (`BucketEarning.pays`). A component with `at_close` earns only when its period is
closed: give it the period's inputs then. When a bucket is carried on by another version of the plan,
`settle_bucket` prices the new lines by the new curve over the same base and leaves what was earned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Literal

from shuniu.core.money import EXACT, Rounding, round_money, rounder
from shuniu.core.settlement.context import AMOUNT, QUANTITY, Context, PreparedPlan
from shuniu.core.settlement.curves.compile import Worth
from shuniu.core.settlement.curves.pieces import Piece, Pieces
from shuniu.core.settlement.inputs import BucketKey, BucketState, Input, Line
from shuniu.core.settlement.models.cumulative import is_running, running_worth
from shuniu.core.settlement.models.model import Share, applies
from shuniu.core.settlement.models.registry import model_of
from shuniu.core.settlement.periods import period_of_input
from shuniu.core.settlement.plan import ZERO, AnyComponent, Cumulative, Floor, PlanDocument, WorkOrderFee
from shuniu.core.settlement.problems import PlanError

EMPTY = BucketState()
ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
ANY_INPUT = Input(id=0, measure="", at=ANY_TIME, recorded_at=ANY_TIME)


@dataclass(frozen=True, slots=True)
class Compiled:
    """One component, ready to fill buckets. Made by `compiled(prepared, key)` and kept with the plan."""

    plan: PreparedPlan
    component: AnyComponent
    curve: Worth | None
    rounding: Rounding
    column: Literal["amount", "quantity"] | None
    pieces: tuple[Piece, ...] | None

    def looks_at(self, one: Input, as_of: datetime | None = None) -> bool:
        """Whether the component counts the input at all. PlanError when one of its guards refuses it."""
        return one.measure == self.component.measure and applies(
            self.component, Context(self.plan, one, as_of)
        )

    def together(self, one: Input, as_of: datetime | None = None) -> str | None:
        """The group the input must be looked at with; None when it stands alone."""
        return model_of(self.component).together(self.component, Context(self.plan, one, as_of))

    def moves(self, inputs: Sequence[Input], as_of: datetime | None = None) -> list[list[Share]]:
        """Per input, (beneficiary, amount) added to the base of his bucket in the input's period.

        Give one input that stands alone, or all inputs of a group in (event time, id) order; only inputs that
        `looks_at` accepts. Does not look at `corrects`.
        """
        contexts = [Context(self.plan, one, as_of) for one in inputs]
        return model_of(self.component).moves(self.component, contexts) if contexts else []

    def plain_move(self, one: Input) -> list[Share]:
        """The same for a component with a `column`, without looking at anything else of the input."""
        beneficiary = one.parties.get(self.component.beneficiary)
        if one.measure != self.component.measure or beneficiary is None:
            return []
        return [(beneficiary, one.amount if self.column == "amount" else one.quantity)]

    def key(self, one: Input, beneficiary: str) -> BucketKey:
        period = period_of_input(self.plan.document, self.component, one)
        return BucketKey(self.component.key, beneficiary, period)

    def earned(self, base: Decimal) -> Decimal:
        """E of a bucket that has inputs and whose base is `base`, rounded as the plan says. Pure."""
        return round_money(base if self.curve is None else self.curve(base), self.rounding)

    def walk(self, state: BucketState, amounts: Iterable[Decimal]) -> Iterator[tuple[Decimal, Decimal]]:
        """(base, earned) after each amount added to the base, from `state` on. Nothing is built per line."""
        rounded = rounder(self.rounding)
        if isinstance(self.curve, Pieces):
            steps = self.curve.walk(state.base, amounts, rounded)
        else:
            steps = self.steps(state.base, amounts, rounded)
        # Under another version than before, what was earned until now stays; see the module's text.
        kept = state.earned - (ZERO if state == EMPTY else self.earned(state.base))
        return ((base, earned + kept) for base, earned in steps) if kept else steps

    def steps(
        self, base: Decimal, amounts: Iterable[Decimal], rounded: Callable[[Decimal], Decimal]
    ) -> Iterator[tuple[Decimal, Decimal]]:
        curve = self.curve
        for amount in amounts:
            base += amount
            yield base, rounded(base if curve is None else curve(base))


def compiled(prepared: PreparedPlan, key: str) -> Compiled:
    """The component of that key, ready to fill buckets; KeyError when the plan has none."""
    found = prepared.ready.get(key)
    if found is None:
        found = prepared.ready[key] = make_ready(prepared, prepared.document.component(key))
    return found


def make_ready(prepared: PreparedPlan, component: AnyComponent) -> Compiled:
    curve: Worth | None = None
    column: Literal["amount", "quantity"] | None = None
    if isinstance(component, Cumulative) and is_running(component, prepared):
        curve = running_worth(component, Context(prepared, ANY_INPUT))
        column = column_of(component, prepared)
    elif isinstance(component, WorkOrderFee) and component.floor is Floor.ZERO_CARRY:
        curve = partial(max, ZERO)
    rounding = prepared.document.rounding_of(component).rounding()
    pieces = curve.pieces if isinstance(curve, Pieces) else None
    exact = model_of(component).exact
    return Compiled(prepared, component, curve, EXACT if exact else rounding, column, pieces)


def column_of(component: Cumulative, prepared: PreparedPlan) -> Literal["amount", "quantity"] | None:
    """The input's column that is added to the base, when nothing else of the input is looked at."""
    document = prepared.document
    window = document.effective
    conditions = (component.when, document.scope.when, window.when, window.since, window.until)
    if component.guards or any(each is not None for each in conditions):
        return None
    return {AMOUNT: "amount", QUANTITY: "quantity"}.get(component.base)  # type: ignore[return-value]


def groups_of(prepared: PreparedPlan, one: Input) -> dict[str, str]:
    """By component key, the group an input belongs to, for the components that look at inputs together."""
    found = {}
    for component in prepared.document.components:
        ready = compiled(prepared, component.key)
        if ready.looks_at(one) and (text := ready.together(one)) is not None:
            found[component.key] = text
    return found


def layers(document: PlanDocument) -> list[tuple[AnyComponent, ...]]:
    """Components in the order they must run: those with inputs of their own, those after them, and so on."""
    waiting = {component.key: component for component in document.components}
    done: list[tuple[AnyComponent, ...]] = []
    while waiting:
        ready = tuple(each for each in waiting.values() if each.after is None or each.after not in waiting)
        if not ready:
            place = f"components.{next(iter(waiting))}.after"
            raise PlanError("cycle", place, "组件互相依赖，成了环", "components feed each other in a cycle")
        done.append(ready)
        for each in ready:
            del waiting[each.key]
    return done


def derived_inputs(
    component: AnyComponent, lines: Iterable[Line], inputs: Callable[[int], Input]
) -> list[Input]:
    """The inputs of a component with `after`: a line's amount is 金额, its input's facts and parties go on.

    The role `earner` is whoever the line earned for.
    """
    found = []
    for line in lines:
        one = inputs(line.input_id)
        parties = {**one.parties, "earner": line.bucket.beneficiary}
        found.append(
            Input(
                id=one.id, measure=component.measure, at=one.at, recorded_at=one.recorded_at,
                amount=line.amount, quantity=one.quantity, parties=parties, facts=one.facts, source=one.source,
                period=line.bucket.period,
            )
        )  # fmt: skip
    return found
