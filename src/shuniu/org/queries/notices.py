"""Reads of notices: everybody sees their own."""

from collections.abc import Iterable

from django.db.models import QuerySet

from shuniu.foundation.hub.contracts import Ref
from shuniu.foundation.text import Text
from shuniu.org import definitions
from shuniu.org.contracts import NoticeCard, NoticePreferenceCard
from shuniu.org.models import Notice, NoticePreference


def notice_card(row: Notice) -> NoticeCard:
    """The row as others know it."""
    return NoticeCard(
        id=row.pk,
        staff_id=row.staff_id,
        kind=row.kind,
        title=Text(zh=row.title, en=row.title_en),
        subject=Ref(row.subject_kind, row.subject_id),
        urgent=row.urgent,
        by_wecom=row.by_wecom,
        at=row.at,
        read_at=row.read_at,
    )


def notices(ids: Iterable[int]) -> dict[int, NoticeCard]:
    """Notices by id, for whoever delivers them."""
    return {row.pk: notice_card(row) for row in Notice.objects.filter(pk__in=list(ids))}


def bell_rows(staff_id: int | None) -> QuerySet[Notice]:
    """The rows of one person's bell; for this domain's own API."""
    return (
        Notice.objects.none() if staff_id is None else Notice.objects.filter(staff_id=staff_id, in_bell=True)
    )


def unread_count(staff_id: int | None) -> int:
    """How many notices wait in the bell, counted up to 100."""
    unread = bell_rows(staff_id).filter(read_at__isnull=True)
    return len(unread.values_list("pk", flat=True)[:100])


def notice_preferences(staff_id: int | None) -> list[NoticePreferenceCard]:
    """How the person wants each declared kind."""
    rows = NoticePreference.objects.filter(staff_id=staff_id) if staff_id is not None else ()
    chosen = {row.kind: row for row in rows}
    return [
        NoticePreferenceCard(
            kind=kind.key,
            text=kind.text,
            bell=chosen[kind.key].bell if kind.key in chosen else True,
            wecom=chosen[kind.key].wecom if kind.key in chosen else True,
        )
        for kind in definitions.all_notice_kinds()
    ]
