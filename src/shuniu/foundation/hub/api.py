"""The engine room's routes: parked events, subscribers, timelines, and what is declared."""

from datetime import datetime
from typing import Any

from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.access import SIGNED_IN, scope_of
from shuniu.foundation.errors import Forbidden
from shuniu.foundation.http import Column, Page, PageParams, Request, Routes, export_response, paginate
from shuniu.foundation.http.export import Format
from shuniu.foundation.hub import actions, queries
from shuniu.foundation.hub.contracts import ParkedEvent, ParkedState, Ref, SubscriberState, TimelineEntry
from shuniu.foundation.hub.permissions import OPERATE, READ
from shuniu.foundation.hub.registries import registry
from shuniu.foundation.text import Text

router = Routes(tag="hub")


class ParkedFilters(BaseModel):
    """Without ``state``: all that is not resolved."""

    subscriber: str | None = None
    state: ParkedState | None = None


class SkipIn(BaseModel):
    """Why the event is given up."""

    reason: str = Field(min_length=1, max_length=500)


class HubState(BaseModel):
    """The whole at a glance: what waits for a place, and every subscriber."""

    at: datetime
    pending: int
    pending_seconds: float
    subscribers: list[SubscriberState]


class TimelineOf(BaseModel):
    """Which subject."""

    kind: str
    id: int


class EffectOut(BaseModel):
    """An effect as a designer offers it; ``params`` is a JSON schema to draw the form from."""

    key: str
    text: Text
    params: dict[str, Any]


class FactOut(BaseModel):
    """A fact as a rule builder offers it."""

    name: str
    subject: str
    type: str
    text: Text


class EventOut(BaseModel):
    """A kind of event as a designer offers it."""

    name: str
    subject: str
    text: Text
    data: dict[str, str]


class SubjectOut(BaseModel):
    """A kind of subject."""

    kind: str
    text: Text
    link: str


class Declarations(BaseModel):
    """Everything that domains have registered."""

    events: list[EventOut]
    facts: list[FactOut]
    effects: list[EffectOut]
    subjects: list[SubjectOut]


@router.get("/hub/state", permission=READ, response=HubState)
def state(request: Request) -> HubState:
    """Backlog and subscribers."""
    _require_everywhere(request)
    pending, seconds = queries.pending(request.now)
    return HubState(
        at=request.now,
        pending=pending,
        pending_seconds=seconds,
        subscribers=queries.subscribers(request.now),
    )


@router.get("/hub/parked", permission=READ, response=Page[ParkedEvent])
def list_parked(
    request: Request, filters: Query[ParkedFilters], page: Query[PageParams]
) -> Page[ParkedEvent]:
    """Parked events, latest first."""
    _require_everywhere(request)
    return paginate(
        queries.parked_rows(subscriber=filters.subscriber, state=filters.state),
        page,
        sorts={"parked_at": "parked_at", "event_at": "event_at", "attempts": "attempts"},
        default="-parked_at",
        to=queries.parked,
    )


@router.get("/hub/parked/export", permission=READ)
def export_parked(
    request: Request, filters: Query[ParkedFilters], format: Format = "xlsx"
) -> HttpResponseBase:
    """The same as a file."""
    _require_everywhere(request)
    rows = queries.parked_rows(subscriber=filters.subscriber, state=filters.state).order_by(
        "-parked_at", "-id"
    )
    return export_response(
        "停放的事件",
        columns=_COLUMNS,
        rows=iter(queries.parked(list(rows[:10_000]))),
        format=format,
        locale=request.locale,
    )


@router.post("/hub/parked/{parked_id}/retry", permission=OPERATE)
def retry(request: Request, parked_id: int) -> None:
    """Try it once more."""
    _require_everywhere(request)
    actions.retry(parked_id=parked_id, by=request.actor, now=request.now)


@router.post("/hub/parked/{parked_id}/skip", permission=OPERATE)
def skip(request: Request, parked_id: int, body: SkipIn) -> None:
    """Give it up, with a reason."""
    _require_everywhere(request)
    actions.skip(parked_id=parked_id, reason=body.reason, by=request.actor, now=request.now)


@router.get("/hub/timeline", permission=SIGNED_IN, response=Page[TimelineEntry])
def timeline(request: Request, subject: Query[TimelineOf], page: Query[PageParams]) -> Page[TimelineEntry]:
    """What happened to a subject the asker may see, latest first."""
    return paginate(
        queries.timeline_rows(subject=Ref(subject.kind, subject.id), actor=request.actor),
        page,
        sorts={"at": "at"},
        default="-at",
        to=queries.timeline,
        count=False,
    )


@router.get("/hub/declarations", permission=SIGNED_IN, response=Declarations)
def declarations(request: Request) -> Declarations:
    """What designers and rule builders may offer."""
    return Declarations(
        events=[
            EventOut(name=event.name, subject=event.subject, text=event.text, data=dict(event.data))
            for event in registry.events.values()
        ],
        facts=[
            FactOut(name=fact.name, subject=fact.subject, type=fact.type, text=fact.text)
            for fact in registry.facts.values()
        ],
        effects=[
            EffectOut(key=effect.key, text=effect.text, params=effect.params.model_json_schema())
            for effect in registry.effects.values()
        ],
        subjects=[
            SubjectOut(kind=subject.kind, text=subject.text, link=subject.link)
            for subject in registry.subjects.values()
        ],
    )


def _require_everywhere(request: Request) -> None:
    """The engine room spans all units: only who holds the permission everywhere enters."""
    if not scope_of(request.actor, READ).everything:
        raise Forbidden()


_COLUMNS: list[Column[ParkedEvent]] = [
    Column(Text("停放时间", "Parked at"), lambda row: row.parked_at),
    Column(Text("订阅方", "Subscriber"), lambda row: row.subscriber),
    Column(Text("事件", "Event"), lambda row: row.event_name),
    Column(Text("对象", "Subject"), lambda row: row.subject_title),
    Column(Text("状态", "State"), lambda row: row.state),
    Column(Text("次数", "Attempts"), lambda row: row.attempts),
    Column(Text("错误", "Error"), lambda row: row.error),
    Column(Text("原因", "Reason"), lambda row: row.reason),
]
