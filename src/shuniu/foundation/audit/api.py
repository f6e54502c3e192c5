"""Reading the audit log. Only whoever holds ``audit.read`` everywhere sees it: it spans all units."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel

from shuniu.foundation.access import scope_of
from shuniu.foundation.audit.contracts import AuditRow, AuditWord
from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.audit.permissions import READ
from shuniu.foundation.audit.words import action_text, all_actions, field_text, thing_text
from shuniu.foundation.errors import Forbidden
from shuniu.foundation.http import Column, Page, PageParams, Request, Routes, export_response, paginate
from shuniu.foundation.http.export import Format
from shuniu.foundation.hub import SubjectCard, registry
from shuniu.foundation.text import Text

router = Routes(tag="audit")


class AuditFilters(BaseModel):
    """All optional; they narrow together."""

    by: str | None = None
    action: list[str] = []
    subject_kind: str | None = None
    subject_id: int | None = None
    sensitive: bool | None = None
    since: datetime | None = None
    until: datetime | None = None


def _entries(request: Request, filters: AuditFilters) -> QuerySet[AuditEntry]:
    if not scope_of(request.actor, READ).everything:
        raise Forbidden()
    entries = AuditEntry.objects.all()
    exact = {
        name: value
        for name in ("by", "subject_kind", "subject_id", "sensitive")
        if (value := getattr(filters, name)) is not None
    }
    entries = entries.filter(**exact)
    if filters.action:
        entries = entries.filter(action__in=filters.action)
    if filters.since:
        entries = entries.filter(at__gte=filters.since)
    if filters.until:
        entries = entries.filter(at__lt=filters.until)
    return entries


def _rows(entries: Sequence[AuditEntry], locale: str) -> list[AuditRow]:
    cards = _cards(entries)
    return [_row(entry, cards.get((entry.subject_kind, entry.subject_id)), locale) for entry in entries]


def _cards(entries: Sequence[AuditEntry]) -> dict[tuple[str, int], SubjectCard]:
    """What the deeds were done to, a question per kind."""
    ids: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.subject_kind in registry.subjects:
            ids[entry.subject_kind].append(entry.subject_id)
    return {
        (kind, subject_id): card
        for kind, asked in ids.items()
        for subject_id, card in registry.subject(kind).cards(asked).items()
    }


def _row(entry: AuditEntry, card: SubjectCard | None, locale: str) -> AuditRow:
    return AuditRow(
        id=entry.pk,
        at=entry.at,
        by=entry.by,
        by_name=entry.by_name,
        action=entry.action,
        action_name=action_text(entry.action).pick(locale),
        subject_kind=entry.subject_kind,
        subject_name=thing_text(entry.subject_kind).pick(locale),
        subject_title=card.title if card else "",
        subject_link=card.link if card else "",
        subject_id=entry.subject_id,
        unit_id=entry.unit_id,
        before=entry.before,
        after=entry.after,
        names={
            name: field_text(entry.action, name).pick(locale)
            for name in {**(entry.before or {}), **(entry.after or {})}
        },
        sensitive=entry.sensitive,
        request_id=entry.request_id,
    )


@router.get("/audit", permission=READ, response=Page[AuditRow])
def list_audit(request: Request, filters: Query[AuditFilters], page: Query[PageParams]) -> Page[AuditRow]:
    """Deeds, latest first."""
    return paginate(
        _entries(request, filters),
        page,
        sorts={"at": "at"},
        default="-at",
        to=lambda rows: _rows(rows, request.locale),
    )


@router.get("/audit/actions", permission=READ, response=list[AuditWord])
def audit_actions(request: Request) -> list[AuditWord]:
    """What actions are called, for the filter."""
    return [AuditWord(code, text.pick(request.locale)) for code, text in sorted(all_actions().items())]


@router.get("/audit/export", permission=READ)
def export_audit(request: Request, filters: Query[AuditFilters], format: Format = "xlsx") -> HttpResponseBase:
    """The same deeds as a file."""
    rows: Iterator[AuditEntry] = _entries(request, filters).order_by("-at", "-id").iterator(chunk_size=2000)
    locale = request.locale
    name = Text("审计日志", "Audit log").pick(locale)
    return export_response(name, columns=_columns(locale), rows=rows, format=format, locale=locale)


def _columns(locale: str) -> list[Column[AuditEntry]]:
    return [
        Column(Text("时间", "Time"), lambda e: e.at),
        Column(Text("操作人", "By"), lambda e: e.by_name or e.by),
        Column(Text("操作", "Action"), lambda e: action_text(e.action).pick(locale)),
        Column(
            Text("对象", "Subject"), lambda e: f"{thing_text(e.subject_kind).pick(locale)} {e.subject_id}"
        ),
        Column(Text("敏感", "Sensitive"), lambda e: "✓" if e.sensitive else ""),
        Column(Text("变更前", "Before"), lambda e: str(e.before or "")),
        Column(Text("变更后", "After"), lambda e: str(e.after or "")),
        Column(Text("请求编号", "Request"), lambda e: e.request_id),
    ]
