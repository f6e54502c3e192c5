"""The whole composition on one page: who answers which port, who declares what, who hears which event."""

from types import ModuleType

from shuniu.foundation import access
from shuniu.foundation.audit import api as audit_api
from shuniu.foundation.audit import permissions as audit_permissions
from shuniu.foundation.files import api as files_api
from shuniu.foundation.http import Routes
from shuniu.foundation.hub import registry

PERMISSIONS: tuple[ModuleType, ...] = (
    audit_permissions,
)
# each module declares EVENTS, SUBSCRIBERS, FACTS, EFFECTS, SUBJECTS, LOOPS as far as it has them
HUBS: tuple[ModuleType, ...] = ()
ROUTERS: tuple[Routes, ...] = (
    audit_api.router,
    files_api.router,
)


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
