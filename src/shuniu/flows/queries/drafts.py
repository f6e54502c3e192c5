"""Drafts of flows."""

from shuniu.flows.contracts import DraftView
from shuniu.flows.designs import find, people_names
from shuniu.flows.models import FlowDraft
from shuniu.foundation.access import Actor
from shuniu.foundation.text import Text


def draft(key: str, *, actor: Actor) -> DraftView:
    """The draft of a flow; where there is none, what one would begin from. FlowNotFound for an unknown key."""
    row = find(key=key, actor=actor)
    name = Text(zh=row.name_zh, en=row.name_en)
    kept = FlowDraft.objects.filter(definition=row).select_related("base").first()
    if kept is None:
        version = row.current
        return DraftView(
            key=key,
            name=name,
            unit_id=row.unit_id,
            rev=0,
            document=version.document if version else {},
            base_number=version.number if version else None,
            behind=False,
            saved_by="",
            saved_at=None,
        )
    return DraftView(
        key=key,
        name=name,
        unit_id=row.unit_id,
        rev=kept.rev,
        document=kept.document,
        base_number=kept.base.number if kept.base else None,
        behind=row.current_id is not None and kept.base_id != row.current_id,
        saved_by=people_names([kept.saved_by])[kept.saved_by],
        saved_at=kept.saved_at,
    )
