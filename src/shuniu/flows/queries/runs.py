"""Runs with their steps. Not scoped: who may see a run is who may see its subject, which the caller has checked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from shuniu.core.calendar import WorkingCalendar
from shuniu.core.flow.document import ApprovalNode, FlowDocument, WaitingNode
from shuniu.core.flow.state import Party, PartyKind
from shuniu.core.flow.words import Words
from shuniu.flows.contracts import (
    OpenStepView,
    RunNotFound,
    RunStatus,
    RunView,
    StepStatus,
    StepView,
    WorkStatus,
    WorkView,
)
from shuniu.flows.models import FlowRun, FlowStep, FlowWork
from shuniu.flows.queries.offers import with_offers
from shuniu.flows.runs.deadlines import light_of
from shuniu.flows.runs.documents import document_of
from shuniu.foundation.access import Actor
from shuniu.foundation.database.prepared import prepared_cursor
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.org import queries as org


def run(run_id: int, *, now: datetime, actor: Actor | None = None) -> RunView:
    """One run; with `actor`, what they may do. RunNotFound for an unknown id."""
    found = _views(FlowRun.objects.filter(pk=run_id), now)
    if not found:
        raise RunNotFound()
    return with_offers(found[0], actor=actor, now=now) if actor is not None else found[0]


def run_of(subject: Ref, *, now: datetime, actor: Actor | None = None) -> RunView | None:
    """The latest run over a subject; with `actor`, what they may do."""
    rows = FlowRun.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, parent_step__isnull=True
    ).order_by("-id")[:1]
    found = _views(rows, now)
    if not found:
        return None
    return with_offers(found[0], actor=actor, now=now) if actor is not None else found[0]


def runs_of(subjects: Sequence[Ref], *, now: datetime) -> dict[Ref, RunView]:
    """The latest run of each subject of one kind, in a fixed number of queries."""
    kinds = {subject.kind for subject in subjects}
    if not kinds:
        return {}
    if len(kinds) > 1:
        raise ValueError("subjects of one kind at a time")
    rows = (
        FlowRun.objects.filter(
            subject_kind=kinds.pop(),
            subject_id__in=[subject.id for subject in subjects],
            parent_step__isnull=True,
        )
        .order_by("subject_id", "-id")
        .distinct("subject_id")
    )
    return {view.subject: view for view in _views(rows, now)}


OPEN_STEPS = """
select s.id, s.run_id, s.visit, s.node, s.opened_at, s.due_at, s.warn_at, r.version_id, w.parties, w.staff_ids
from flow_step s
join flow_run r on r.id = s.run_id
cross join lateral (
    select coalesce(array_agg(party order by id), '{}') as parties,
        coalesce(array_agg(staff_id order by id), '{}') as staff_ids
    from flow_work where step_id = s.id and status = 'open'
) w
where s.run_id = any(%s::bigint[]) and s.status = 'open'
order by s.run_id, s.visit
"""


def open_steps(run_ids: Iterable[int], *, now: datetime) -> dict[int, list[OpenStepView]]:
    """Where runs stand now, with those who are asked; one query however many runs."""
    with prepared_cursor() as cursor:
        cursor.execute(OPEN_STEPS, (list(run_ids),))
        rows = cursor.fetchall()
    found: dict[int, list[OpenStepView]] = defaultdict(list)
    for step_id, run_id, visit, node, opened_at, due_at, warn_at, version_id, parties, staff_ids in rows:
        found[run_id].append(
            OpenStepView(
                run_id=run_id,
                step_id=step_id,
                visit=visit,
                node=node,
                name=words(document_of(version_id).by_id[node].name),
                opened_at=opened_at,
                due_at=due_at,
                light=light_of(due_at=due_at, warn_at=warn_at, at=now),
                staff_ids=tuple(staff_id for staff_id in staff_ids if staff_id is not None),
                waits_for_customer="customer" in parties,
            )
        )
    return dict(found)


def words(given: Words) -> Text:
    """A document's words as the house's text."""
    return Text(zh=given.zh, en=given.en)


def _views(rows: QuerySet[FlowRun], now: datetime) -> list[RunView]:
    runs = list(rows.select_related("version__definition"))
    steps: dict[int, list[FlowStep]] = defaultdict(list)
    for row in FlowStep.objects.filter(run_id__in=[found.pk for found in runs]).order_by("run_id", "visit"):
        steps[row.run_id].append(row)
    works: dict[int, list[FlowWork]] = defaultdict(list)
    for work in FlowWork.objects.filter(run_id__in=[found.pk for found in runs]).order_by("id"):
        works[work.step_id].append(work)
    names = _names(work.staff_id for asked in works.values() for work in asked)
    calendars = {
        unit_id: org.calendar(unit_id)
        for unit_id in {found.unit_id for found in runs if found.ended_at is None}
    }
    return [_view(found, steps[found.pk], works, names, calendars.get(found.unit_id), now) for found in runs]


def _names(staff_ids: Iterable[int | None]) -> dict[int, str]:
    ids = sorted({staff_id for staff_id in staff_ids if staff_id is not None})
    return {staff_id: card.name for staff_id, card in org.staff_card(ids).items()} if ids else {}


def _view(
    found: FlowRun,
    steps: Sequence[FlowStep],
    works: dict[int, list[FlowWork]],
    names: dict[int, str],
    calendar: WorkingCalendar | None,
    now: datetime,
) -> RunView:
    document = document_of(found.version_id)
    definition = found.version.definition
    return RunView(
        id=found.pk,
        version_id=found.version_id,
        flow_key=definition.key,
        flow_name=Text(zh=definition.name_zh, en=definition.name_en),
        version_number=found.version.number,
        subject=Ref(found.subject_kind, found.subject_id),
        unit_id=found.unit_id,
        customer_id=found.customer_id,
        status=RunStatus(found.status),
        started_at=found.started_at,
        ended_at=found.ended_at,
        steps=tuple(_step(row, document, works[row.pk], names, calendar, now) for row in steps),
    )


def _step(
    row: FlowStep,
    document: FlowDocument,
    works: Sequence[FlowWork],
    names: dict[int, str],
    calendar: WorkingCalendar | None,
    now: datetime,
) -> StepView:
    node = document.by_id.get(row.node) or document.start
    until = row.closed_at or now
    working = row.working_seconds
    if working is None:
        working = int(calendar.between(row.opened_at, until).total_seconds()) if calendar else 0
    outcome = None
    if isinstance(node, WaitingNode):
        outcome = next((words(o.name) for o in node.outcomes if o.key == row.outcome), None)
    return StepView(
        id=row.pk,
        visit=row.visit,
        node=row.node,
        kind=row.kind,
        name=words(node.name),
        guide=words(node.guide) if node.guide else None,
        milestone=words(node.milestone) if node.milestone else None,
        status=StepStatus(row.status),
        outcome=row.outcome,
        outcome_name=outcome,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        due_at=row.due_at,
        light=light_of(due_at=row.due_at, warn_at=row.warn_at, at=until),
        provisional=row.provisional,
        working_seconds=working,
        wall_seconds=int((until - row.opened_at).total_seconds()),
        works=tuple(
            WorkView(
                id=work.pk,
                party=work.party,
                staff_id=work.staff_id,
                staff_name=names.get(work.staff_id or 0, ""),
                status=WorkStatus(work.status),
                outcome=work.outcome,
                comment=work.comment,
                closed_at=work.closed_at,
            )
            for work in works
        ),
        answers=row.answers,
        level=row.level,
        levels=len(node.levels) if isinstance(node, ApprovalNode) else 0,
        form=row.form or getattr(node, "form", None),
        ending=row.ending,
        returned_from=row.returned_from,
        **_kept(row.memo),
    )


def _kept(memo: dict[str, Any]) -> dict[str, Any]:
    """What an open step's memo says that people read."""
    incident, claimed, urged = memo.get("incident"), memo.get("claimed"), memo.get("urged_at")
    return {
        "claimed_by": Party(PartyKind(claimed["kind"]), claimed.get("id")).key if claimed else "",
        "held": bool(memo.get("held")),
        "incident": Text(zh=incident["zh"], en=incident["en"]) if incident else None,
        "urged_at": datetime.fromisoformat(urged) if urged else None,
    }
