"""Who stands in for whom while they are away 代理人."""

from datetime import datetime

from django.db import transaction

from shuniu.flows.contracts import DeputyWrong, RunNotFound
from shuniu.flows.models import FlowDeputy
from shuniu.flows.permissions import ASSIGN
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import Forbidden
from shuniu.foundation.hub import Ref
from shuniu.org import queries as org


@transaction.atomic
def deputise(
    *,
    staff_id: int,
    deputy_id: int,
    since: datetime,
    until: datetime,
    by: Actor,
    now: datetime,
    note: str = "",
) -> int:
    """`deputy_id` may answer what `staff_id` is asked from `since` until `until`; the deputy's id.

    For oneself, or for people of units where one may hand on work. An earlier one that overlaps ends.
    """
    cards = org.staff_card([staff_id, deputy_id])
    if staff_id == deputy_id or deputy_id not in cards or cards[deputy_id].archived:
        raise DeputyWrong(field="deputy_id")
    if until <= since or until <= now:
        raise DeputyWrong(field="until")
    _may(by, staff_id)
    overlapping = FlowDeputy.objects.filter(
        staff_id=staff_id, ended_at__isnull=True, since__lt=until, until__gt=since
    )
    overlapping.update(ended_at=now)
    row = FlowDeputy.objects.create(
        staff_id=staff_id,
        deputy_id=deputy_id,
        since=since,
        until=until,
        note=note[:200],
        made_by=by.key,
        made_at=now,
    )
    audit.record(
        by=by,
        now=now,
        action="flow.deputise",
        subject=Ref("staff", staff_id),
        unit_id=cards[staff_id].unit_id,
        after={"deputy_id": deputy_id, "since": since.isoformat(), "until": until.isoformat()},
    )
    return row.pk


@transaction.atomic
def end_deputy(*, deputy_row_id: int, by: Actor, now: datetime) -> None:
    """They stand in no longer."""
    row = FlowDeputy.objects.select_for_update().filter(pk=deputy_row_id, ended_at__isnull=True).first()
    if row is None:
        raise RunNotFound()
    _may(by, row.staff_id)
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    audit.record(
        by=by,
        now=now,
        action="flow.deputise_end",
        subject=Ref("staff", row.staff_id),
        after={"deputy_id": row.deputy_id},
    )


def _may(by: Actor, staff_id: int) -> None:
    if by.is_system or by.staff_id == staff_id:
        return
    card = org.staff_card([staff_id]).get(staff_id)
    if card is None or not org.covers(actor=by, permission=ASSIGN, unit_ids=[card.unit_id]):
        raise Forbidden()
