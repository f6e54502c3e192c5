"""Events of the house reach the runs that wait for them, and start the flows they trigger."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from shuniu.core import feel
from shuniu.core.flow import conditions
from shuniu.core.flow.commands import Deliver
from shuniu.core.flow.document import FlowDocument, ForEvent, WaitNode
from shuniu.core.flow.state import RunStatus
from shuniu.flows.actions.start import start
from shuniu.flows.models import FlowDefinition, FlowEffect, FlowRun, FlowVersion
from shuniu.flows.runs.documents import content_hash, document_of
from shuniu.flows.runs.moving import move, observe
from shuniu.flows.runs.rows import DELIVER, OWN
from shuniu.flows.runs.state import LockedRun, lock
from shuniu.foundation.access import system
from shuniu.foundation.hub import Event, Ref, read_facts, registry
from shuniu.org import queries as org

HOUSE = system("flows")
NUMBERS = 2_000_000_000
KEYED = ("text", "id")
"""Types of an event's data that may be its correlation."""
CORRELATED = """
select distinct w.run_id, w.event, w.correlation from flow_wait w
where w.status = 'open' and w.event = any(%s) and w.correlation = any(%s)
"""
KNOWN = "select true from flow_command where run_id = %s and key = %s"


def deliver(events: Sequence[Event]) -> None:
    """Hand events over, in their order; again changes nothing. A suspended run gets them when it is resumed."""
    wanted = _listened()
    starts = _triggers()
    heard = [event for event in events if event.name in wanted]
    runs = _runs_about(heard)
    correlated = _correlated(heard)
    for event in events:
        for definition_id, document in starts.get(event.name, ()):
            _trigger(event, definition_id, document)
        if event.name not in wanted:
            continue
        for run_id in runs.get((event.subject, event.customer_id), ()):
            hand_over(run_id, event, None)
        for correlation in sorted(_correlations(event)):
            for run_id in correlated.get((event.name, correlation), ()):
                hand_over(run_id, event, correlation)


def hand_over(run_id: int, event: Event, correlation: str | None) -> None:
    """One event to one run; nothing is written where nobody there wants it."""
    run = lock(run_id)
    if run.state.status == RunStatus.SUSPENDED:
        _later(run, event, correlation)
        return
    if run.state.status != RunStatus.RUNNING or not _wants(run, event, correlation):
        return
    key = f"event:{event.id}" if correlation is None else f"event:{event.id}:{correlation}"
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [run_id, key[:200]])
        if cursor.fetchone() is not None:
            return
    command = Deliver(
        event=event.name, correlation=correlation, data=_data(event), observed=observe(run, event.at)
    )
    move(run, command, key=key[:200], digest=content_hash([key]), by=HOUSE, now=event.at)


def hand_over_late(run_id: int, params: dict[str, Any], now: datetime) -> bool:
    """An event that came while the run was suspended."""
    given = params["event"]
    event = Event(
        id=given["id"],
        at=now,
        name=given["name"],
        subject=Ref(*given["subject"]),
        unit_id=None,
        customer_id=None,
        by="",
        data=given["data"],
    )
    hand_over(run_id, event, params["correlation"])
    return True


def _later(run: LockedRun, event: Event, correlation: str | None) -> None:
    step_id = min(run.step_ids.values(), default=None)
    if step_id is None:
        return
    params = {
        "event": {
            "id": event.id,
            "name": event.name,
            "subject": [event.subject.kind, event.subject.id],
            "data": dict(event.data),
        },
        "correlation": correlation,
    }
    FlowEffect.objects.get_or_create(
        step_id=step_id,
        number=OWN[DELIVER] + event.id % NUMBERS,
        defaults={
            "run_id": run.id,
            "effect": DELIVER,
            "params": params,
            "status": "pending",
            "next_at": event.at,
            "wanted_at": event.at,
        },
    )


def _wants(run: LockedRun, event: Event, correlation: str | None) -> bool:
    waits = any(
        wait.event == event.name and wait.correlation == correlation
        for here in run.state.steps
        for wait in here.waits
    )
    return waits or any(one.keep and one.event == event.name for one in _waits(run.document))


def _waits(document: FlowDocument) -> Iterator[ForEvent]:
    for node in document.nodes:
        if isinstance(node, WaitNode):
            yield from (one for one in node.until if isinstance(one, ForEvent))


@lru_cache(maxsize=512)
def _names(version_id: int) -> frozenset[str]:
    return frozenset(one.event for one in _waits(document_of(version_id)))


def _listened() -> frozenset[str]:
    """Names of events that running runs can wait for."""
    running = FlowRun.objects.filter(version=OuterRef("pk"), status__in=("running", "suspended"))
    versions = FlowVersion.objects.filter(Exists(running)).values_list("pk", flat=True)
    return frozenset().union(*(_names(version_id) for version_id in versions))


def _triggers() -> dict[str, list[tuple[int, FlowDocument]]]:
    """Flows in use that an event starts, by its name."""
    found: dict[str, list[tuple[int, FlowDocument]]] = {}
    rows = FlowDefinition.objects.filter(archived_at__isnull=True, current__isnull=False)
    for definition_id, version_id in rows.values_list("pk", "current_id"):
        document = document_of(version_id)
        for name in {one.event for one in document.start.triggers if one.on == "event" and one.event}:
            found.setdefault(name, []).append((definition_id, document))
    return found


def _runs_about(events: Sequence[Event]) -> dict[tuple[Ref, int | None], list[int]]:
    """Running runs about the subject or the customer of each event."""
    if not events:
        return {}
    about = Q()
    for event in events:
        about |= Q(subject_kind=event.subject.kind, subject_id=event.subject.id)
    customers = [event.customer_id for event in events if event.customer_id]
    rows = FlowRun.objects.filter(
        about | Q(customer_id__in=customers), status__in=("running", "suspended")
    ).order_by("pk")
    runs = list(rows.values_list("pk", "subject_kind", "subject_id", "customer_id"))
    return {
        (event.subject, event.customer_id): [
            pk
            for pk, kind, subject_id, customer_id in runs
            if Ref(kind, subject_id) == event.subject
            or (event.customer_id is not None and customer_id == event.customer_id)
        ]
        for event in events
    }


def _correlated(events: Sequence[Event]) -> dict[tuple[str, str], list[int]]:
    values = {value for event in events for value in _correlations(event)}
    if not values:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(CORRELATED, [sorted({event.name for event in events}), sorted(values)])
        rows = cursor.fetchall()
    found: dict[tuple[str, str], list[int]] = {}
    for run_id, name, correlation in sorted(rows):
        found.setdefault((name, correlation), []).append(run_id)
    return found


def _correlations(event: Event) -> set[str]:
    """What an event may be known by: its subject, and every id or text of its data."""
    declared = registry.events[event.name].data if event.name in registry.events else {}
    known = {str(event.data[name]) for name, of in declared.items() if of in KEYED and name in event.data}
    return known | {str(event.subject), str(event.subject.id)}


def _data(event: Event) -> dict[str, Any]:
    return {**event.data, "subject_kind": event.subject.kind, "subject_id": event.subject.id}


def _trigger(event: Event, definition_id: int, document: FlowDocument) -> None:
    """Start the flow over the event's subject, or its customer, while the trigger's condition holds."""
    subject = event.subject
    if document.subject != subject.kind:
        if document.subject != "customer" or not event.customer_id:
            return
        subject = Ref("customer", event.customer_id)
    definition = FlowDefinition.objects.get(pk=definition_id)
    if event.unit_id is None or (
        definition.unit_id is not None and not _under(event.unit_id, definition.unit_id)
    ):
        return
    for trigger in document.start.triggers:
        if trigger.event == event.name and _holds(trigger.where, event, subject, document):
            start(
                flow_key=definition.key,
                subject=subject,
                unit_id=event.unit_id,
                customer_id=event.customer_id,
                facts={f"事件.{name}": value for name, value in event.data.items()},
                by=HOUSE,
                now=event.at,
                key=f"trigger:{definition_id}:{event.id}",
            )
            return


def _holds(where: str | None, event: Event, subject: Ref, document: FlowDocument) -> bool:
    if where is None:
        return True
    known = [name for name in document.facts if (subject.kind, name) in registry.facts]
    facts = read_facts(known, subject.kind, [subject.id], event.at)[subject.id] if known else {}
    names = (*document.names, ("event", "Any"))
    try:
        return conditions.holds(where, names, {**facts, "event": _data(event)}, event.at)
    except feel.FeelError:
        return False


def _under(unit_id: int, above: int) -> bool:
    return org.unit(unit_id).path.startswith(org.unit(above).path)
