"""People are told, and read what they were told."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.errors import Invalid
from shuniu.foundation.hub import NewEvent, Ref, publish_many
from shuniu.foundation.text import Text
from shuniu.org import definitions
from shuniu.org.models import Notice, NoticePreference, Staff
from shuniu.org.queries.notices import bell_rows

TITLE_LENGTH_MAX = 200
FORGOTTEN_AT_ONCE = 5_000


@transaction.atomic
def notify(
    *,
    staff_ids: Iterable[int],
    kind: str,
    text: Text,
    subject: Ref,
    by: Actor,
    now: datetime,
    urgent: bool = False,
) -> list[int]:
    """Put a message into people's bells, and say so, so that channels may deliver it; the notices' ids.

    Each person's preferences decide where it arrives; urgent ones always reach the bell. Who has left gets none.
    """
    wanted = Staff.objects.filter(pk__in=set(staff_ids), archived_at__isnull=True).values_list(
        "pk", flat=True
    )
    people = sorted(wanted)
    chosen = {row.staff_id: row for row in NoticePreference.objects.filter(staff_id__in=people, kind=kind)}
    rows = []
    for staff_id in people:
        preference = chosen.get(staff_id)
        in_bell = urgent or preference is None or preference.bell
        by_wecom = preference is None or preference.wecom
        if in_bell or by_wecom:
            rows.append(
                Notice(
                    staff_id=staff_id,
                    kind=kind,
                    title=text.zh[:TITLE_LENGTH_MAX],
                    title_en=text.en[:TITLE_LENGTH_MAX],
                    subject_kind=subject.kind,
                    subject_id=subject.id,
                    urgent=urgent,
                    in_bell=in_bell,
                    by_wecom=by_wecom,
                    at=now,
                )
            )
    created = Notice.objects.bulk_create(rows)
    publish_many([_created(row, by, now) for row in created])
    return [row.pk for row in created]


@transaction.atomic
def mark_read(*, notice_ids: Sequence[int], by: Actor, now: datetime) -> int:
    """Some of one's own notices were read; how many were not before."""
    mine = bell_rows(by.staff_id).filter(pk__in=notice_ids, read_at__isnull=True)
    return _read(mine.values_list("pk", flat=True), by, now)


@transaction.atomic
def mark_all_read(*, by: Actor, now: datetime) -> int:
    """All of one's own notices were read; how many were not before."""
    mine = bell_rows(by.staff_id).filter(read_at__isnull=True)
    return _read(mine.values_list("pk", flat=True), by, now)


@transaction.atomic
def prefer(*, kind: str, bell: bool, wecom: bool, by: Actor) -> None:
    """How one wants one kind of notice. Concerns nobody else, so it is not audited."""
    if by.staff_id is None or kind not in {known.key for known in definitions.all_notice_kinds()}:
        raise Invalid(field="kind")
    NoticePreference.objects.update_or_create(
        staff_id=by.staff_id, kind=kind, defaults={"bell": bell, "wecom": wecom}
    )


def forget_notices(*, before: datetime) -> int:
    """Remove some notices older than a moment; how many."""
    old = Notice.objects.filter(at__lt=before).order_by("at").values("pk")[:FORGOTTEN_AT_ONCE]
    return Notice.objects.filter(pk__in=old).delete()[0]


def _read(ids: Iterable[int], by: Actor, now: datetime) -> int:
    found = list(ids)
    if found:
        Notice.objects.filter(pk__in=found).update(read_at=now)
        # Other tabs and devices of the same person take the number off their bell.
        publish_many(
            [
                NewEvent(
                    name="notice.read",
                    subject=Ref("notice", found[-1]),
                    unit_id=None,
                    by=by,
                    now=now,
                    data={"staff_ids": [by.staff_id]},
                )
            ]
        )
    return len(found)


def _created(row: Notice, by: Actor, now: datetime) -> NewEvent:
    return NewEvent(
        name="notice.created",
        subject=Ref("notice", row.pk),
        unit_id=None,
        by=by,
        now=now,
        data={"staff_ids": [row.staff_id], "urgent": row.urgent, "wecom": row.by_wecom},
    )
