"""A trial run of a drawing: played through in memory with given answers, on a clock of its own; nothing is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from shuniu.core.flow.check import check
from shuniu.core.flow.document import ApprovalNode, FlowDocument, SurveyNode, TaskNode
from shuniu.core.flow.effects import StepEnd
from shuniu.core.flow.errors import FlowRefused
from shuniu.core.flow.memory import MemoryRun, Stay
from shuniu.core.flow.people import ByCustomer, BySystem, People
from shuniu.core.flow.simulate import Script, simulate
from shuniu.core.flow.state import staff
from shuniu.flows.contracts import DocumentFaulty
from shuniu.flows.runs.people import Place, staff_ids
from shuniu.org import queries as org

STEPS_MAX = 500


@dataclass(frozen=True, slots=True)
class TrialStep:
    """One visit. `who` are the names of those who would be asked in that unit now; `party` says customer or system."""

    visit: int
    node: str
    opened_at: datetime
    closed_at: datetime | None
    end: str
    outcome: str
    party: str
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial came to. `stuck` says why it stands still, where it does."""

    steps: tuple[TrialStep, ...]
    status: str
    stuck: str
    clock: datetime


def trial(
    document: Mapping[str, Any],
    *,
    facts: Mapping[str, Any],
    answers: Mapping[str, Any],
    unit_id: int,
    starter: int | None,
    now: datetime,
) -> Trial:
    """Play a document through in a unit. DocumentFaulty when it could not be published."""
    try:
        parsed = FlowDocument.model_validate(document)
    except ValidationError as wrong:
        raise DocumentFaulty(count=wrong.error_count()) from wrong
    faults = [problem for problem in check(parsed) if not getattr(problem, "warning", False)]
    if faults:
        raise DocumentFaulty(count=len(faults))
    script = Script.of(parsed, {"facts": dict(facts), "answers": dict(answers)})
    begun_by = staff(starter).key if starter is not None else "system"
    try:
        played = simulate(parsed, script, now=now, calendar=org.calendar(unit_id), starter=begun_by)
    except FlowRefused as refused:
        return Trial((), "refused", type(refused).__name__, now)
    place = Place(unit_id, None, played.run.state.facts, played.run.state.starter, parsed, now)
    stays = sorted(played.run.stays.values(), key=lambda stay: stay.visit)
    shown = [stay for stay in stays if stay.end is not StepEnd.JOINED][:STEPS_MAX]
    return Trial(
        steps=tuple(_step(played.run, stay, place) for stay in shown),
        status=played.run.state.status.value,
        stuck=played.stuck or "",
        clock=played.store.now,
    )


def _step(run: MemoryRun, stay: Stay, place: Place) -> TrialStep:
    rule = _rule(run, stay)
    asked: tuple[str, ...] = ()
    party = ""
    if isinstance(rule, ByCustomer):
        party = "customer"
    elif isinstance(rule, BySystem):
        party = "system"
    elif rule is not None:
        cards = org.staff_card(staff_ids(rule, place))
        asked = tuple(card.name for card in cards.values())
        party = "staff"
    return TrialStep(
        visit=stay.visit,
        node=stay.node,
        opened_at=stay.opened_at,
        closed_at=stay.closed_at,
        end=stay.end.value if stay.end else "open",
        outcome=stay.outcome or "",
        party=party,
        who=asked,
    )


def _rule(run: MemoryRun, stay: Stay) -> People | None:
    node = run.document.by_id[stay.node]
    if isinstance(node, ApprovalNode):
        return node.levels[min(stay.level, len(node.levels) - 1)].people
    return node.people if isinstance(node, TaskNode | SurveyNode) else None
