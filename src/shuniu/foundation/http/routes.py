"""Guarded routes: no route without a permission, no write without a transaction and an idempotency key."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, get_type_hints

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Router
from ninja.utils import check_csrf
from pydantic import TypeAdapter

from shuniu.foundation.access import Gate, Permission, require
from shuniu.foundation.errors import Forbidden, Unauthenticated
from shuniu.foundation.http.idempotency import once
from shuniu.foundation.http.middleware import signed_in_actor

View = TypeVar("View", bound=Callable[..., Any])


class CsrfFailed(Forbidden):
    """The page's token does not match its cookie."""

    code = "http.csrf"
    zh = "页面已过期，请刷新后再试"
    en = "The page has expired; please reload it."


@dataclass(frozen=True, slots=True)
class RouteEntry:
    """One route as declared; the tests walk all of them (``wiring.ROUTERS``)."""

    method: str
    path: str
    permission: Permission | Gate
    idempotent: bool
    view: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class _Write:
    """How a write is carried out."""

    status: int = 200
    idempotent: bool = True
    atomic: bool = True
    csrf: bool = True


class Routes:
    """A domain's routes. Handlers return exactly the declared response type (or an HttpResponse as it is)."""

    def __init__(self, *, tag: str) -> None:
        self.tag = tag
        self.router = Router(tags=[tag])
        self.entries: list[RouteEntry] = []

    def get(
        self, path: str, *, permission: Permission | Gate, response: Any = None
    ) -> Callable[[View], View]:
        """A read."""
        return self._declare("GET", path, permission, response, None)

    def post(
        self,
        path: str,
        *,
        permission: Permission | Gate,
        response: Any = None,
        status: int = 200,
        idempotent: bool = True,
        atomic: bool = True,
        csrf: bool = True,
    ) -> Callable[[View], View]:
        """A write. Only uploads, logins and platform callbacks may turn ``idempotent`` off."""
        return self._declare("POST", path, permission, response, _Write(status, idempotent, atomic, csrf))

    def put(
        self, path: str, *, permission: Permission | Gate, response: Any = None
    ) -> Callable[[View], View]:
        """A replacement of a whole."""
        return self._declare("PUT", path, permission, response, _Write())

    def patch(
        self, path: str, *, permission: Permission | Gate, response: Any = None
    ) -> Callable[[View], View]:
        """A change of a part."""
        return self._declare("PATCH", path, permission, response, _Write())

    def delete(
        self, path: str, *, permission: Permission | Gate, response: Any = None
    ) -> Callable[[View], View]:
        """A removal or archiving."""
        return self._declare("DELETE", path, permission, response, _Write())

    def _declare(
        self,
        method: str,
        path: str,
        permission: Permission | Gate,
        response: Any,
        write: "_Write | None",
    ) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            status = write.status if write else 200
            answer = _answer(view, response, status)
            final = _with_signature(_writing(answer, write) if write else answer, view)
            gate = _gate(permission)
            self.router.api_operation([method], path, response={status: response}, auth=gate)(final)
            idempotent = write is not None and write.idempotent
            self.entries.append(RouteEntry(method, path, permission, idempotent, view))
            return view

        return decorate


def _gate(permission: Permission | Gate) -> Callable[[HttpRequest], bool]:
    """Asked before anything of the request is read: strangers learn nothing about what a route wants."""

    def gate(request: HttpRequest) -> bool:
        actor = signed_in_actor(request)
        if permission is not Gate.PUBLIC:
            if actor is None:
                raise Unauthenticated()
            if isinstance(permission, Permission):
                require(actor, permission)
        return True

    return gate


def _answer(view: Callable[..., Any], response: Any, status: int) -> Callable[..., HttpResponseBase]:
    """Serialise with one pass of pydantic; handlers return values of the declared type, so nothing is re-checked."""
    adapter: TypeAdapter[Any] | None = TypeAdapter(response) if response is not None else None

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        result = view(request, *args, **kwargs)
        if isinstance(result, HttpResponseBase):
            return result
        if adapter is None:
            return HttpResponse(status=204)
        return HttpResponse(adapter.dump_json(result), status=status, content_type="application/json")

    return answer


def _writing(view: Callable[..., HttpResponseBase], how: _Write) -> Callable[..., HttpResponseBase]:
    def write(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = signed_in_actor(request)
        if how.csrf and actor is not None and check_csrf(request) is not None:
            raise CsrfFailed()
        if not how.atomic:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            if not how.idempotent:
                return view(request, *args, **kwargs)
            owner = request.actor.key  # type: ignore[attr-defined]
            return once(request, owner, request.now, lambda: _whole(view(request, *args, **kwargs)))  # type: ignore[attr-defined]

    return write


def _whole(response: HttpResponseBase) -> HttpResponse:
    """An idempotent write answers with a whole body: a stream could not be given again."""
    if not isinstance(response, HttpResponse):
        raise TypeError("an idempotent write must not answer with a stream")
    return response


def _with_signature(outer: Callable[..., Any], view: Callable[..., Any]) -> Callable[..., Any]:
    """Give the wrapper the view's signature with its annotations resolved in the view's own module."""
    hints = get_type_hints(view, include_extras=True)
    signature = inspect.signature(view)
    parameters = [
        p.replace(annotation=hints.get(p.name, p.annotation)) for p in signature.parameters.values()
    ]

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return outer(request, *args, **kwargs)

    wrapped.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return wrapped
