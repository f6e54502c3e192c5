"""Who asks, and whether they may: as whoever is asked, by right over the run's unit, or because they see its subject."""

from collections.abc import Sequence
from datetime import datetime

from shuniu.core.flow.state import CUSTOMER, SYSTEM, Party, staff
from shuniu.flows.contracts import NobodyGiven, RunNotFound, WorkNotFound, WorkTaken
from shuniu.flows.models import FlowRun, FlowStep
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor, ActorKind, Permission, require
from shuniu.foundation.database.prepared import prepared_cursor
from shuniu.foundation.hub import registry
from shuniu.org import queries as org

RUN_OF_WORK = """
select run_id from flow_work w where id = %s and party = 'staff' and (staff_id = %s or exists (
    select from flow_deputy d where d.staff_id = w.staff_id and d.deputy_id = %s and d.ended_at is null
        and d.since <= %s and d.until > %s))
"""


def party_of(by: Actor) -> Party:
    """As whom an actor answers."""
    if by.kind is ActorKind.CUSTOMER:
        return CUSTOMER
    return staff(by.staff_id) if by.staff_id is not None else SYSTEM


def run_of_work(work_id: int, by: Actor, now: datetime) -> int:
    """The run of one's own work, or of whom one stands in for, open or not; WorkNotFound for anybody else's."""
    if by.staff_id is None:
        raise WorkNotFound()
    with prepared_cursor() as cursor:
        cursor.execute(RUN_OF_WORK, (work_id, by.staff_id, by.staff_id, now, now))
        row = cursor.fetchone()
    if row is None:
        raise WorkNotFound()
    return int(row[0])


def at_work(run: LockedRun, work_id: int) -> tuple[int, int, Party]:
    """Visit, number and party of an open work; WorkTaken when it is closed. A deputy speaks for whom is asked."""
    visit, number = run.works.get(work_id, (0, 0))
    here = run.state.step(visit)
    work = next((one for one in here.works if one.number == number), None) if here else None
    if work is None:
        raise WorkTaken()
    return visit, number, work.party


def run_of_step(step_id: int) -> tuple[int, int]:
    """The run and the visit of a step."""
    found = FlowStep.objects.filter(pk=step_id).values_list("run_id", "visit").first()
    if found is None:
        raise RunNotFound()
    return found


def require_right(run_id: int, *, by: Actor, permission: Permission) -> None:
    """RunNotFound where the permission does not reach the run's unit."""
    require(by, permission)
    if by.is_system:
        return
    unit_id = FlowRun.objects.filter(pk=run_id).values_list("unit_id", flat=True).first()
    if unit_id is None or not org.covers(actor=by, permission=permission, unit_ids=[unit_id]):
        raise RunNotFound()


def require_sight(run_id: int, *, by: Actor) -> None:
    """RunNotFound for who may not see what the run is about."""
    found = FlowRun.objects.filter(pk=run_id).values_list("subject_kind", "subject_id").first()
    if found is None or found[1] not in registry.subject(found[0]).visible(by, [found[1]]):
        raise RunNotFound()


def colleagues(staff_ids: Sequence[int], *, field: str) -> tuple[str, ...]:
    """Keys of members of staff who are there; NobodyGiven when one is not, or none is named."""
    wanted = tuple(dict.fromkeys(staff_ids))
    cards = org.staff_card(wanted) if wanted else {}
    if not wanted or any(one not in cards or cards[one].archived for one in wanted):
        raise NobodyGiven(field=field)
    return tuple(staff(one).key for one in wanted)
