"""What the hub carries: events, and the four kinds of declaration that domains register. No Django."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias

from pydantic import BaseModel

from shuniu.foundation.access import Actor, Permission
from shuniu.foundation.text import Text

FactType: TypeAlias = Literal["text", "number", "boolean", "date", "datetime", "duration", "list"]
DataType: TypeAlias = Literal["text", "number", "boolean", "date", "datetime", "id", "ids"]
ParkedState: TypeAlias = Literal["retrying", "waiting", "stuck", "resolved"]
Data: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One subject: its kind as registered, and its id in its own table."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event about to be published. ``data`` holds ids and numbers only, never personal text."""

    name: str
    subject: Ref
    unit_id: int | None
    by: Actor
    now: datetime
    data: Data = field(default_factory=dict)
    customer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A published event. ``by`` is the actor's key (``staff:12``).

    ``position`` is its place in the feed, the order every reader follows; 0 where an event is read outside the feed.
    """

    id: int
    at: datetime
    name: str
    subject: Ref
    unit_id: int | None
    customer_id: int | None
    by: str
    data: Data
    position: int = 0


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event, declared by the domain that publishes it. ``data`` names its fields and their types."""

    name: str
    subject: str
    text: Text
    data: Mapping[str, DataType] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A reader of the feed with a cursor of its own.

    ``handle`` gets the events of those names in feed order, at most ``batch`` of them, inside the transaction
    that moves the cursor: it must be idempotent and must not call outside the database. ``name`` is stored;
    renaming a subscriber makes a new one.
    """

    name: str
    events: Sequence[str]
    handle: Callable[[Sequence[Event]], None]
    batch: int = 200


@dataclass(frozen=True, slots=True)
class FactRelation:
    """SQL that yields one row per subject: a column ``id`` and a column per fact.

    Parameters are ``%(ids)s`` (bigint array) and ``%(now)s`` (timestamptz). Subjects without a row have null facts.
    """

    name: str
    subject: str
    sql: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A typed name that rules may use for subjects of one kind. Facts that share a relation cost one query."""

    name: str
    subject: str
    type: FactType
    relation: FactRelation
    column: str
    text: Text


class EffectHandler(Protocol):
    """Calls one action of its domain. ``key`` is unique to this wish; the answer must be plain JSON."""

    def __call__(
        self, *, params: Any, subject: Ref, by: Actor, now: datetime, key: str
    ) -> dict[str, Any] | None: ...


@dataclass(frozen=True, slots=True)
class Effect:
    """Something a flow node, a journey step, a rule or a button may do. Designers draw the form from ``params``."""

    key: str
    text: Text
    params: type[BaseModel]
    handle: EffectHandler


@dataclass(frozen=True, slots=True)
class SubjectCard:
    """How a subject is named where something points at it. ``link`` is a path of the console."""

    title: str
    subtitle: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that events, steps, postings, files and notices point at.

    ``cards`` and ``visible`` work on sets: ids that do not exist (or may not be seen) are missing from the answer.
    ``units`` answers for live lists of this kind: the units whose subjects the actor may list, None for all of them;
    a kind without it has no live lists.
    """

    kind: str
    text: Text
    link: str
    cards: Callable[[Sequence[int]], dict[int, SubjectCard]]
    visible: Callable[[Actor, Sequence[int]], set[int]]
    units: Callable[[Actor], frozenset[int] | None] | None = None
    read: Permission | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """Work the worker process does again and again: due timers, the outbox, sends.

    ``run(now)`` does one bounded batch in its own transaction and returns how many rows it handled; more than 0
    means: call again at once. It must stand being run by several workers at a time (SKIP LOCKED).
    ``wake_on_feed`` calls it also as soon as something new stands in the feed; ``text`` is what people call it.
    """

    name: str
    every_seconds: float
    run: Callable[[datetime], int]
    wake_on_feed: bool = False
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class ParkedEvent:
    """An event that a subscriber could not handle. ``waits`` events of the same subject wait behind it.

    ``state``: ``retrying`` by itself, ``waiting`` behind another, ``stuck`` until a person decides, ``resolved``.
    """

    id: int
    subscriber: str
    event_id: int
    event_name: str
    event_text: Text | None
    event_at: datetime
    subject: Ref
    subject_title: str
    subject_link: str
    state: ParkedState
    attempts: int
    waits: int
    error: str
    parked_at: datetime
    next_try_at: datetime | None
    resolved_at: datetime | None
    resolution: str | None
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class SubscriberState:
    """How far a subscriber has come. ``behind_seconds`` is the age of the oldest event it has yet to read."""

    name: str
    position: int
    behind: int
    behind_seconds: float
    moved_at: datetime
    parked: int
    stuck: int


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """An event as people read it."""

    id: int
    at: datetime
    name: str
    text: Text | None
    subject: Ref
    unit_id: int | None
    customer_id: int | None
    by: str
    by_name: str
    data: dict[str, Any]
