"""What people see of the hub: parked events, subscribers, and what happened to a subject."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from shuniu.foundation.access import Actor
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub.contracts import (
    ParkedEvent,
    ParkedState,
    Ref,
    SubjectCard,
    SubscriberState,
    TimelineEntry,
)
from shuniu.foundation.hub.models import EventRow, ParkedRow
from shuniu.foundation.hub.parking import ATTEMPTS_MAX
from shuniu.foundation.hub.registries import registry

SUBSCRIBERS = """
select s.subscriber, s.position, feed.last - s.position, coalesce(extract(epoch from %(now)s - next.at), 0),
    s.moved_at, coalesce(p.parked, 0), coalesce(p.stuck, 0)
from event_subscription s
cross join (select coalesce(max(position), 0) as last from event_feed) feed
left join lateral (
    select at from event_feed f where f.position > s.position order by f.position limit 1
) next on true
left join (
    select subscriber, count(*) as parked, count(*) filter (where attempts >= 5) as stuck
    from event_parked where resolved_at is null group by subscriber
) p on p.subscriber = s.subscriber
where s.subscriber = any(%(names)s)
order by stuck desc nulls last, 3 desc, s.subscriber
"""
WAITING = """
select subscriber, subject_kind, subject_id, count(*) from event_parked
where resolved_at is null and (subscriber, subject_kind, subject_id) in (
    select * from unnest(%s::text[], %s::text[], %s::bigint[])
) group by subscriber, subject_kind, subject_id
"""
PENDING = "select count(*), min(at) from event_pending"


def subscribers(now: datetime) -> list[SubscriberState]:
    """Every registered subscriber, the troubled ones first."""
    with connection.cursor() as cursor:
        cursor.execute(SUBSCRIBERS, {"now": now, "names": sorted(registry.subscribers)})
        return [
            SubscriberState(
                name=name,
                position=position,
                behind=behind,
                behind_seconds=max(float(seconds), 0.0),
                moved_at=moved_at,
                parked=parked,
                stuck=stuck,
            )
            for name, position, behind, seconds, moved_at, parked, stuck in cursor.fetchall()
        ]


def pending(now: datetime) -> tuple[int, float]:
    """How many committed events have no place yet, and the age of the oldest in seconds."""
    with connection.cursor() as cursor:
        cursor.execute(PENDING)
        count, oldest = cursor.fetchone()
    return int(count), max((now - oldest).total_seconds(), 0.0) if oldest else 0.0


def parked_rows(*, subscriber: str | None, state: str | None) -> QuerySet[ParkedRow]:
    """Parked events; ``state`` as in ParkedEvent, None = all that are not resolved."""
    rows = ParkedRow.objects.filter(resolved_at__isnull=state != "resolved")
    if subscriber:
        rows = rows.filter(subscriber=subscriber)
    if state == "stuck":
        rows = rows.filter(attempts__gte=ATTEMPTS_MAX)
    elif state == "retrying":
        rows = rows.filter(attempts__gt=0, attempts__lt=ATTEMPTS_MAX)
    elif state == "waiting":
        rows = rows.filter(attempts=0)
    return rows


def parked(rows: Sequence[ParkedRow]) -> list[ParkedEvent]:
    """The contracts of those rows, each with its subject's card and how many wait behind it."""
    cards = cards_of(Ref(row.subject_kind, row.subject_id) for row in rows)
    waiting = _waiting(rows)
    return [_parked(row, cards, waiting) for row in rows]


def cards_of(refs: Iterable[Ref]) -> dict[Ref, SubjectCard]:
    """The cards of subjects of any kinds, one query per kind; unknown ones are missing."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for ref in refs:
        by_kind[ref.kind].add(ref.id)
    return {
        Ref(kind, subject_id): card
        for kind, ids in by_kind.items()
        if kind in registry.subjects
        for subject_id, card in registry.subjects[kind].cards(sorted(ids)).items()
    }


def timeline_rows(*, subject: Ref, actor: Actor) -> QuerySet[EventRow]:
    """What happened to the subject; a customer's includes what happened to all that is theirs. Raises NotFound
    when the actor may not see the subject.
    """
    declared = registry.subject(subject.kind)
    if subject.id not in declared.visible(actor, [subject.id]):
        raise NotFound()
    if subject.kind == "customer":
        return EventRow.objects.filter(customer_id=subject.id)
    return EventRow.objects.filter(subject_kind=subject.kind, subject_id=subject.id)


def timeline(rows: Sequence[EventRow]) -> list[TimelineEntry]:
    """The contracts of those rows, with the names of those who acted."""
    actors = cards_of(ref for row in rows if (ref := _ref_of(row.by)) is not None)
    return [_entry(row, actors) for row in rows]


def _entry(row: EventRow, actors: dict[Ref, SubjectCard]) -> TimelineEntry:
    declared = registry.events.get(row.name)
    ref = _ref_of(row.by)
    return TimelineEntry(
        id=row.id,
        at=row.at,
        name=row.name,
        text=declared.text if declared else None,
        subject=Ref(row.subject_kind, row.subject_id),
        unit_id=row.unit_id,
        customer_id=row.customer_id or None,
        by=row.by,
        by_name=actors[ref].title if ref in actors else "",
        data=row.data,
    )


def _ref_of(actor_key: str) -> Ref | None:
    kind, _, number = actor_key.partition(":")
    return Ref(kind, int(number)) if number.isdigit() else None


def _waiting(rows: Sequence[ParkedRow]) -> dict[tuple[str, Ref], int]:
    keys = sorted(
        {(row.subscriber, row.subject_kind, row.subject_id) for row in rows if row.resolved_at is None}
    )
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(WAITING, tuple(list(column) for column in zip(*keys, strict=True)))
        return {
            (name, Ref(kind, subject_id)): count - 1 for name, kind, subject_id, count in cursor.fetchall()
        }


def _parked(
    row: ParkedRow, cards: dict[Ref, SubjectCard], waiting: dict[tuple[str, Ref], int]
) -> ParkedEvent:
    subject = Ref(row.subject_kind, row.subject_id)
    declared = registry.events.get(row.event_name)
    card = cards.get(subject, SubjectCard(title=str(subject)))
    return ParkedEvent(
        id=row.id,
        subscriber=row.subscriber,
        event_id=row.event_id,
        event_name=row.event_name,
        event_text=declared.text if declared else None,
        event_at=row.event_at,
        subject=subject,
        subject_title=card.title,
        subject_link=card.link,
        state=_state(row),
        attempts=row.attempts,
        waits=0 if row.attempts == 0 else waiting.get((row.subscriber, subject), 0),
        error=row.error,
        parked_at=row.parked_at,
        next_try_at=row.next_try_at,
        resolved_at=row.resolved_at,
        resolution=row.resolution,
        reason=row.reason,
        decided_by=row.decided_by,
    )


def _state(row: ParkedRow) -> ParkedState:
    if row.resolved_at is not None:
        return "resolved"
    if row.attempts == 0:
        return "waiting"
    return "stuck" if row.attempts >= ATTEMPTS_MAX else "retrying"
