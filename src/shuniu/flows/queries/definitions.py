"""Flows, their versions and documents."""

from typing import Any

from django.db.models import Count

from shuniu.core.flow.document import FlowDocument
from shuniu.flows.contracts import DefinitionRow, FlowNotFound, RunStatus, VersionRef, VersionRow
from shuniu.flows.models import FlowDefinition, FlowRun, FlowVersion
from shuniu.flows.runs.documents import document_of
from shuniu.foundation.text import Text


def definitions() -> list[DefinitionRow]:
    """Every flow in use, by name, with how many runs are on their way."""
    rows = (
        FlowDefinition.objects.filter(archived_at__isnull=True)
        .select_related("current")
        .order_by("name_zh", "id")
    )
    running = dict(
        FlowRun.objects.filter(status=RunStatus.RUNNING)
        .values_list("version__definition_id")
        .annotate(count=Count("id"))
    )
    return [_row(row, running.get(row.pk, 0)) for row in rows]


def definition(key: str) -> DefinitionRow:
    """One flow. FlowNotFound for an unknown key."""
    row = FlowDefinition.objects.filter(key=key).select_related("current").first()
    if row is None:
        raise FlowNotFound()
    running = FlowRun.objects.filter(version__definition_id=row.pk, status=RunStatus.RUNNING).count()
    return _row(row, running)


def versions(key: str) -> list[VersionRow]:
    """Versions of a flow, newest first."""
    rows = FlowVersion.objects.filter(definition__key=key).select_related("definition").order_by("-number")
    running = dict(
        FlowRun.objects.filter(version__definition__key=key, status=RunStatus.RUNNING)
        .values_list("version_id")
        .annotate(count=Count("id"))
    )
    return [
        VersionRow(
            id=row.pk,
            number=row.number,
            note=row.note,
            published_by=row.published_by,
            published_at=row.published_at,
            running=running.get(row.pk, 0),
            current=row.pk == row.definition.current_id,
        )
        for row in rows
    ]


def current_version(key: str) -> VersionRef:
    """The version that new runs take. FlowNotFound when none is published."""
    row = FlowDefinition.objects.filter(key=key, current__isnull=False).select_related("current").first()
    if row is None or row.current is None:
        raise FlowNotFound()
    return VersionRef(
        id=row.current.pk, key=row.key, number=row.current.number, name=Text(zh=row.name_zh, en=row.name_en)
    )


def document(version_id: int) -> FlowDocument:
    """The document of a version. FlowNotFound for an unknown id."""
    return document_of(version_id)


def document_json(version_id: int) -> dict[str, Any]:
    """The document as JSON with every default written out, for pages that draw it."""
    return document_of(version_id).model_dump(mode="json")


def _row(row: FlowDefinition, running: int) -> DefinitionRow:
    return DefinitionRow(
        id=row.pk,
        key=row.key,
        name=Text(zh=row.name_zh, en=row.name_en),
        subject_kind=row.subject_kind,
        version_id=row.current_id,
        version_number=row.current.number if row.current else None,
        published_at=row.current.published_at if row.current else None,
        running=running,
    )
