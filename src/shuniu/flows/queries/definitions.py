"""Flows, their versions and documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count

from shuniu.core.flow.document import FlowDocument
from shuniu.flows.contracts import DefinitionRow, DraftMark, FlowNotFound, RunStatus, VersionRef, VersionRow
from shuniu.flows.designs import find, may_change, people_names, seen
from shuniu.flows.models import FlowDefinition, FlowDraft, FlowRun, FlowVersion
from shuniu.flows.permissions import DESIGN, PUBLISH
from shuniu.flows.runs.documents import document_of
from shuniu.foundation.access import Actor
from shuniu.foundation.text import Text
from shuniu.org import queries as org


def definitions(*, actor: Actor) -> list[DefinitionRow]:
    """Every flow in use that the actor may see, by name, with how many runs are on their way."""
    rows = seen(
        actor=actor,
        rows=FlowDefinition.objects.filter(archived_at__isnull=True)
        .select_related("current", "draft")
        .order_by("name_zh", "id"),
    )
    running = dict(
        FlowRun.objects.filter(status=RunStatus.RUNNING)
        .values_list("version__definition_id")
        .annotate(count=Count("id"))
    )
    return _rows(rows, running, actor)


def definition(key: str, *, actor: Actor) -> DefinitionRow:
    """One flow. FlowNotFound for an unknown key, or one that the actor may not see."""
    row = find(key=key, actor=actor)
    running = FlowRun.objects.filter(version__definition_id=row.pk, status=RunStatus.RUNNING).count()
    return _rows([row], {row.pk: running}, actor)[0]


def versions(key: str, *, actor: Actor) -> list[VersionRow]:
    """Versions of a flow, newest first."""
    find(key=key, actor=actor)
    rows = FlowVersion.objects.filter(definition__key=key).select_related("definition").order_by("-number")
    running = dict(
        FlowRun.objects.filter(version__definition__key=key, status=RunStatus.RUNNING)
        .values_list("version_id")
        .annotate(count=Count("id"))
    )
    names = people_names(row.published_by for row in rows)
    return [
        VersionRow(
            id=row.pk,
            number=row.number,
            note=row.note,
            published_by=names[row.published_by],
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


def document_json(version_id: int, *, actor: Actor) -> dict[str, Any]:
    """The document as JSON with every default written out, for pages that draw it."""
    found = document_of(version_id)
    if not seen(actor=actor, rows=FlowDefinition.objects.filter(versions__id=version_id)):
        raise FlowNotFound()
    return found.model_dump(mode="json")


def _rows(rows: Sequence[FlowDefinition], running: Mapping[int, int], actor: Actor) -> list[DefinitionRow]:
    drafts = {row.pk: draft for row in rows if (draft := getattr(row, "draft", None)) is not None}
    names = people_names(
        [row.current.published_by for row in rows if row.current]
        + [draft.saved_by for draft in drafts.values()]
    )
    units = org.units(row.unit_id for row in rows if row.unit_id is not None)
    return [
        DefinitionRow(
            id=row.pk,
            key=row.key,
            name=Text(zh=row.name_zh, en=row.name_en),
            subject_kind=row.subject_kind,
            version_id=row.current_id,
            version_number=row.current.number if row.current else None,
            published_at=row.current.published_at if row.current else None,
            published_by=names[row.current.published_by] if row.current else "",
            running=running.get(row.pk, 0),
            unit_id=row.unit_id,
            unit_name=units[row.unit_id].name if row.unit_id in units else "",
            draft=_mark(drafts.get(row.pk), names),
            may_design=may_change(actor=actor, permission=DESIGN, unit_id=row.unit_id),
            may_publish=may_change(actor=actor, permission=PUBLISH, unit_id=row.unit_id),
        )
        for row in rows
    ]


def _mark(draft: FlowDraft | None, names: Mapping[str, str]) -> DraftMark | None:
    return (
        DraftMark(rev=draft.rev, saved_by=names[draft.saved_by], saved_at=draft.saved_at) if draft else None
    )
