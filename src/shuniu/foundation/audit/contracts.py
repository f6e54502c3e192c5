"""What the audit log shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One deed as people read it."""

    id: int
    at: datetime
    by: str
    by_name: str
    action: str
    subject_kind: str
    subject_id: int
    unit_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    sensitive: bool
    request_id: str
