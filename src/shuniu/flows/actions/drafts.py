"""Designing: a flow begins as a draft, is saved as it is drawn, and becomes a version when it is published."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuniu.flows.actions.publish import publish
from shuniu.flows.contracts import DraftMark, DraftMissing, DraftMoved, FlowNotFound, KeyTaken, VersionRef
from shuniu.flows.designs import find, people_names, require_change
from shuniu.flows.models import FlowDefinition, FlowDraft, FlowVersion
from shuniu.flows.permissions import DESIGN, PUBLISH
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text


@transaction.atomic
def create_flow(
    *,
    name: Text,
    document: Mapping[str, Any],
    subject: str,
    unit_id: int | None,
    by: Actor,
    now: datetime,
    key: str | None = None,
) -> str:
    """A new flow with a draft and no version; its key. Without `key` the next free number names it."""
    require_change(actor=by, permission=DESIGN, unit_id=unit_id)
    chosen = key or _free_key()
    row, created = FlowDefinition.objects.get_or_create(
        key=chosen,
        defaults={
            "name_zh": name.zh,
            "name_en": name.en,
            "subject_kind": subject,
            "unit_id": unit_id,
            "created_at": now,
        },
    )
    if not created:
        raise KeyTaken(field="key", key=chosen)
    FlowDraft.objects.create(
        definition=row,
        document=named(document, name, subject),
        rev=1,
        saved_by=by.key,
        saved_at=now,
    )
    _record(row, "flow.create", by, now, after={"key": chosen, "unit_id": unit_id})
    return chosen


@transaction.atomic
def save_draft(*, key: str, rev: int, document: Mapping[str, Any], by: Actor, now: datetime) -> DraftMark:
    """Keep what is drawn. `rev` is the revision it was drawn on, 0 where there was none.

    DraftMoved names who saved meanwhile.
    """
    row = _designed(key, by)
    return _write(row, _matching(row, rev), document, by, now)


@transaction.atomic
def restore_version(*, key: str, rev: int, version_id: int, by: Actor, now: datetime) -> DraftMark:
    """An older version becomes the draft, in place of what the draft held."""
    row = _designed(key, by)
    draft = _matching(row, rev)
    version = FlowVersion.objects.filter(pk=version_id, definition=row).first()
    if version is None:
        raise FlowNotFound()
    mark = _write(row, draft, version.document, by, now)
    _record(row, "flow.restore", by, now, after={"version": version.number})
    return mark


@transaction.atomic
def discard_draft(*, key: str, rev: int, by: Actor, now: datetime) -> None:
    """Drop the draft; a flow that was never published goes with it."""
    row = _designed(key, by)
    draft = _matching(row, rev)
    if draft is None:
        raise DraftMissing()
    draft.delete()
    _record(row, "flow.discard_draft", by, now, before={"rev": rev})
    if row.current_id is None:
        row.archived_at = now
        row.save(update_fields=["archived_at"])


@transaction.atomic
def publish_draft(*, key: str, rev: int, note: str, by: Actor, now: datetime) -> VersionRef:
    """The draft becomes the version that new runs take. DocumentFaulty lists what is to be mended first."""
    row = find(key=key, actor=by, lock=True)
    require_change(actor=by, permission=PUBLISH, unit_id=row.unit_id)
    draft = _matching(row, rev)
    if draft is None:
        raise DraftMissing()
    ref = publish(key=key, document=draft.document, note=note, by=by, now=now)
    draft.delete()
    return ref


def named(document: Mapping[str, Any], name: Text, subject: str) -> dict[str, Any]:
    """The document under another name, about another kind of subject."""
    return {**document, "name": {"zh": name.zh, "en": name.en}, "subject": subject}


def _designed(key: str, by: Actor) -> FlowDefinition:
    row = find(key=key, actor=by, lock=True)
    require_change(actor=by, permission=DESIGN, unit_id=row.unit_id)
    return row


def _matching(row: FlowDefinition, rev: int) -> FlowDraft | None:
    """The draft when it is still the one the caller knows."""
    draft = FlowDraft.objects.filter(definition=row).first()
    if (draft.rev if draft else 0) != rev:
        by = draft.saved_by if draft else ""
        raise DraftMoved(who=people_names([by])[by] or Text(zh="系统", en="The system").zh)
    return draft


def _write(
    row: FlowDefinition, draft: FlowDraft | None, document: Mapping[str, Any], by: Actor, now: datetime
) -> DraftMark:
    if draft is None:
        draft = FlowDraft(definition=row, base=row.current, rev=0, saved_by="")
    if draft.saved_by != by.key:
        # a draft saves itself every few seconds: only who takes it up is worth a line
        _record(row, "flow.draft", by, now, before={"saved_by": draft.saved_by}, after={"saved_by": by.key})
    draft.document = dict(document)
    draft.rev += 1
    draft.saved_by, draft.saved_at = by.key, now
    draft.save()
    if row.current_id is None:
        _take_name(row, document)
    return DraftMark(rev=draft.rev, saved_by=people_names([by.key])[by.key], saved_at=now)


def _take_name(row: FlowDefinition, document: Mapping[str, Any]) -> None:
    """Until it is published a flow is called what its draft says."""
    name = document.get("name")
    if isinstance(name, Mapping) and (zh := str(name.get("zh", ""))[:80]):
        row.name_zh, row.name_en = zh, str(name.get("en") or zh)[:80]
        row.save(update_fields=["name_zh", "name_en"])


def _free_key() -> str:
    number = FlowDefinition.objects.count() + 1
    while FlowDefinition.objects.filter(key=f"flow_{number}").exists():
        number += 1
    return f"flow_{number}"


def _record(
    row: FlowDefinition,
    action: str,
    by: Actor,
    now: datetime,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    audit.record(
        by=by,
        now=now,
        action=action,
        subject=Ref("flow_definition", row.pk),
        unit_id=row.unit_id,
        before=before,
        after=after,
    )
