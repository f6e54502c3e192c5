"""Publishing a flow: a checked document becomes an immutable version that new runs take."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from pydantic import ValidationError

from shuniu.core.flow.check import check
from shuniu.core.flow.document import FlowDocument
from shuniu.flows.contracts import DocumentFaulty, VersionRef
from shuniu.flows.designs import require_change
from shuniu.flows.models import FlowDefinition, FlowVersion
from shuniu.flows.permissions import PUBLISH
from shuniu.flows.runs.documents import content_hash
from shuniu.foundation.access import Actor, require
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import FieldProblem
from shuniu.foundation.hub import Ref
from shuniu.foundation.hub import publish as publish_event
from shuniu.foundation.text import Text


@transaction.atomic
def publish(
    *,
    key: str,
    document: FlowDocument | Mapping[str, Any],
    by: Actor,
    now: datetime,
    note: str = "",
    unit_id: int | None = None,
) -> VersionRef:
    """Publish a version of the flow `key`; the same document again gives the current version back.

    A flow that is new belongs to `unit_id`, without one to the whole enterprise. DocumentFaulty lists every problem with
    the node it lies in.
    """
    require(by, PUBLISH)
    checked = document if isinstance(document, FlowDocument) else _parsed(document)
    problems = [
        FieldProblem(problem.node or "document", Text(zh=problem.text.zh, en=problem.text.en), problem.code)
        for problem in check(checked)
        if not problem.warning
    ]
    if problems:
        raise DocumentFaulty(problems=problems, count=len(problems))
    definition = _definition(key, checked, unit_id, now)
    require_change(actor=by, permission=PUBLISH, unit_id=definition.unit_id)
    content = checked.model_dump(mode="json")
    digest = content_hash(content)
    current = definition.current
    if current is not None and bytes(current.content_hash) == digest:
        return _ref(definition, current)
    number = (definition.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = FlowVersion.objects.create(
        definition=definition,
        number=number,
        document=content,
        content_hash=digest,
        note=note,
        published_by=by.key,
        published_at=now,
    )
    before = current.number if current else None
    definition.current = version
    definition.save(update_fields=["current", "name_zh", "name_en"])
    subject = Ref("flow_definition", definition.pk)
    audit.record(
        by=by,
        now=now,
        action="flow.publish",
        subject=subject,
        before={"version": before},
        after={"version": number},
    )
    data = {"version_id": version.pk, "number": number}
    publish_event(name="flow.published", subject=subject, unit_id=None, by=by, now=now, data=data)
    return _ref(definition, version)


def _parsed(document: Mapping[str, Any]) -> FlowDocument:
    try:
        return FlowDocument.model_validate(document)
    except ValidationError as wrong:
        problems = [
            FieldProblem(
                ".".join(str(part) for part in error["loc"]),
                Text(zh=f"格式不对：{error['msg']}", en=error["msg"]),
                "malformed",
            )
            for error in wrong.errors(include_url=False, include_context=False)
        ]
        raise DocumentFaulty(problems=problems, count=len(problems)) from wrong


def _definition(key: str, document: FlowDocument, unit_id: int | None, now: datetime) -> FlowDefinition:
    """The definition's row, locked, so that two who publish at once get two numbers."""
    FlowDefinition.objects.get_or_create(
        key=key,
        defaults={
            "name_zh": document.name.zh,
            "name_en": document.name.en,
            "subject_kind": document.subject,
            "unit_id": unit_id,
            "created_at": now,
        },
    )
    definition = (
        FlowDefinition.objects.select_for_update(no_key=True, of=("self",))
        .select_related("current")
        .get(key=key)
    )
    definition.name_zh, definition.name_en = document.name.zh, document.name.en
    return definition


def _ref(definition: FlowDefinition, version: FlowVersion) -> VersionRef:
    return VersionRef(
        id=version.pk,
        key=definition.key,
        number=version.number,
        name=Text(zh=definition.name_zh, en=definition.name_en),
    )
