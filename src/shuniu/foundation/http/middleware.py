"""Gives every request its id, moment, language and actor, and one structured log line at its end."""

import re
import secrets
import time
from collections.abc import Callable

import structlog
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from shuniu.foundation.access import Actor, ActorKind, actor_of_user
from shuniu.foundation.clock import now
from shuniu.foundation.http.metrics import observe_request

log = structlog.get_logger("http")

ANONYMOUS = Actor(kind=ActorKind.STAFF, name="")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestContext:
    """Middleware; placed after sessions, before everything that answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        given = request.headers.get("X-Request-Id", "")
        request.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)  # type: ignore[attr-defined]
        request.now = now()  # type: ignore[attr-defined]
        english = request.headers.get("Accept-Language", "").lower().startswith("en")
        request.locale = "en" if english else "zh-CN"  # type: ignore[attr-defined]
        request.actor = ANONYMOUS  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(request_id=request.request_id)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            structlog.contextvars.unbind_contextvars("request_id")
        response.headers["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        seconds = time.perf_counter() - started
        observe_request(request, response.status_code, seconds)
        log.info(
            "request",
            request_id=request.request_id,  # type: ignore[attr-defined]
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            actor=request.actor.key if request.actor is not ANONYMOUS else None,  # type: ignore[attr-defined]
        )
        return response


def signed_in_actor(request: HttpRequest) -> Actor | None:
    """The actor of the session, read once a request; None when nobody is signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor is not ANONYMOUS:
        return actor
    user_id = request.session.get(SESSION_KEY)
    found = actor_of_user(int(user_id)) if user_id else None
    if found is not None:
        request.actor = found  # type: ignore[attr-defined]
    return found
