"""What inputs move in which buckets: the versions in force, the engine's components layer by layer."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from shuniu.core.settlement import (
    AnyComponent,
    BucketKey,
    Input,
    Line,
    PreparedPlan,
    compiled,
    component_effects,
    derived_inputs,
    layers,
)
from shuniu.core.settlement.calculate import Effect
from shuniu.foundation.hub import Ref
from shuniu.settlement.contracts import NewInput
from shuniu.settlement.facts import thaw
from shuniu.settlement.groups import Standing
from shuniu.settlement.models import Input as InputRow
from shuniu.settlement.parties import party_of
from shuniu.settlement.stored import input_of
from shuniu.settlement.versions import Candidate, candidates, in_force, prepared_version, unit_paths

BucketRow: TypeAlias = tuple[str, int, int, str, str, str]
"""beneficiary_kind, beneficiary_id, plan_id, component, period, currency: the order buckets are locked in."""
Moves: TypeAlias = dict[BucketRow, list[tuple[Candidate, BucketKey, list[Effect]]]]
Cut: TypeAlias = Callable[[PreparedPlan, AnyComponent, BucketKey, Input], bool]
"""Whether an effect belongs to this piece of work; the others belong to other pieces."""


@dataclass(frozen=True, slots=True)
class FrozenInput:
    """An input that stands in the database, with what was given for it."""

    id: int
    new: NewInput
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class VersionWork:
    """The inputs for which one version of a plan is in force."""

    version: Candidate
    inputs: tuple[Input, ...]

    @property
    def prepared(self) -> PreparedPlan:
        return prepared_version(self.version.id)

    def layer(self, depth: int) -> tuple[AnyComponent, ...]:
        found = layers(self.prepared.document)
        return found[depth] if depth < len(found) else ()


def frozen_of(row: InputRow) -> FrozenInput:
    """A stored input as it was recorded."""
    new = NewInput(
        measure=row.measure,
        source=Ref(row.source_kind, row.source_id),
        at=row.at,
        unit_id=row.unit_id,
        parties={role: party_of(text) for role, text in row.parties.items()},
        facts=thaw(row.facts),
        amount=row.amount,
        quantity=row.quantity,
        level=row.level,
        kind=row.kind,
        key=row.key,
        corrects=row.corrects_id,
    )
    return FrozenInput(row.id, new, row.recorded_at)


def work_of(frozen: Sequence[FrozenInput]) -> list[VersionWork]:
    """The inputs by the versions in force for them, in the order in which versions followed each other."""
    paths = unit_paths([one.new.unit_id for one in frozen])
    corrected = corrected_inputs(frozen)
    known = {measure: candidates(measure) for measure in {one.new.measure for one in frozen}}
    by_version: dict[Candidate, list[Input]] = defaultdict(list)
    for one in frozen:
        new = one.new
        value = as_input(one.id, new, one.recorded_at, corrected.get(new.corrects))
        for version in in_force(known[new.measure], new.at, paths.get(new.unit_id, ""), new.level, new.kind):
            by_version[version].append(value)
    ordered = sorted(by_version, key=lambda one: (one.plan_id, one.since, one.number))
    return [VersionWork(version, tuple(by_version[version])) for version in ordered]


def layer_moves(
    work: Sequence[VersionWork],
    depth: int,
    lines: Callable[[Candidate, str], Iterable[Line]],
    standing: Standing,
    closed: set[tuple[int, str]],
    cut: Cut | None,
) -> Moves:
    """What the components of one layer move: from the inputs, or from the lines of the layers before."""
    found: Moves = defaultdict(list)
    for each in work:
        prepared, plan_id = each.prepared, each.version.plan_id
        by_id = {one.id: one for one in each.inputs}
        for component in each.layer(depth):
            ready = compiled(prepared, component.key)
            own: Sequence[Input] = each.inputs
            if component.after is not None:
                own = derived_inputs(component, lines(each.version, component.after), by_id.__getitem__)
            if component.at_close:
                own = [one for one in own if (plan_id, ready.key(one, "").period) in closed]
            earlier = standing.of(plan_id)
            for key, moves in component_effects(ready, own, earlier=earlier).items():
                kept = moves
                if cut is not None:
                    kept = [move for move in moves if cut(prepared, component, key, move[0])]
                if kept:
                    party = party_of(key.beneficiary)
                    currency = prepared.document.currency
                    row = (party.kind, party.id, plan_id, key.component, key.period, currency)
                    found[row].append((each.version, key, kept))
    return found


def as_input(id_: int, new: NewInput, recorded_at: datetime, corrects: Input | None) -> Input:
    """What the engine sees of a new input: facts exactly as they will be read back from its row."""
    return Input(
        id=id_,
        measure=new.measure,
        at=new.at,
        recorded_at=recorded_at,
        amount=new.amount,
        quantity=new.quantity,
        parties={role: str(ref) for role, ref in new.parties.items()},
        facts=thaw(new.frozen_facts),
        corrects=corrects,
        source=str(new.source),
    )


def corrected_inputs(frozen: Sequence[FrozenInput]) -> Mapping[int | None, Input]:
    ids = [one.new.corrects for one in frozen if one.new.corrects is not None]
    return {row.id: input_of(row) for row in InputRow.objects.filter(id__in=ids)} if ids else {}
