"""What the audit log shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One deed as people read it. ``subject_title`` and ``subject_link`` are empty for things without a page.

    ``names`` says what the fields of ``before`` and ``after`` are called.
    """

    id: int
    at: datetime
    by: str
    by_name: str
    action: str
    action_name: str
    subject_kind: str
    subject_name: str
    subject_title: str
    subject_link: str
    subject_id: int
    unit_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    names: dict[str, str]
    sensitive: bool
    request_id: str


@dataclass(frozen=True, slots=True)
class AuditWord:
    """A code and what it is called."""

    code: str
    name: str
