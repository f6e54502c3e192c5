"""Inputs that must be looked at together: a contract, an order with its refunds, a bucket with seasons.

Beside each such input stands the group it was settled in, so that the next of the group finds the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.db import connection

from shuniu.core.settlement import AnyComponent, Earlier, Input, PreparedPlan, compiled
from shuniu.core.settlement.buckets import Compiled
from shuniu.core.settlement.calculate import group_of
from shuniu.core.settlement.models.model import alone
from shuniu.core.settlement.models.registry import model_of
from shuniu.settlement.models import Group
from shuniu.settlement.models import Input as InputRow
from shuniu.settlement.stored import input_of

GroupKey: TypeAlias = tuple[int, str, str]
"""plan, component, the text its inputs share."""

# Two transactions never add to one group at a time. Few locks, however many groups: strangers may share one.
LOCKS = 4096
LOCK = """
SELECT pg_advisory_xact_lock(%s, k) FROM (
    SELECT DISTINCT (hashtextextended(t, 0) & (%s - 1))::int AS k FROM unnest(%s::text[]) AS t) AS keys ORDER BY k
"""
CLASS = 0x5E7716
MEMBERS = """
SELECT g.plan_id, g.component, g.text, g.input_id FROM settlement_group g
  JOIN unnest(%s::bigint[], %s::text[], %s::text[]) AS k (plan_id, component, text) USING (plan_id, component, text)
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """The inputs that were settled before in each group the new ones belong to."""

    members: Mapping[GroupKey, Sequence[Input]] = field(default_factory=dict)

    def of(self, plan_id: int) -> Earlier:
        return lambda component, text: self.members.get((plan_id, component, text), ())


def join_groups(work: Iterable[tuple[int, PreparedPlan, Sequence[Input]]], *, keep: bool = True) -> Standing:
    """Lock the groups of the inputs, remember who belongs to them, and tell who stood in them before."""
    joining: dict[GroupKey, list[int]] = defaultdict(list)
    for plan_id, prepared, inputs in work:
        for ready in grouping(prepared):
            for one in inputs:
                text = group_of(ready, one, None)
                if text is not None:
                    joining[plan_id, ready.component.key, text].append(one.id)
    if not joining:
        return Standing()
    keys = sorted(joining)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [CLASS, LOCKS, [f"{plan}:{component}:{text}" for plan, component, text in keys]])
        cursor.execute(MEMBERS, [list(column) for column in zip(*keys, strict=True)])
        members = cursor.fetchall()
    standing = _standing(members, {id_ for ids in joining.values() for id_ in ids})
    if keep:
        Group.objects.bulk_create(
            [
                Group(plan_id=plan, component=component, text=text, input_id=id_)
                for (plan, component, text), ids in joining.items()
                for id_ in ids
            ],
            ignore_conflicts=True,
        )
    return Standing(standing)


def grouping(prepared: PreparedPlan) -> list[Compiled]:
    """The components that may look at inputs together and take them from their measure."""
    own = (one for one in prepared.document.components if one.after is None)
    return [compiled(prepared, one.key) for one in own if may_group(prepared, one)]


def may_group(prepared: PreparedPlan, component: AnyComponent) -> bool:
    """Whether what an input moves may depend on others."""
    running = compiled(prepared, component.key).curve is not None
    return not running and model_of(component).together is not alone


def _standing(members: Sequence[tuple[int, str, str, int]], new: set[int]) -> dict[GroupKey, Sequence[Input]]:
    """Members by group, those corrected since left out."""
    ids = {id_ for *_, id_ in members} - new
    rows = {row.id: row for row in InputRow.objects.filter(id__in=ids)} if ids else {}
    corrected = {row.corrects_id for row in rows.values()}
    found: dict[GroupKey, list[Input]] = defaultdict(list)
    for plan_id, component, text, id_ in members:
        if id_ in rows and id_ not in corrected:
            found[plan_id, component, text].append(input_of(rows[id_]))
    return dict(found)
