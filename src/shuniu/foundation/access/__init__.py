"""Who acts and what they may do: the actor, the permission registry, and the port through which org answers.

It knows no units and no roles; those live in ``org``, which is joined to the port in ``app/wiring.py``.
"""

from shuniu.foundation.access.authority import (
    Authority,
    actor_of_user,
    join,
    may,
    permissions_of,
    require,
    scope_of,
)
from shuniu.foundation.access.contracts import (
    PUBLIC,
    SIGNED_IN,
    Actor,
    ActorKind,
    Gate,
    Permission,
    Scope,
    customer,
    system,
)
from shuniu.foundation.access.permissions import all_permissions, register_permissions

__all__ = [
    "PUBLIC",
    "SIGNED_IN",
    "Actor",
    "ActorKind",
    "Authority",
    "Gate",
    "Permission",
    "Scope",
    "actor_of_user",
    "all_permissions",
    "customer",
    "join",
    "may",
    "permissions_of",
    "register_permissions",
    "require",
    "scope_of",
    "system",
]
