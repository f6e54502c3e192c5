"""Plans as shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shuniu.foundation.text import Text


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """Something wrong (error) or doubtful (warning) in a plan document."""

    place: str
    code: str
    text: Text
    severity: str


@dataclass(frozen=True, slots=True)
class PlanVersionRow:
    id: int
    plan_id: int
    number: int
    document: dict[str, Any]
    content_hash: str
    effective_from: datetime
    effective_to: datetime | None
    unit_id: int | None
    unit_name: str
    level: str
    kind: str
    published_by: str
    published_at: datetime
    in_force: bool
    problems: tuple[PlanProblem, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    id: int
    key: str
    name: Text
    versions: int
    latest_number: int | None
    latest_at: datetime | None
    archived_at: datetime | None
