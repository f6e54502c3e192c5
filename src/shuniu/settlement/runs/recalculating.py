"""Computing a plan's period again under the versions in force now: each bucket moves by the difference.

Nothing is rewritten: a bucket that comes out otherwise gets one line that says it was recalculated.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import connection

from shuniu.core.settlement import (
    BucketKey,
    BucketState,
    Compiled,
    Input,
    Line,
    compiled,
    component_effects,
    derived_inputs,
    settle_bucket,
)
from shuniu.core.settlement.calculate import Effect, group_of, keyed
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref
from shuniu.settlement.buckets import LOCK_BUCKETS, OPEN_BUCKETS, posting_rows
from shuniu.settlement.closing import keep_periods
from shuniu.settlement.cutting import home_role
from shuniu.settlement.effects import BucketRow, VersionWork, frozen_of, work_of
from shuniu.settlement.groups import Standing, join_groups, may_group
from shuniu.settlement.models import Bucket, Period, Run, RunPart
from shuniu.settlement.models import Input as InputRow
from shuniu.settlement.parties import party_of
from shuniu.settlement.periods import unit_of
from shuniu.settlement.runs.columns import Plain, Share, plain_components
from shuniu.settlement.runs.differences import Difference, post_differences
from shuniu.settlement.versions import Candidate, candidates

# What was corrected since does not stand any more.
SUMS = """
SELECT p.id, sum(i.{column}), count(*), max(i.id), max(i.at), (array_agg(i.unit_id ORDER BY i.id DESC))[1],
       (array_agg(i.party_id ORDER BY i.id DESC))[1]
  FROM settlement_run_part p CROSS JOIN LATERAL unnest(p.inputs) AS x (id)
  JOIN settlement_input i ON i.id = x.id
 WHERE p.id = ANY(%s) AND NOT EXISTS (SELECT FROM settlement_input c WHERE c.corrects_id = i.id)
 GROUP BY p.id
"""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a bucket should stand: what its inputs, all together, put it at."""

    part_id: int
    version: Candidate
    state: BucketState
    last: InputRow | None


def recalculate(run: Run, parts: Sequence[RunPart], *, by: Actor, now: datetime) -> dict[int, Share]:
    """Move the buckets of these parts to where all their inputs put them; nothing where they stand there already."""
    keep_periods([run.whose_plan])
    targets = plain_targets(run, parts)
    if targets is None:
        targets = {}
        for part in parts:
            targets |= part_targets(run, part)
    found = differences(run, parts, targets, now)
    transactions = post_differences(found, run_id=run.pk, by=by, now=now)
    return {part.pk: share_of(part, found, transactions) for part in parts}


def share_of(part: RunPart, found: Sequence[Difference], transactions: Mapping[int, int]) -> Share:
    few = [one for one in found if one.part_id == part.pk]
    return Share(
        lines=len(few),
        buckets=len(few),
        transactions=sum(1 for one in few if one.bucket_id in transactions),
        amount=sum((one.amount for one in few), Decimal(0)),
    )


def plain_targets(run: Run, parts: Sequence[RunPart]) -> dict[BucketRow, Target] | None:
    """The short way: the database adds up the column, the engine says what the sum is worth."""
    first, last = min(one.first_at for one in parts), max(one.last_at for one in parts)
    measure, role = parts[0].measure, parts[0].role
    known = [one for one in candidates(measure) if one.plan_id == run.plan_id]
    plain = plain_components(known, measure, role, first, last)
    if plain is None:
        return None
    found: dict[BucketRow, Target] = {}
    for each in plain:
        if counts(each.ready, run):
            found |= summed(run, parts, each)
    return found


def counts(ready: Compiled, run: Run) -> bool:
    """Whether the component's buckets are of the kind of period that is recalculated."""
    return ready.plan.document.period_of(ready.component) is unit_of(run.period)


def summed(run: Run, parts: Sequence[RunPart], plain: Plain) -> dict[BucketRow, Target]:
    by_id = {part.pk: part for part in parts}
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(SUMS.format(column=plain.column), [list(by_id)])
        for part_id, base, _, input_id, at, unit_id, party_id in cursor:
            part = by_id[part_id]
            last = InputRow(id=input_id, at=at, unit_id=unit_id, party_id=party_id)
            row = bucket_row(run, plain.ready, Ref(part.party_kind, part.party_id), run.period)
            state = BucketState(base, plain.ready.earned(base))
            found[row] = Target(part_id, plain.version, state, last)
    return found


def bucket_row(run: Run, ready: Compiled, owner: Ref, period: str) -> BucketRow:
    document = ready.plan.document
    return owner.kind, owner.id, run.whose_plan, ready.component.key, period, document.currency


def part_targets(run: Run, part: RunPart) -> dict[BucketRow, Target]:
    """The long way: every component looks at the standing inputs again."""
    rows = {row.id: row for row in standing_rows(part.inputs)}
    frozen = [frozen_of(row) for row in rows.values()]
    frozen = [replace(one, new=replace(one.new, corrects=None)) for one in frozen]
    work = [each for each in work_of(frozen) if each.version.plan_id == run.plan_id]
    groups = join_groups(((each.version.plan_id, each.prepared, each.inputs) for each in work), keep=False)
    at_close = Period.objects.filter(
        plan_id=run.whose_plan, period=run.period, status__in=["closing", "closed"]
    )
    targets: dict[BucketRow, Target] = {}
    lines: dict[tuple[Candidate, str], list[Line]] = defaultdict(list)
    for version_work in work:
        for ready, own in components(version_work, part, lines, closing=at_close.exists()):
            for key, moves in whole_effects(ready, own, groups, version_work, run).items():
                row = bucket_row(run, ready, party_of(key.beneficiary), key.period)
                opening = targets[row].state if row in targets else BucketState()
                earning = settle_bucket(ready.plan, key, opening, moves)
                lines[version_work.version, ready.component.key] += earning.lines
                if counts(ready, run):
                    last = rows[max(one.id for one, _ in moves)]
                    targets[row] = Target(part.pk, version_work.version, earning.closing, last)
    return targets


def standing_rows(ids: Sequence[int]) -> Iterable[InputRow]:
    corrected = InputRow.objects.filter(corrects_id__in=ids).values_list("corrects_id", flat=True)
    gone = set(corrected)
    return InputRow.objects.filter(id__in=[id_ for id_ in ids if id_ not in gone]).order_by("at", "id")


def components(
    work: VersionWork, part: RunPart, lines: Mapping[tuple[Candidate, str], Sequence[Line]], *, closing: bool
) -> Iterable[tuple[Compiled, Sequence[Input]]]:
    """The part's components in the order they feed each other, each with its inputs."""
    by_id = {one.id: one for one in work.inputs}
    depth = 0
    while layer := work.layer(depth):
        for component in layer:
            if home_role(work.prepared.document, component) != part.role:
                continue
            if component.at_close and not closing:
                continue
            ready, own = compiled(work.prepared, component.key), work.inputs
            if component.after is not None:
                own = tuple(
                    derived_inputs(component, lines[work.version, component.after], by_id.__getitem__)
                )
            yield ready, own
        depth += 1


def whole_effects(
    ready: Compiled, own: Sequence[Input], groups: Standing, work: VersionWork, run: Run
) -> dict[BucketKey, list[Effect]]:
    """What these inputs put into the period's buckets; those looked at together with all of their group."""
    if not may_group(work.prepared, ready.component):
        return dict(component_effects(ready, own))
    texts: dict[str, list[Input]] = defaultdict(list)
    for one in own:
        text = group_of(ready, one, None)
        if text is not None:
            texts[text].append(one)
    found: dict[BucketKey, list[Effect]] = defaultdict(list)
    earlier, mine = groups.of(work.version.plan_id), {one.id for one in own}
    for text, few in texts.items():
        whole = {one.id: one for one in (*earlier(ready.component.key, text), *few)}
        every = sorted(whole.values(), key=lambda one: (one.at, one.id))
        every = [one for one in every if ready.looks_at(one)]
        for one, shares in zip(every, ready.moves(every), strict=True):
            if one.id in mine:
                for key, amount in keyed(ready, one, shares).items():
                    found[key].append((one, amount))
    for moves in found.values():
        moves.sort(key=lambda effect: (effect[0].at, effect[0].id))
    return found


def differences(
    run: Run, parts: Sequence[RunPart], targets: Mapping[BucketRow, Target], now: datetime
) -> list[Difference]:
    """The buckets that stand elsewhere than they should, locked; those nobody speaks of any more go to zero."""
    wanted = dict(targets)
    for row, part_id in emptied(run, parts, targets).items():
        version = max(candidates(parts[0].measure), key=lambda one: (one.plan_id == run.plan_id, one.rank))
        wanted[row] = Target(part_id, version, BucketState(), None)
    if not wanted:
        return []
    posted_in = posting_rows(wanted)
    columns = [list(column) for column in zip(*sorted({*wanted, *posted_in.values()}), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(OPEN_BUCKETS, [now, *columns])
        cursor.execute(LOCK_BUCKETS, columns)
        locked = {tuple(key): (id_, BucketState(base, earned)) for id_, base, earned, *key in cursor}
    found = []
    for row, target in wanted.items():
        bucket_id, before = locked[row]
        if (before.base, before.earned) != (target.state.base, target.state.earned):
            there = posted_in.get(row, row)
            found.append(
                Difference(
                    target.part_id, row, bucket_id, target.version, before, target.state, there[4],
                    locked[there][0], target.last,
                )
            )  # fmt: skip
    return found


def emptied(run: Run, parts: Sequence[RunPart], targets: Mapping[BucketRow, Target]) -> dict[BucketRow, int]:
    """Buckets of these parties in the period that hold something and that no input speaks of now."""
    by_owner = {(part.party_kind, part.party_id): part.pk for part in parts}
    mine = home_components(run, parts[0])
    rows = Bucket.objects.filter(
        plan_id=run.whose_plan,
        period=run.period,
        beneficiary_kind__in={kind for kind, _ in by_owner},
        beneficiary_id__in={id_ for _, id_ in by_owner},
        component__in=mine,
    ).exclude(base=0, earned=0)
    found = {}
    for row in rows:
        key = (
            row.beneficiary_kind, row.beneficiary_id, row.plan_id, row.component, row.period, row.currency,
        )  # fmt: skip
        if key[:2] in by_owner and key not in targets:
            found[key] = by_owner[key[:2]]
    return found


def home_components(run: Run, part: RunPart) -> set[str]:
    """Keys of the components that parts of this measure and role settle, over all versions of the plan."""
    known = [one for one in candidates(part.measure) if one.plan_id == run.plan_id]
    return {
        component.key
        for one in known
        for component in one.document.components
        if component.measure == part.measure and home_role(one.document, component) == part.role and part.role
    }
