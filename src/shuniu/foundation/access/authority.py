"""The port through which org answers what an actor may do, and where."""

from typing import Protocol

from shuniu.foundation.access.contracts import Actor, Permission, Scope
from shuniu.foundation.errors import Forbidden


class Authority(Protocol):
    """Answered by ``org``; joined once in ``app/wiring.py``."""

    def actor(self, user_id: int) -> Actor | None:
        """The actor behind a login, or None when the login may not be used any more."""

    def permissions(self, actor: Actor) -> frozenset[str]:
        """Codes of everything the actor may do somewhere."""

    def scope(self, actor: Actor, permission: str) -> Scope:
        """Where the actor may do it; empty when nowhere."""


_joined: list[Authority] = []


def join(authority: Authority) -> None:
    """Put the one authority in place (again, in tests)."""
    _joined[:] = [authority]


def actor_of_user(user_id: int) -> Actor | None:
    """The actor behind a login."""
    return _joined[0].actor(user_id)


def permissions_of(actor: Actor) -> frozenset[str]:
    """Codes of everything the actor may do somewhere."""
    return _joined[0].permissions(actor)


def scope_of(actor: Actor, permission: Permission) -> Scope:
    """Where the actor may do it; the house itself may everywhere."""
    return Scope(everything=True) if actor.is_system else _joined[0].scope(actor, permission.code)


def may(actor: Actor, permission: Permission) -> bool:
    """Whether the actor holds the permission anywhere."""
    return actor.is_system or permission.code in permissions_of(actor)


def require(actor: Actor, permission: Permission) -> None:
    """Refuse with :class:`Forbidden` unless the actor holds the permission somewhere."""
    if not may(actor, permission):
        raise Forbidden()
