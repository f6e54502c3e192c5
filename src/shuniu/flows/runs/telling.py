"""What others are told of a command, in its own transaction: events, and who takes part from now on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from shuniu.core.flow.document import WaitingNode
from shuniu.core.flow.effects import (
    Copied,
    Effect,
    IncidentCleared,
    IncidentRaised,
    RunEnded,
    RunResumed,
    RunSuspended,
    StepChanged,
    StepClosed,
    StepOpened,
    Urged,
    WorkClosed,
    WorkOpened,
)
from shuniu.core.flow.state import PartyKind
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import NewEvent, publish_many
from shuniu.org import actions as org

ASKED, COPIED = "asked", "copied"


def tell(
    run: LockedRun, *, effects: Sequence[Effect], step_ids: Mapping[int, int], by: Actor, now: datetime
) -> None:
    """Publish the run's events in order and let everyone who is asked take part in the subject.

    Nodes that open and close by themselves are history in the tables, but no news.
    """
    publish_many(events_of(run, effects=effects, step_ids=step_ids, by=by, now=now))
    take_part(run, effects=effects, by=by, now=now)


def take_part(run: LockedRun, *, effects: Sequence[Effect], by: Actor, now: datetime) -> None:
    """Whoever is asked or copied may see the subject from now on."""
    joining = {e.party.id for e in effects if isinstance(e, WorkOpened) and e.party.id is not None}
    told = {party.id for e in effects if isinstance(e, Copied) for party in e.parties if party.id is not None}
    for why, staff_ids in ((ASKED, joining), (COPIED, told)):
        if staff_ids:
            org.take_part(subject=run.subject, staff_ids=sorted(staff_ids), why=why, by=by, now=now)


def events_of(
    run: LockedRun, *, effects: Sequence[Effect], step_ids: Mapping[int, int], by: Actor, now: datetime
) -> list[NewEvent]:
    """The news of one command, in order."""
    asked = _asked(run, effects)
    events: list[NewEvent] = []

    def add(name: str, data: dict[str, object]) -> None:
        events.append(
            NewEvent(
                name=name,
                subject=run.subject,
                unit_id=run.unit_id,
                customer_id=run.customer_id,
                by=by,
                now=now,
                data={"run_id": run.id, **data},
            )
        )

    for effect in effects:
        if isinstance(effect, StepOpened | StepClosed):
            found = _of_step(run, effect, step_ids, asked)
        else:
            found = _of_run(effect) or _changed(effect, step_ids, asked)
        if found is not None:
            add(*found)
    for visit in _reassigned(effects):
        node = next(open_step.node for open_step in run.state.steps if open_step.visit == visit)
        data = {"step_id": step_ids[visit], "node": node, "staff_ids": asked.get(visit, [])}
        add("flow.step_assigned", data)
    return events


_WHAT: Mapping[type, str] = {
    RunSuspended: "suspended",
    RunResumed: "resumed",
    IncidentRaised: "incident",
    IncidentCleared: "incident_cleared",
    Urged: "urged",
}


Told = tuple[str, dict[str, object]]


def _of_step(
    run: LockedRun,
    effect: StepOpened | StepClosed,
    step_ids: Mapping[int, int],
    asked: Mapping[int, list[int]],
) -> Told | None:
    if isinstance(effect, StepOpened) and effect.kind == "start":
        return "flow.run_started", {}
    if not _waits(run, effect.node):
        return None
    data = _place(step_ids, effect) | {"staff_ids": asked.get(effect.visit, [])}
    if isinstance(effect, StepOpened):
        return "flow.step_opened", data
    return "flow.step_closed", data | {"outcome": effect.outcome or effect.end.value}


def _of_run(effect: Effect) -> Told | None:
    if isinstance(effect, RunEnded):
        return "flow.run_ended", {"status": effect.status.value}
    if isinstance(effect, RunSuspended | RunResumed):
        return "flow.run_changed", {"what": _WHAT[type(effect)]}
    return None


def _changed(effect: Effect, step_ids: Mapping[int, int], asked: Mapping[int, list[int]]) -> Told | None:
    """What changed of a step that stays open, with who is concerned."""
    if isinstance(effect, StepChanged):
        what, staff_ids = effect.what, asked.get(effect.visit, [])
    elif isinstance(effect, Copied):
        what, staff_ids = "copied", [party.id for party in effect.parties if party.id is not None]
    elif isinstance(effect, IncidentRaised | IncidentCleared | Urged):
        what, staff_ids = _WHAT[type(effect)], asked.get(effect.visit, [])
    else:
        return None
    data = {
        "step_id": step_ids[effect.visit],
        "visit": effect.visit,
        "what": what,
        "staff_ids": staff_ids,
    }
    return "flow.step_changed", data


def _asked(run: LockedRun, effects: Sequence[Effect]) -> dict[int, list[int]]:
    """Staff who are or were asked on each step that was open at some time during the command."""
    asked: dict[int, set[int]] = {
        open_step.visit: {w.party.id for w in open_step.works if w.party.id is not None}
        for open_step in run.state.steps
    }
    for effect in effects:
        if (
            isinstance(effect, WorkOpened)
            and effect.party.kind is PartyKind.STAFF
            and effect.party.id is not None
        ):
            asked.setdefault(effect.visit, set()).add(effect.party.id)
    return {visit: sorted(ids) for visit, ids in asked.items()}


def _reassigned(effects: Sequence[Effect]) -> list[int]:
    """Steps that were open before and whose people changed without the step closing."""
    opened = {effect.visit for effect in effects if isinstance(effect, StepOpened)}
    closed = {effect.visit for effect in effects if isinstance(effect, StepClosed)}
    changed = {effect.visit for effect in effects if isinstance(effect, WorkOpened | WorkClosed)}
    return sorted(changed - opened - closed)


def _waits(run: LockedRun, node: str) -> bool:
    return isinstance(run.document.by_id[node], WaitingNode)


def _place(step_ids: Mapping[int, int], effect: StepOpened | StepClosed) -> dict[str, object]:
    return {"step_id": step_ids[effect.visit], "node": effect.node, "visit": effect.visit}
