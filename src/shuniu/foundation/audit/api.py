"""Reading the audit log. Only whoever holds ``audit.read`` everywhere sees it: it spans all units."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel

from shuniu.foundation.access import scope_of
from shuniu.foundation.audit.contracts import AuditRow
from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.audit.permissions import READ
from shuniu.foundation.errors import Forbidden
from shuniu.foundation.http import Column, Page, PageParams, Request, Routes, export_response, paginate
from shuniu.foundation.http.export import Format
from shuniu.foundation.text import Text

router = Routes(tag="audit")


class AuditFilters(BaseModel):
    """All optional; they narrow together."""

    by: str | None = None
    action: str | None = None
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
        entries = entries.filter(action__startswith=filters.action)
    if filters.since:
        entries = entries.filter(at__gte=filters.since)
    if filters.until:
        entries = entries.filter(at__lt=filters.until)
    return entries


def _row(entry: AuditEntry) -> AuditRow:
    return AuditRow(
        id=entry.pk,
        at=entry.at,
        by=entry.by,
        by_name=entry.by_name,
        action=entry.action,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        unit_id=entry.unit_id,
        before=entry.before,
        after=entry.after,
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
        to=lambda rows: [_row(entry) for entry in rows],
    )


@router.get("/audit/export", permission=READ)
def export_audit(request: Request, filters: Query[AuditFilters], format: Format = "xlsx") -> HttpResponseBase:
    """The same deeds as a file."""
    rows: Iterator[AuditEntry] = _entries(request, filters).order_by("-at", "-id").iterator(chunk_size=2000)
    return export_response("审计日志", columns=_COLUMNS, rows=rows, format=format, locale=request.locale)


_COLUMNS: list[Column[AuditEntry]] = [
    Column(Text("时间", "Time"), lambda e: e.at),
    Column(Text("操作人", "By"), lambda e: e.by_name or e.by),
    Column(Text("操作", "Action"), lambda e: e.action),
    Column(Text("对象", "Subject"), lambda e: f"{e.subject_kind}:{e.subject_id}"),
    Column(Text("敏感", "Sensitive"), lambda e: "✓" if e.sensitive else ""),
    Column(Text("变更前", "Before"), lambda e: str(e.before or "")),
    Column(Text("变更后", "After"), lambda e: str(e.after or "")),
    Column(Text("请求编号", "Request"), lambda e: e.request_id),
]
