"""The bell over HTTP; everybody sees their own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.access import SIGNED_IN
from shuniu.foundation.errors import NotFound
from shuniu.foundation.http import Page, PageParams, Request, paginate
from shuniu.foundation.hub import registry
from shuniu.org import actions, queries
from shuniu.org.api.router import router
from shuniu.org.models import Notice
from shuniu.org.queries.notices import bell_rows, notice_card


class NoticeFilters(BaseModel):
    """All optional."""

    unread: bool | None = None
    kind: str | None = None


class NoticeOut(BaseModel):
    """One notice in the reader's language; `link` is a path of the console, null when there is nothing to open."""

    id: int
    kind: str
    text: str
    link: str | None
    subject_kind: str
    subject_id: int
    at: datetime
    read_at: datetime | None
    urgent: bool


class Unread(BaseModel):
    """How many notices wait, at most 100."""

    count: int


class Marked(BaseModel):
    """How many were marked."""

    count: int


class MarkRead(BaseModel):
    """Some notices."""

    ids: Annotated[list[int], Field(max_length=200)]


class PreferenceOut(BaseModel):
    """How one kind of notice arrives."""

    kind: str
    name: str
    bell: bool
    wecom: bool


class ChangePreference(BaseModel):
    """How one kind of notice shall arrive."""

    kind: str
    bell: bool
    wecom: bool


@router.get("/notices", permission=SIGNED_IN, response=Page[NoticeOut])
def list_notices(request: Request, filters: Query[NoticeFilters], page: Query[PageParams]) -> Page[NoticeOut]:
    """One's notices, latest first."""
    rows = bell_rows(request.actor.staff_id)
    if filters.unread is not None:
        rows = rows.filter(read_at__isnull=filters.unread)
    if filters.kind is not None:
        rows = rows.filter(kind=filters.kind)
    return paginate(
        rows, page, sorts={"id": "id"}, default="-id", to=lambda found: _out(found, request.locale)
    )


@router.get("/notices/unread", permission=SIGNED_IN, response=Unread)
def unread_notices(request: Request) -> Unread:
    """The number on the bell."""
    return Unread(count=queries.unread_count(request.actor.staff_id))


@router.post("/notices/read", permission=SIGNED_IN, response=Marked)
def mark_read(request: Request, body: MarkRead) -> Marked:
    """Some were read."""
    return Marked(count=actions.mark_read(notice_ids=body.ids, by=request.actor, now=request.now))


@router.post("/notices/read-all", permission=SIGNED_IN, response=Marked)
def mark_all_read(request: Request) -> Marked:
    """All were read."""
    return Marked(count=actions.mark_all_read(by=request.actor, now=request.now))


@router.get("/notices/preferences", permission=SIGNED_IN, response=list[PreferenceOut])
def list_preferences(request: Request) -> list[PreferenceOut]:
    """How one wants each kind of notice."""
    return [
        PreferenceOut(kind=card.kind, name=card.text.pick(request.locale), bell=card.bell, wecom=card.wecom)
        for card in queries.notice_preferences(request.actor.staff_id)
    ]


@router.put("/notices/preferences", permission=SIGNED_IN, response=list[PreferenceOut])
def change_preference(request: Request, body: ChangePreference) -> list[PreferenceOut]:
    """How one wants one kind of notice."""
    actions.prefer(kind=body.kind, bell=body.bell, wecom=body.wecom, by=request.actor)
    return list_preferences(request)


@router.post("/notices/{notice_id}/read", permission=SIGNED_IN, response=Marked)
def mark_one_read(request: Request, notice_id: int) -> Marked:
    """One was read; again marks nothing."""
    if not bell_rows(request.actor.staff_id).filter(pk=notice_id).exists():
        raise NotFound()
    return Marked(count=actions.mark_read(notice_ids=[notice_id], by=request.actor, now=request.now))


def _out(rows: Sequence[Notice], locale: str) -> list[NoticeOut]:
    links: dict[tuple[str, int], str] = {}
    for kind in {row.subject_kind for row in rows}:
        if (subject := registry.subjects.get(kind)) is not None:
            ids = sorted({row.subject_id for row in rows if row.subject_kind == kind})
            for subject_id, card in subject.cards(ids).items():
                links[kind, subject_id] = card.link or subject.link.format(id=subject_id)
    return [
        NoticeOut(
            id=card.id,
            kind=card.kind,
            text=card.title.pick(locale),
            link=links.get((card.subject.kind, card.subject.id)),
            subject_kind=card.subject.kind,
            subject_id=card.subject.id,
            at=card.at,
            read_at=card.read_at,
            urgent=card.urgent,
        )
        for card in map(notice_card, rows)
    ]
