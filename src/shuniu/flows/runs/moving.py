"""A command from its key to its commit: engine, people, one write, events. Every action of a run goes through here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from shuniu.core.flow import errors as engine
from shuniu.core.flow.commands import Assign, Command
from shuniu.core.flow.effects import Effect, PeopleWanted
from shuniu.core.flow.state import RunState
from shuniu.core.flow.step import step
from shuniu.flows.contracts import (
    FlowStuck,
    KeyReused,
    Moved,
    NobodyGiven,
    OutcomeUnknown,
    RunOver,
    RunStatus,
    WorkTaken,
)
from shuniu.flows.runs import telling, writing
from shuniu.flows.runs.documents import content_hash
from shuniu.flows.runs.people import parties
from shuniu.flows.runs.state import LockedRun, lock
from shuniu.foundation.access import Actor
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
    request: dict[str, Any],
    make: Callable[[LockedRun], Command],
    by: Actor,
    now: datetime,
) -> Moved:
    """Lock the run, and unless `key` did it before, do what `make` asks for. `request` is what the key stands for.

    Raises WorkTaken, RunOver, OutcomeUnknown, FlowStuck, KeyReused, RunNotFound, and whatever `make` raises.
    """
    digest = content_hash(request)
    with transaction.atomic():
        run = lock(run_id)
        with connection.cursor() as cursor:
            cursor.execute(EARLIER, [run_id, key[:KEY_MAX]])
            earlier = cursor.fetchone()
        if earlier is not None:
            if bytes(earlier[0]) != digest:
                raise KeyReused()
            return moved(run, run.state, replayed=True)
        return move(run, make(run), key=key[:KEY_MAX], digest=digest, by=by, now=now)


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
    """The engine's answer with the people it wanted found; they are recorded as commands of their own."""
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
            if isinstance(effect, PeopleWanted) and state.step(effect.visit) is not None:
                asked = parties(effect.rule, unit_id=run.unit_id, facts=state.facts)
                if asked:
                    todo.append(Assign(visit=effect.visit, parties=asked))
    return Walked(state, tuple(effects), tuple(commands))


def observe(run: LockedRun, now: datetime, *, leaving: str) -> dict[str, Any]:
    """Facts that conditions behind the node being left may read and the run does not know itself."""
    if leaving not in run.document.deciding:
        return {}
    kind = run.subject.kind
    wanted = [
        name for name in run.document.facts if name not in run.state.facts and (kind, name) in registry.facts
    ]
    if not wanted:
        return {}
    values = read_facts(wanted, kind, [run.subject.id], now)[run.subject.id]
    return {name: _plain(value) for name, value in values.items()}


def refused(refusal: engine.FlowRefused) -> Exception:
    """The engine's refusal in words for people."""
    if isinstance(refusal, engine.StepNotOpen | engine.NotAsked):
        return WorkTaken()
    if isinstance(refusal, engine.RunIsOver):
        return RunOver()
    if isinstance(refusal, engine.UnknownOutcome):
        return OutcomeUnknown(field="outcome")
    if isinstance(refusal, engine.NobodyToAsk):
        return NobodyGiven(field="staff_ids")
    if isinstance(refusal, engine.NoWayOut):
        return FlowStuck(node=refusal.args[0])
    return refusal


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
