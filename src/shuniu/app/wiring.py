"""The whole composition on one page: who answers which port, who declares what, who hears which event."""

from types import ModuleType

from shuniu.foundation import access
from shuniu.foundation.http import Routes
from shuniu.foundation.hub import registry

PERMISSIONS: tuple[ModuleType, ...] = ()
HUBS: tuple[ModuleType, ...] = ()
ROUTERS: tuple[Routes, ...] = ()


def wire() -> None:
    """Register everything; safe to call again."""
    for module in PERMISSIONS:
        access.register_permissions(module.PERMISSIONS)
    for module in HUBS:
        registry.register(
            events=getattr(module, "EVENTS", ()),
            subscribers=getattr(module, "SUBSCRIBERS", ()),
            facts=getattr(module, "FACTS", ()),
            effects=getattr(module, "EFFECTS", ()),
            subjects=getattr(module, "SUBJECTS", ()),
            loops=getattr(module, "LOOPS", ()),
        )
