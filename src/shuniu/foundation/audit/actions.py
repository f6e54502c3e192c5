"""Writing the audit log, always inside the transaction of the deed it records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from shuniu.foundation.access import Actor
from shuniu.foundation.audit.words import require_words
from shuniu.foundation.hub.contracts import Ref


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed about to be recorded; fields as in :func:`record`."""

    action: str
    subject: Ref
    unit_id: int | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    sensitive: bool = False


_INSERT = """
INSERT INTO audit_entry
  (at, by, by_name, action, subject_kind, subject_id, unit_id, before, after, sensitive, request_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_ENCODER = DjangoJSONEncoder(ensure_ascii=False)


def record(
    *,
    by: Actor,
    now: datetime,
    action: str,
    subject: Ref,
    unit_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    sensitive: bool = False,
) -> None:
    """Record one deed. ``action`` is ``<domain>.<verb>``; a sensitive one also means “was seen”."""
    record_many([Entry(action, subject, unit_id, before, after, sensitive)], by=by, now=now)


def record_many(entries: Sequence[Entry], *, by: Actor, now: datetime) -> None:
    """Record several deeds of one actor and moment."""
    require_words(entry.action for entry in entries)
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    rows = [
        (
            now,
            by.key,
            by.name,
            entry.action,
            entry.subject.kind,
            entry.subject.id,
            entry.unit_id,
            _json(entry.before),
            _json(entry.after),
            entry.sensitive,
            request_id,
        )
        for entry in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)


def _json(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else _ENCODER.encode(dict(values))
