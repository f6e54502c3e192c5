"""Signing in and out, and what the pages need to know of who is there."""

from datetime import datetime

from django.conf import settings
from pydantic import BaseModel, Field

from shuniu.foundation.access import PUBLIC, SIGNED_IN, Actor
from shuniu.foundation.errors import Unauthenticated
from shuniu.foundation.http import Request
from shuniu.foundation.http.routes import CsrfFailed
from shuniu.foundation.identity import actions as identity
from shuniu.foundation.identity import queries as logins
from shuniu.foundation.identity.addresses import client_address
from shuniu.foundation.identity.contracts import WrongPassword
from shuniu.foundation.identity.sessions import close_session, open_session
from shuniu.org.api.router import router
from shuniu.org.queries import root_unit, staff_card, units_for
from shuniu.org.reach import Standing, actor_of, standing_of


class SignIn(BaseModel):
    """A user name and a password."""

    username: str = Field(max_length=60)
    password: str = Field(max_length=200)


class ChangePassword(BaseModel):
    """One's own password; after a one-time password this comes first."""

    old: str = Field(max_length=200)
    new: str = Field(max_length=200)


class ChangeSession(BaseModel):
    """The language of the pages."""

    locale: str


class SessionUser(BaseModel):
    """The login."""

    id: int
    username: str
    must_change_password: bool
    last_login: datetime | None


class SessionStaff(BaseModel):
    """The person."""

    id: int
    name: str
    position: str
    unit_id: int
    unit_name: str


class SessionUnit(BaseModel):
    """A unit for the switcher; they come parents before children."""

    id: int
    name: str
    kind: str
    parent_id: int | None


class SessionOut(BaseModel):
    """Who is there, what they may do and how far (own, unit, subtree, all), and where."""

    user: SessionUser
    staff: SessionStaff | None
    name: str
    locale: str
    permissions: list[str]
    scopes: dict[str, str]
    units: list[SessionUnit]
    company: str
    demo: bool
    live_url: str


@router.get("/session", permission=SIGNED_IN, response=SessionOut)
def get_session(request: Request) -> SessionOut:
    """Who is signed in."""
    return _session(request.actor)


@router.post("/session", permission=PUBLIC, response=SessionOut, idempotent=False, atomic=False)
def sign_in(request: Request, body: SignIn) -> SessionOut:
    """Sign in by password. 422 identity.wrong_password, 429 identity.too_many_logins with the seconds to wait."""
    if (
        request.headers.get("Sec-Fetch-Site") == "cross-site"
    ):  # nobody is signed in yet, so there is no token to check
        raise CsrfFailed()
    address = client_address(request)
    user = identity.sign_in(username=body.username, password=body.password, address=address, now=request.now)
    return _open(request, user.id)


@router.post("/session/logout", permission=PUBLIC, idempotent=False)
def sign_out(request: Request) -> None:
    """End this browser's session."""
    close_session(request)


@router.post("/session/password", permission=SIGNED_IN, response=SessionOut, idempotent=False)
def change_password(request: Request, body: ChangePassword) -> SessionOut:
    """Change one's own password; every other session of this login ends."""
    user_id = _user_id(request.actor)
    identity.change_password(
        user_id=user_id,
        old=body.old,
        new=body.new,
        by=request.actor,
        now=request.now,
        keep_session=request.session.session_key,
    )
    return _open(request, user_id)


@router.patch("/session", permission=SIGNED_IN, response=SessionOut)
def change_session(request: Request, body: ChangeSession) -> SessionOut:
    """Choose the language of pages and notices."""
    identity.set_locale(user_id=_user_id(request.actor), locale=body.locale)
    return _session(_actor(_user_id(request.actor)))


def _open(request: Request, user_id: int) -> SessionOut:
    actor = _actor(user_id)
    open_session(request, user_id)
    return _session(actor)


def _actor(user_id: int) -> Actor:
    actor = actor_of(user_id)
    if actor is None:  # the person has left, though the login is open
        raise WrongPassword(field="password")
    return actor


def _user_id(actor: Actor) -> int:
    if actor.user_id is None:
        raise Unauthenticated()
    return actor.user_id


def _session(actor: Actor) -> SessionOut:
    user = logins.user(_user_id(actor))
    person = staff_card([actor.staff_id]).get(actor.staff_id) if actor.staff_id is not None else None
    standing = standing_of(actor)
    seen = units_for(actor)
    root = root_unit()
    return SessionOut(
        user=SessionUser(
            id=user.id,
            username=user.username,
            must_change_password=user.must_change_password,
            last_login=user.last_login,
        ),
        staff=None
        if person is None
        else SessionStaff(
            id=person.id,
            name=person.name,
            position=person.position,
            unit_id=person.unit_id,
            unit_name=person.unit_name,
        ),
        name=actor.name,
        locale=user.locale,
        permissions=sorted(standing.permissions),
        scopes=_scopes(standing),
        units=[SessionUnit(id=u.id, name=u.name, kind=u.kind, parent_id=u.parent_id) for u in seen],
        company=root.name if root is not None else "",
        demo=settings.SHUNIU.demo,
        live_url=settings.SHUNIU.live_url,
    )


def _scopes(standing: Standing) -> dict[str, str]:
    scopes: dict[str, str] = {}
    for code in sorted(standing.permissions):
        reach = standing.reach(code)
        if reach.everything:
            scopes[code] = "all"
        elif reach.paths:
            scopes[code] = "subtree"
        else:
            scopes[code] = "unit" if reach.units else "own"
    return scopes
