"""A command from its key to its commit: engine, people, one write, events. Every action of a run goes through here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from shuniu.core.flow import errors as engine
from shuniu.core.flow.commands import Ask, Command, Undo
from shuniu.core.flow.effects import Effect, PeopleWanted, UndoWanted
from shuniu.core.flow.state import RunState
from shuniu.core.flow.step import step
from shuniu.flows.contracts import KeyReused, Moved, RunStatus
from shuniu.flows.runs import history, telling, writing
from shuniu.flows.runs.documents import content_hash
from shuniu.flows.runs.people import Place, deputies, parties
from shuniu.flows.runs.refusals import refused
from shuniu.flows.runs.state import LockedRun, lock
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.database.prepared import prepared_cursor
from shuniu.foundation.hub import read_facts, registry

EARLIER = "select content_hash from flow_command where run_id = %s and key = %s"
KEY_MAX = 200


@dataclass(frozen=True, slots=True)
class Walked:
    """What the engine made of a command: the new state, all effects in order, and the commands that replay to it."""

    state: RunState
    effects: tuple[Effect, ...]
    commands: tuple[Command, ...]


def execute(
    *,
    run_id: int,
    key: str,
    request: Mapping[str, Any],
    make: Callable[[LockedRun], Command],
    by: Actor,
    now: datetime,
    before: Callable[[LockedRun], Mapping[str, Any]] | None = None,
) -> Moved:
    """Lock the run, and unless `key` did it before, do what `make` asks for. `request` is what the key stands for.

    What a person does is written into the audit log, with what `before` tells of the run as it was. Raises WorkTaken
    and the other refusals, KeyReused, RunNotFound, and whatever `make` raises.
    """
    digest = content_hash(request)
    with transaction.atomic():
        run = lock(run_id)
        with prepared_cursor() as cursor:
            cursor.execute(EARLIER, (run_id, key[:KEY_MAX]))
            earlier = cursor.fetchone()
        if earlier is not None:
            if bytes(earlier[0]) != digest:
                raise KeyReused()
            return moved(run, run.state, replayed=True)
        command = make(run)
        answer = move(run, command, key=key[:KEY_MAX], digest=digest, by=by, now=now)
        if not by.is_system:
            _record(run, command, request, before(run) if before else None, by, now)
        return answer


def move(run: LockedRun, command: Command, *, key: str, digest: bytes, by: Actor, now: datetime) -> Moved:
    """Let the engine walk, write what came of it, and tell."""
    walked = walk(run, command, now)
    step_ids = writing.write(
        run,
        state=walked.state,
        effects=walked.effects,
        commands=walked.commands,
        key=key,
        digest=digest,
        by=by,
        now=now,
    )
    telling.tell(run, effects=walked.effects, step_ids=step_ids, by=by, now=now)
    return moved(run, walked.state)


def moved(run: LockedRun, state: RunState, *, replayed: bool = False) -> Moved:
    """The answer to whoever asked."""
    return Moved(
        run_id=run.id,
        status=RunStatus(state.status.value),
        open={open_step.node: open_step.visit for open_step in state.steps},
        replayed=replayed,
    )


def walk(run: LockedRun, command: Command, now: datetime) -> Walked:
    """The engine's answer with what it wanted looked up; answers to that are recorded as commands of their own."""
    state = run.state
    effects: list[Effect] = []
    commands: list[Command] = []
    todo: list[Command] = [command]
    while todo:
        current = todo.pop(0)
        try:
            result = step(run.document, state, current, now)
        except engine.FlowRefused as refusal:
            raise refused(refusal) from refusal
        state = result.state
        commands.append(current)
        effects.extend(result.effects)
        for effect in result.effects:
            found = _looked_up(run, state, effect, command, now)
            if found is not None:
                todo.append(found)
    return Walked(state, tuple(effects), tuple(commands))


def _looked_up(
    run: LockedRun, state: RunState, effect: Effect, command: Command, now: datetime
) -> Command | None:
    """The people a rule finds, and the actions that are to be taken back."""
    if isinstance(effect, PeopleWanted):
        here = state.step(effect.visit)
        if here is None:
            return None
        place = Place(run.unit_id, run.whose, state.facts, state.starter, run.document, now)
        asked = parties(effect.rule, place)
        if not asked and here.works:
            # nobody to hand it over to: whoever is asked keeps it
            return None
        observed = command.observed
        return Ask(visit=effect.visit, parties=asked, deputies=deputies(asked, now), observed=observed)
    if isinstance(effect, UndoWanted) and state.step(effect.visit) is not None:
        done = history.done(run.id, run.document, 1, effect.nodes)
        return Undo(visit=effect.visit, done=done, observed=command.observed)
    return None


def observe(run: LockedRun, now: datetime, *, leaving: str | None = None) -> dict[str, Any]:
    """Facts that conditions may read and the run does not know itself: of its subject, else of its customer.

    `leaving` names the node that is left; nothing is read when no condition can be asked behind it.
    """
    deciding = run.document.deciding
    if not (deciding if leaving is None else leaving in deciding):
        return {}
    found: dict[str, Any] = {}
    unknown = [name for name in run.document.facts if name not in run.state.facts]
    for kind, subject_id in ((run.subject.kind, run.subject.id), ("customer", run.whose)):
        names = [name for name in unknown if name not in found and (kind, name) in registry.facts]
        if names and subject_id is not None:
            values = read_facts(names, kind, [subject_id], now)[subject_id]
            found |= {name: _plain(value) for name, value in values.items()}
    return found


def _record(
    run: LockedRun,
    command: Command,
    request: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    by: Actor,
    now: datetime,
) -> None:
    visit = getattr(command, "visit", None)
    here = run.state.step(visit) if isinstance(visit, int) else None
    said = {name: value for name, value in request.items() if name not in ("do", "answers", "facts", "work")}
    audit.record(
        by=by,
        now=now,
        action=f"flow.{command.kind}",
        subject=run.subject,
        unit_id=run.unit_id,
        before=before,
        after={**said, "run_id": run.id} | ({"node": here.node} if here else {}),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
