"""Plan versions at work: which one is in force for an input, and its compiled form, kept while the process lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from shuniu.core.settlement import PlanDocument, PreparedPlan, prepare
from shuniu.settlement.models import PlanVersion

CANDIDATES = """
SELECT v.id, v.plan_id, v.number, v.effective_from, v.effective_to, coalesce(u.path, ''), v.level, v.kind
  FROM settlement_plan_version v
  JOIN settlement_plan p ON p.id = v.plan_id AND p.archived_at IS NULL
  LEFT JOIN org_unit u ON u.id = v.unit_id
 WHERE v.measures ? %s
"""
UNIT_PATHS = "SELECT id, path FROM org_unit WHERE id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version with its scope. An empty path, level or kind is no restriction."""

    id: int
    plan_id: int
    number: int
    since: datetime
    until: datetime | None
    path: str
    level: str
    kind: str

    @property
    def document(self) -> PlanDocument:
        return prepared_version(self.id).document

    def covers(self, at: datetime, path: str, level: str, kind: str) -> bool:
        in_time = self.since <= at and (self.until is None or at < self.until)
        return (
            in_time and path.startswith(self.path) and self.level in {"", level} and self.kind in {"", kind}
        )

    @property
    def rank(self) -> tuple[int, bool, bool, bool, datetime, int]:
        """The nearest unit decides, then level, then kind; a season with an end beats the rule it interrupts."""
        bounded = self.until is not None
        return (len(self.path), bool(self.level), bool(self.kind), bounded, self.since, self.number)


def candidates(measure: str) -> list[Candidate]:
    """All versions of living plans that look at the measure."""
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [measure])
        return [Candidate(*row) for row in cursor]


def in_force(found: Sequence[Candidate], at: datetime, path: str, level: str, kind: str) -> list[Candidate]:
    """The one version of each plan that is in force then and there, in plan order."""
    best: dict[int, Candidate] = {}
    for one in found:
        known = best.get(one.plan_id)
        if one.covers(at, path, level, kind) and (known is None or one.rank > known.rank):
            best[one.plan_id] = one
    return [best[plan_id] for plan_id in sorted(best)]


def unit_paths(unit_ids: Sequence[int]) -> dict[int, str]:
    """Place in the tree by unit id."""
    with connection.cursor() as cursor:
        cursor.execute(UNIT_PATHS, [list(set(unit_ids))])
        return dict(cursor.fetchall())


@lru_cache(maxsize=512)
def prepared_version(version_id: int) -> PreparedPlan:
    """The compiled plan of a version; versions never change, so neither does this."""
    document: Any = PlanVersion.objects.values_list("document", flat=True).get(pk=version_id)
    return prepare(PlanDocument.model_validate(document))
