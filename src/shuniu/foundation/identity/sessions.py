"""Sessions in the database, by Django's own store, with the user beside each (named by SESSION_ENGINE)."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils import timezone

from shuniu.foundation.database.prepared import prepared_cursor
from shuniu.foundation.identity.models import Session

LOAD = "select session_data from identity_session where session_key = %s and expire_date > %s"


class SessionStore(DatabaseStore):
    """Writes the user's id beside the session's data."""

    def load(self) -> dict[str, Any]:
        """The session's data; every request begins with this, so it is one prepared statement."""
        with prepared_cursor() as cursor:
            cursor.execute(LOAD, (self.session_key, timezone.now()))
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        data: dict[str, Any] = self.decode(row[0])
        return data

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: Mapping[str, Any]) -> Session:
        user_id = data.get(SESSION_KEY)
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(dict(data)),
            expire_date=self.get_expiry_date(),
            user_id=int(user_id) if user_id else None,
        )


def open_session(request: HttpRequest, user_id: int) -> None:
    """Sign this browser in. The session gets a new key, so that a key planted before the login is worth nothing."""
    session = request.session
    if session.get(SESSION_KEY) not in (None, str(user_id)):
        session.flush()
    session.cycle_key()
    session[SESSION_KEY] = str(user_id)
    session.pop(HASH_SESSION_KEY, None)
    rotate_token(request)


def close_session(request: HttpRequest) -> None:
    """Sign this browser out and forget its session."""
    request.session.flush()


def end_sessions(user_id: int, *, keep: str | None = None) -> int:
    """End every session of a user except the one with key `keep`; how many."""
    sessions = Session.objects.filter(user_id=user_id)
    if keep is not None:
        sessions = sessions.exclude(session_key=keep)
    return sessions.delete()[0]
