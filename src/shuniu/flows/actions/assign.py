"""Somebody else is asked from now on."""

from collections.abc import Sequence
from datetime import datetime

from shuniu.core.flow.commands import Assign
from shuniu.core.flow.state import staff
from shuniu.flows.contracts import Moved, NobodyGiven, WorkTaken
from shuniu.flows.runs.moving import execute
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.org import queries as org


def assign(*, run_id: int, node: str, staff_ids: Sequence[int], by: Actor, now: datetime, key: str) -> Moved:
    """These members of staff, and nobody else, are asked on the open step. The caller has checked the right to do so."""
    wanted = tuple(dict.fromkeys(staff_ids))
    if not wanted or len(org.staff_card(wanted)) != len(wanted):
        raise NobodyGiven(field="staff_ids")

    def make(run: LockedRun) -> Assign:
        here = run.state.at(node)
        if here is None:
            raise WorkTaken()
        audit.record(
            by=by,
            now=now,
            action="flow.assign",
            subject=run.subject,
            unit_id=run.unit_id,
            before={"node": node, "parties": [work.party.key for work in here.works]},
            after={"node": node, "parties": [staff(staff_id).key for staff_id in wanted]},
        )
        return Assign(visit=here.visit, parties=tuple(staff(staff_id).key for staff_id in wanted))

    request = {"do": "assign", "node": node, "staff_ids": list(wanted)}
    return execute(run_id=run_id, key=key, request=request, make=make, by=by, now=now)
