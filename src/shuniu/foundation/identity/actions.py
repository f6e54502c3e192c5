"""Writes of logins: making them, signing in, changing passwords."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from shuniu.foundation.access import Actor, ActorKind
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub.contracts import Ref
from shuniu.foundation.identity import attempts, passwords
from shuniu.foundation.identity.contracts import (
    LOCALES,
    ExternalLoginTaken,
    NotLinked,
    OneTimePassword,
    OneTimePasswordExpired,
    SamePassword,
    UnknownLocale,
    UserCard,
    UsernameNotAllowed,
    UsernameTaken,
    WrongPassword,
)
from shuniu.foundation.identity.models import ExternalLogin, User
from shuniu.foundation.identity.queries import card_of
from shuniu.foundation.identity.sessions import end_sessions

ONE_TIME_PASSWORD_LIVES = timedelta(days=7)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


@transaction.atomic
def create_user(
    *, username: str, by: Actor, now: datetime, password: str | None = None, locale: str = "zh-CN"
) -> UserCard:
    """A login. Without `password` it opens through an outside account or a one-time password only."""
    name = username.strip().lower()
    if not _USERNAME.fullmatch(name):
        raise UsernameNotAllowed(field="username")
    if User.objects.filter(username=name).exists():
        raise UsernameTaken(field="username", username=name)
    user = User(username=name, locale=locale, created_at=now)
    if password is None:
        user.set_unusable_password()
    else:
        passwords.require_strong(password, user, field="password")
        user.set_password(password)
    user.save()
    audit.record(by=by, now=now, action="identity.create_user", subject=_ref(user), after={"username": name})
    return card_of(user)


@transaction.atomic
def give_one_time_password(*, user_id: int, by: Actor, now: datetime) -> OneTimePassword:
    """Replace the password by one that must be changed at the next login; ends all sessions of the user."""
    user = _locked(user_id)
    password = passwords.make_one_time()
    user.set_password(password)
    user.must_change_password = True
    user.password_expires_at = now + ONE_TIME_PASSWORD_LIVES
    user.save(update_fields=["password", "must_change_password", "password_expires_at"])
    end_sessions(user_id)
    audit.record(by=by, now=now, action="identity.give_one_time_password", subject=_ref(user), sensitive=True)
    return OneTimePassword(user_id, user.username, password, user.password_expires_at)


def sign_in(*, username: str, password: str, address: str, now: datetime) -> UserCard:
    """Check a password and note the login. Outside any transaction: a failed attempt must be remembered.

    Raises TooManyLogins, WrongPassword, OneTimePasswordExpired. An unknown name takes as long as a known one.
    """
    name = username.strip().lower()[:60]
    attempt = attempts.begin(username=name, address=address, now=now)
    user = User.objects.filter(username=name, is_active=True).first()
    if not passwords.matches(password, user) or user is None:
        if user is not None:
            audit.record(
                by=_actor(user),
                now=now,
                action="identity.sign_in_failed",
                subject=_ref(user),
                after={"address": address},
            )
        raise WrongPassword(field="password")
    if user.password_expires_at is not None and user.password_expires_at <= now:
        raise OneTimePasswordExpired(field="password")
    attempts.succeed(attempt)
    return _note_login(
        user, "password", now, address=address, must_change=user.password_expires_at is not None
    )


def sign_in_external(*, provider: str, subject: str, now: datetime) -> UserCard:
    """The login behind a verified outside account; NotLinked when there is none (or it is blocked).

    A one-time password that nobody has used yet does not stand in the way of who comes without it.
    """
    login = (
        ExternalLogin.objects.filter(provider=provider, subject=subject, user__is_active=True)
        .select_related("user")
        .first()
    )
    if login is None:
        raise NotLinked()
    return _note_login(login.user, provider, now, must_change=False)


@transaction.atomic
def change_password(
    *, user_id: int, old: str, new: str, by: Actor, now: datetime, keep_session: str | None = None
) -> UserCard:
    """Change one's own password; every other session of the user ends."""
    user = _locked(user_id)
    if not passwords.matches(old, user):
        raise WrongPassword(field="old")
    if old == new:
        raise SamePassword(field="new")
    passwords.require_strong(new, user, field="new")
    user.set_password(new)
    user.must_change_password = False
    user.password_expires_at = None
    user.save(update_fields=["password", "must_change_password", "password_expires_at"])
    end_sessions(user_id, keep=keep_session)
    audit.record(by=by, now=now, action="identity.change_password", subject=_ref(user))
    return card_of(user)


@transaction.atomic
def link_external(*, user_id: int, provider: str, subject: str, by: Actor, now: datetime) -> None:
    """Let an outside account open this login; replaces the one it had with that provider."""
    user = _locked(user_id)
    if ExternalLogin.objects.filter(provider=provider, subject=subject).exclude(user_id=user_id).exists():
        raise ExternalLoginTaken()
    ExternalLogin.objects.update_or_create(
        provider=provider, user_id=user_id, defaults={"subject": subject, "linked_at": now}
    )
    audit.record(
        by=by,
        now=now,
        action="identity.link_external",
        subject=_ref(user),
        after={"provider": provider, "subject": subject},
    )


@transaction.atomic
def unlink_external(*, user_id: int, provider: str, by: Actor, now: datetime) -> None:
    """Forget the user's account with that provider."""
    if ExternalLogin.objects.filter(provider=provider, user_id=user_id).delete()[0]:
        audit.record(
            by=by,
            now=now,
            action="identity.unlink_external",
            subject=Ref("user", user_id),
            before={"provider": provider},
        )


@transaction.atomic
def set_active(*, user_id: int, active: bool, by: Actor, now: datetime) -> None:
    """Block a login or open it again; blocking ends its sessions."""
    user = _locked(user_id)
    if user.is_active == active:
        return
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_sessions(user_id)
    audit.record(
        by=by,
        now=now,
        action="identity.set_active",
        subject=_ref(user),
        before={"active": not active},
        after={"active": active},
    )


def set_locale(*, user_id: int, locale: str) -> None:
    """The language this user reads. Not audited: it concerns nobody else."""
    if locale not in LOCALES:
        raise UnknownLocale(field="locale")
    User.objects.filter(pk=user_id).update(locale=locale)


@transaction.atomic
def load_users(
    *,
    usernames: Sequence[str],
    password: str | None,
    links: Mapping[tuple[str, str], str],
    by: Actor,
    now: datetime,
) -> dict[str, int]:
    """Many logins with one password, hashed once: for a demo company. `links` are (provider, subject) → user name."""
    hashed = make_password(password)
    rows = User.objects.bulk_create(
        User(username=name, password=hashed, created_at=now) for name in usernames
    )
    ids = {row.username: row.pk for row in rows}
    ExternalLogin.objects.bulk_create(
        ExternalLogin(provider=provider, subject=subject, user_id=ids[name], linked_at=now)
        for (provider, subject), name in links.items()
    )
    audit.record_many(
        [
            audit.Entry("identity.create_user", Ref("user", user_id), after={"username": name})
            for name, user_id in ids.items()
        ],
        by=by,
        now=now,
    )
    return ids


def _locked(user_id: int) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFound()
    return user


@transaction.atomic
def _note_login(user: User, how: str, now: datetime, *, must_change: bool, address: str = "") -> UserCard:
    user.last_login = now
    user.must_change_password = must_change
    user.save(update_fields=["last_login", "must_change_password"])
    audit.record(
        by=_actor(user),
        now=now,
        action="identity.sign_in",
        subject=_ref(user),
        after={"how": how, "address": address},
    )
    return card_of(user)


def _ref(user: User) -> Ref:
    return Ref("user", user.pk)


def _actor(user: User) -> Actor:
    return Actor(kind=ActorKind.STAFF, name=user.username, user_id=user.pk, locale=user.locale)
