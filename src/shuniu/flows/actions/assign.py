"""Somebody else is asked from now on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shuniu.core.flow.commands import Assign
from shuniu.core.flow.state import staff
from shuniu.flows.contracts import Moved, NobodyGiven, WorkTaken
from shuniu.flows.permissions import ASSIGN
from shuniu.flows.runs.access import colleagues, require_right, run_of_step
from shuniu.flows.runs.moving import execute
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor
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
        return Assign(visit=here.visit, parties=tuple(staff(staff_id).key for staff_id in wanted))

    def before(run: LockedRun) -> dict[str, Any]:
        here = run.state.at(node)
        return {"node": node, "parties": [work.party.key for work in here.works] if here else []}

    request = {"do": "assign", "node": node, "staff_ids": list(wanted)}
    return execute(run_id=run_id, key=key, request=request, make=make, by=by, now=now, before=before)


def reassign(*, step_id: int, staff_ids: Sequence[int], by: Actor, now: datetime, key: str) -> Moved:
    """As `assign`, for who may hand on work of the run's unit."""
    run_id, visit = run_of_step(step_id)
    require_right(run_id, by=by, permission=ASSIGN)
    wanted = colleagues(staff_ids, field="staff_ids")
    request = {"do": "assign", "visit": visit, "staff_ids": list(staff_ids)}
    return execute(
        run_id=run_id,
        key=key,
        request=request,
        make=lambda _: Assign(visit=visit, parties=wanted),
        by=by,
        now=now,
    )
