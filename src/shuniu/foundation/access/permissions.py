"""The registry of permissions; every domain declares its own, ``app/wiring.py`` registers them."""

from collections.abc import Iterable

from shuniu.foundation.access.contracts import Permission

_registered: dict[str, Permission] = {}


def register_permissions(permissions: Iterable[Permission]) -> None:
    """Make permissions known. The same code with another meaning is a mistake in the house."""
    for permission in permissions:
        known = _registered.setdefault(permission.code, permission)
        if known != permission:
            raise ValueError(f"permission {permission.code} is declared twice")


def all_permissions() -> tuple[Permission, ...]:
    """Every permission, in order of code."""
    return tuple(_registered[code] for code in sorted(_registered))
